import type { RemoteFile } from '#app/files/remote-file.ts';

/** Files by their size: to find one of the same content or name, and to sum them, without looking at all of them. */
export interface SizeIndex {
  readonly totalBytes: () => number;
  /** Ids of the files of a size, in bytes. */
  readonly find: (sizeBytes: number) => Iterable<string>;
  readonly add: (file: RemoteFile) => void;
  readonly remove: (file: RemoteFile) => void;
}

/** Makes the index of some files. */
export function createSizeIndex(files: Iterable<RemoteFile>): SizeIndex {
  const idsBySize = new Map<number, Set<string>>();
  let totalBytes = 0;

  const add = ({ id, sizeBytes }: RemoteFile) => {
    const ids = idsBySize.get(sizeBytes);
    if (ids) ids.add(id);
    else idsBySize.set(sizeBytes, new Set([id]));
    totalBytes += sizeBytes;
  };
  for (const file of files) add(file);
  return {
    totalBytes: () => totalBytes,
    find: (sizeBytes) => idsBySize.get(sizeBytes) ?? [],
    add,
    remove: ({ id, sizeBytes }) => {
      if (idsBySize.get(sizeBytes)?.delete(id)) totalBytes -= sizeBytes;
    },
  };
}
