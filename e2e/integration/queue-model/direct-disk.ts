import { open, read } from 'node:fs';
import { stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { PatientDisk, toDiskStats } from '../../../main/disk/patient-disk.ts';

const openDirectly = promisify(open);
const readDirectly = promisify(read);

function notNeeded(): never {
  throw new Error('The queue does not ask for this');
}

/**
 * A disk for processes that are killed: calls that were under way never return, and of the app's own disk the next process
 * would find two threads stuck that were another's.
 */
export function createDirectDisk(toStats: typeof toDiskStats): PatientDisk {
  return {
    open: (path, flags) => openDirectly(path, flags),
    read: async (fd, buffer, offset, length, position) =>
      (await readDirectly(fd, buffer, offset, length, position)).bytesRead,
    stat: async (path) => toStats(await stat(path, { bigint: true })),
    lstat: notNeeded,
    readFolder: notNeeded,
    isStuck: () => false,
  };
}
