import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AppFailure } from '#app/errors.ts';
import { unlessAborted } from '../../unless-aborted.ts';
import { convertToUtf8, type ForeignText } from './convert-to-utf8.ts';

/** UTF-8 copies of texts, each there only while it is being uploaded. */
export interface Utf8Copies {
  /**
   * Makes a copy of a text, runs some work on it, and removes it whatever came of that; an abort waits for no disk. Throws what the work
   * throws, and what {@link convertToUtf8} does.
   */
  use<Result>(
    text: ForeignText,
    signal: AbortSignal,
    work: (copyPath: string) => Promise<Result>,
  ): Promise<Result>;
}

/** Keeps the copies in a folder for this user only; what an earlier run has left in it is removed. */
export async function openUtf8Copies(folder: string): Promise<Utf8Copies> {
  // What cannot be removed now is in nobody's way.
  await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  return {
    use: async (text, signal, work) => {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      // An attempt that was cancelled may still wait for its disk when the next one of the same upload begins.
      const path = join(folder, `${randomUUID()}.txt`);
      const remove = () => rm(path, { force: true }).catch(() => undefined);
      const converting = convertToUtf8(text, path, signal);
      try {
        await unlessAborted(converting, signal, () => new AppFailure({ code: 'cancelled' }));
        return await work(path);
      } finally {
        // Cancelled in its last moment it may end well after all.
        if (signal.aborted) void converting.then(remove, () => undefined);
        await remove();
      }
    },
  };
}
