import { setTimeout as wait } from 'node:timers/promises';
import { AppFailure } from '#app/errors.ts';
import { openSourceFile, type SourceFile } from './source-file.ts';

/**
 * Files that were opened when they were given, so that they can still be read when their turn comes: what is dragged out
 * of an archive's window is gone a moment later.
 */
export interface HeldFiles {
  /**
   * Opens files, as many as there is room for; one that cannot be opened is passed over. Settles when they are open, and
   * waits for no disk that does not answer.
   */
  hold(paths: readonly string[]): Promise<void>;
  /** Opens what stands at a path or, if it is gone, gives the file that is held of it. Throws as `openSourceFile` does. */
  readonly open: (path: string) => Promise<SourceFile>;
  /** Lets a file go that is needed no more; one that is not held is passed over. */
  release(path: string): void;
  close(): void;
}

/** Each takes one of the files that the system lets a process have open, often 1,024. */
export const MAX_HELD_FILES = 256;
const DISK_PATIENCE_MS = 1000;

/** Makes it, holding nothing. */
export function createHeldFiles(): HeldFiles {
  const held = new Map<string, Promise<SourceFile | null>>();
  const release = (path: string) => {
    const file = held.get(path);
    held.delete(path);
    void file?.then((opened) => opened?.file.close());
  };
  const hold = (path: string) => {
    const file = openSourceFile(path).catch(() => null);
    held.set(path, file);
    void file.then((opened) => {
      if (opened === null && held.get(path) === file) held.delete(path);
    });
  };
  return {
    hold: async (paths) => {
      for (const path of paths) {
        if (held.size >= MAX_HELD_FILES) break;
        if (!held.has(path)) hold(path);
      }
      await Promise.race([Promise.all(held.values()), wait(DISK_PATIENCE_MS, undefined, { ref: false })]);
    },
    open: async (path) => {
      try {
        return await openSourceFile(path);
      } catch (cause) {
        const isGone = cause instanceof AppFailure && cause.error.code === 'fileMissing';
        const kept = isGone ? await held.get(path) : null;
        if (!kept) throw cause;
        return kept.share();
      }
    },
    release,
    close: () => {
      for (const path of [...held.keys()]) release(path);
    },
  };
}
