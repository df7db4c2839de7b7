import { statfs } from 'node:fs/promises';
import { AppFailure } from '#app/errors.ts';

/** Makes sure that there is room for so many bytes in a folder. Throws `AppFailure` with `notEnoughSpace`. */
export async function checkRoom(folder: string, neededBytes: number): Promise<void> {
  // Not every file system knows its room, and a folder that is gone shows when it is written to.
  const room = await statfs(folder).catch(() => null);
  if (room === null || room.blocks === 0) return;
  const freeBytes = room.bavail * room.bsize;
  if (freeBytes < neededBytes) throw new AppFailure({ code: 'notEnoughSpace', neededBytes, freeBytes });
}
