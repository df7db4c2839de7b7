import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { convertToUtf8, type ForeignText } from './convert-to-utf8.ts';

/** UTF-8 copies of texts, each there only while it is being uploaded. */
export interface Utf8Copies {
  /**
   * Makes the copy of an upload's text, runs some work on it, and removes it whatever came of that. Throws what the work
   * throws, and what {@link convertToUtf8} does.
   */
  use<Result>(
    transferId: string,
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
    use: async (transferId, text, signal, work) => {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const path = join(folder, `${transferId}.txt`);
      await rm(path, { force: true });
      await convertToUtf8(text, path, signal);
      try {
        return await work(path);
      } finally {
        await rm(path, { force: true }).catch(() => undefined);
      }
    },
  };
}
