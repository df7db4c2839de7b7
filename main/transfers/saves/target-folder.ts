import { open, statfs } from 'node:fs/promises';
import { AppFailure } from '#app/errors.ts';
import { hasCode, onDisk } from './disk-failure.ts';

/** Makes sure that there is room for so many bytes in a folder. Throws `AppFailure` with `notEnoughSpace`. */
export async function checkRoom(folder: string, neededBytes: number): Promise<void> {
  // Not every file system knows its room, and a folder that is gone shows when it is written to.
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
