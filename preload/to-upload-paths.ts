import type { UploadPaths } from '#app/contract/files-contract.ts';

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
    if (path === '') withoutPath.push(file.name);
    else paths.push(path);
  }
  return { paths, withoutPath };
}
