import { AppFailure } from '#app/errors.ts';
import type { Disk } from '../../disk/patient-disk.ts';

/** Makes sure that there is room for so many bytes in a folder. Throws `AppFailure` with `notEnoughSpace`. */
export async function checkRoom(disk: Disk, folder: string, neededBytes: number): Promise<void> {
  // Not every file system knows its room, and a folder that is gone shows when it is written to.
  const freeBytes = await disk.freeBytes(folder).catch(() => null);
  if (freeBytes !== null && freeBytes < neededBytes)
    throw new AppFailure({ code: 'notEnoughSpace', neededBytes, freeBytes });
}
