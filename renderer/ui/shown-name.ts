import { texts } from '../texts/texts.ts';
import { toVisibleName } from './split-name.ts';

/** Gives the name by which a file is spoken of: its own, or words in place of one that nobody could see. */
export function toShownName(name: string): string {
  return toVisibleName(name).trim() === '' ? texts.files.grid.namelessFile : name;
}
