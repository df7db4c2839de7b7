import { mkdir, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { hasCode } from '../disk/has-code.ts';

/** Where a location's listing is kept between two runs of the app: a copy that the server can give again. */
export interface SavedListing {
  /** Gives what was written last; null when nothing was. Throws the system's own errors. */
  read(): Promise<Uint8Array | null>;
  /** Puts this in the place of what was there, whole or not at all. Throws the system's own errors. */
  write(bytes: Uint8Array): Promise<void>;
  remove(): Promise<void>;
}

/** Keeps a listing in a file of its own; its folder is made when it is written first. */
export function createSavedListing(path: string): SavedListing {
  return {
    read: async () => {
      try {
        return await readFile(path);
      } catch (cause) {
        if (hasCode(cause, 'ENOENT')) return null;
        throw cause;
      }
    },
    write: async (bytes) => {
      await mkdir(dirname(path), { recursive: true });
      await writeFileAtomic(path, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), {
        mode: 0o600,
      });
    },
    remove: () => rm(path, { force: true }),
  };
}
