import type { RemoteFile } from '#app/files/remote-file.ts';

/** Files by name and size, and their sum: to find what is there already without looking at all of them. */
export interface SameFiles {
  readonly totalBytes: () => number;
  /** Ids of the files of a name, however its accents are written, and a size in bytes. */
  readonly find: (name: string, sizeBytes: number) => Iterable<string>;
  /** Takes in a file that is not yet in there. */
  readonly add: (file: RemoteFile) => void;
  /** Takes out a file that is in there. */
  readonly remove: (file: RemoteFile) => void;
}

/** Makes it of some files. */
export function createSameFiles(files: Iterable<RemoteFile>): SameFiles {
  // Most names are there once: a set for each would take more memory than the files.
  const idsByKey = new Map<string, string | Set<string>>();
  let totalBytes = 0;

  const add = ({ id, name, sizeBytes }: RemoteFile) => {
    const key = toKey(name, sizeBytes);
    const known = idsByKey.get(key);
    if (known === undefined) idsByKey.set(key, id);
    else if (typeof known === 'string') idsByKey.set(key, new Set([known, id]));
    else known.add(id);
    totalBytes += sizeBytes;
  };
  for (const file of files) add(file);
  return {
    totalBytes: () => totalBytes,
    find: (name, sizeBytes) => {
      const known = idsByKey.get(toKey(name, sizeBytes)) ?? [];
      return typeof known === 'string' ? [known] : known;
    },
    add,
    remove: ({ id, name, sizeBytes }) => {
      const key = toKey(name, sizeBytes);
      const known = idsByKey.get(key);
      if (known instanceof Set && known.size > 1) known.delete(id);
      else idsByKey.delete(key);
      totalBytes -= sizeBytes;
    },
  };
}

function toKey(name: string, sizeBytes: number): string {
  return `${sizeBytes} ${name.normalize('NFC')}`;
}
