import type { RemoteFile } from '#app/files/remote-file.ts';

/** Makes a test for files whose name holds every word of a search, whatever its case or accents, or whose id it is. */
export function createFileFilter(search: string): (file: RemoteFile) => boolean {
  const id = search.trim();
  const words = toFolded(search).split(/\s+/).filter(Boolean);
  return (file) => {
    if (file.id === id) return true;
    const name = toFolded(file.name);
    return words.every((word) => name.includes(word));
  };
}

/** Plain ASCII, the common case, has nothing to decompose. */
function toFolded(text: string): string {
  const lower = text.toLowerCase();
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range is all of ASCII.
  return /^[\u0000-\u007f]*$/.test(lower) ? lower : lower.normalize('NFD').replace(/\p{Mn}/gu, '');
}
