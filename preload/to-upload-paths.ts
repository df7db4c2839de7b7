import type { UploadPaths } from '#app/contract/files-contract.ts';

/** Names are only told to the person; script can make one of any length. */
const MAX_NAME_LENGTH = 255;

/**
 * Resolves real `File` objects to their paths. Script in the page cannot forge one with a path of its choice: only the
 * browser makes files that have a path, from a drop, a paste or a picker.
 */
export function toUploadPaths(files: readonly object[], getPath: (file: File) => string): UploadPaths {
  const paths: string[] = [];
  const withoutPath: string[] = [];
  for (const file of files) {
    if (!(file instanceof File)) continue;
    const path = getPath(file);
    if (path === '') withoutPath.push(file.name.slice(0, MAX_NAME_LENGTH));
    else paths.push(path);
  }
  return { paths, withoutPath };
}
