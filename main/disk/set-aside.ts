import { existsSync, renameSync } from 'node:fs';

/** How many damaged files are kept. */
const MAX_SET_ASIDE = 5;

/** Keeps a damaged record under another name: the first copies stay, as those are nearest to what was once written. */
export function setAside(path: string): void {
  const names = Array.from({ length: MAX_SET_ASIDE }, (_, index) => `${path}.damaged-${index + 1}`);
  const free = names.find((name) => !existsSync(name)) ?? names.at(-1) ?? `${path}.damaged`;
  try {
    renameSync(path, free);
  } catch {
    // Then the next change replaces it.
  }
}
