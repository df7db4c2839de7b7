import { setTimeout as wait } from 'node:timers/promises';
import { AppFailure } from '#app/errors.ts';
import type { DiskPatience } from '../../disk/disk-patience.ts';
import type { Disk } from '../../disk/patient-disk.ts';
import { openSourceFile, type SourceFile } from './source-file.ts';

/**
 * Files that were opened when they were given, so that they can still be read when their turn comes: what is dragged out
 * of an archive's window is gone a moment later.
 */
export interface HeldFiles {
  /**
   * Opens the files of uploads, as many as there is room for; one that cannot be opened is passed over. Settles when they
   * are open, and waits for no disk that does not answer. Each upload has a file of its own: programs that unpack archives
   * give one path to different files, one after the other.
   */
  hold(uploads: readonly HeldUpload[]): Promise<void>;
  /** Opens what stands at a path or, if it is gone, gives the file that an upload holds of it. Throws as `openSourceFile` does. */
  open(uploadId: string, path: string, disk: Disk): Promise<SourceFile>;
  /** Lets an upload's file go that is needed no more; one that is not held is passed over. */
  release(uploadId: string): void;
  close(): void;
}

/** An upload, and where its file was when it was given. */
export interface HeldUpload {
  readonly id: string;
  readonly path: string;
}

/** Each takes one of the files that the system lets a process have open, often 1,024. */
export const MAX_HELD_FILES = 256;

/** Makes it, holding nothing. */
export function createHeldFiles({ endMs }: Pick<DiskPatience, 'endMs'>): HeldFiles {
  const held = new Map<string, { readonly path: string; readonly file: Promise<SourceFile | null> }>();
  const release = (id: string) => {
    const upload = held.get(id);
    held.delete(id);
    void upload?.file.then((opened) => opened?.file.close());
  };
  const hold = ({ id, path }: HeldUpload) => {
    const file = openSourceFile(path).catch(() => null);
    held.set(id, { path, file });
    void file.then((opened) => {
      if (opened === null) held.delete(id);
    });
    return file;
  };
  return {
    hold: async (uploads) => {
      const opening = uploads.slice(0, MAX_HELD_FILES - held.size).map(hold);
      await Promise.race([Promise.all(opening), wait(endMs, undefined, { ref: false })]);
    },
    open: async (id, path, disk) => {
      try {
        return await openSourceFile(path, disk);
      } catch (cause) {
        const isGone = cause instanceof AppFailure && cause.error.code === 'fileMissing';
        const upload = held.get(id);
        const kept = isGone && upload?.path === path ? await upload.file : null;
        if (!kept) throw cause;
        return await kept.share(disk);
      }
    },
    release,
    close: () => {
      for (const id of [...held.keys()]) release(id);
    },
  };
}
