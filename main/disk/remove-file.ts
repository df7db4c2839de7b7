import { hasCode } from './has-code.ts';
import type { Disk } from './patient-disk.ts';

/** Removes a file; one that is not there is passed over. Throws the system's own errors. */
export async function removeFile(disk: Disk, path: string): Promise<void> {
  await disk.remove(path).catch((cause) => {
    if (!hasCode(cause, 'ENOENT')) throw cause;
  });
}
