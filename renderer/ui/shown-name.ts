import { texts } from '../texts/texts.ts';
import { toVisibleName } from './split-name.ts';

/** Gives the name by which a file is spoken of: its own, or words in place of one that nobody could see. */
export function toShownName(name: string): string {
  return isBlank(name) ? texts.files.grid.namelessFile : name;
}

/** The same for a folder, by its name in the one above. */
export function toShownFolderName(name: string): string {
  return isBlank(name) ? texts.files.grid.namelessFolder : name;
}

function isBlank(name: string): boolean {
  // Some characters that `trim` takes for blank are made visible; mostly the first look is enough.
  return name.trim() === '' && toVisibleName(name).trim() === '';
}
