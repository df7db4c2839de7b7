import { open, stat, statfs } from 'node:fs/promises';
import { AppFailure } from '#app/errors.ts';
import { hasCode, onDisk } from './disk-failure.ts';

/**
 * Makes sure that a folder is there and has room for so many more bytes. Throws `AppFailure` with `folderUnwritable` or
 * `notEnoughSpace`.
 */
export async function checkFolder(folder: string, neededBytes: number): Promise<void> {
  const found = await onDisk(stat(folder));
  if (!found.isDirectory()) throw new AppFailure({ code: 'folderUnwritable' });
  // Not every file system knows its room; the disk itself has the last word then.
  const room = await statfs(folder).catch(() => null);
  if (room === null || room.blocks === 0) return;
  const freeBytes = room.bavail * room.bsize;
  if (freeBytes < neededBytes) throw new AppFailure({ code: 'notEnoughSpace', neededBytes, freeBytes });
}

/** Makes the names in a folder outlast a power cut, where the system can. */
export async function syncFolder(folder: string): Promise<void> {
  // Windows opens no folders as files; NTFS journals names by itself.
  if (process.platform === 'win32') return;
  const handle = await onDisk(open(folder, 'r'));
  try {
    await handle.sync();
  } catch (cause) {
    // Some network file systems sync no folders.
    if (!hasCode(cause, 'EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EBADF'))
      await onDisk(Promise.reject(cause));
  } finally {
    await handle.close();
  }
}
