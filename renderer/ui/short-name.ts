import { fitName } from './fit-name.ts';
import { toShownName } from './shown-name.ts';
import { splitName, toVisibleName } from './split-name.ts';

/** Characters of a name that stand in a sentence: some lines of it, whatever a server says. */
const MAX_CHARACTERS = 100;

/** Gives a name for a sentence, a title or a list: visible characters only, and shortened in its middle when it is long. */
export function toShortName(name: string): string {
  const { folder, file } = fitName(splitName(toVisibleName(name)), MAX_CHARACTERS, (text) => text.length);
  return folder + file;
}

/** The same for a file, which may have no name that anybody could see. */
export function toShortFileName(name: string): string {
  return toShortName(toShownName(name));
}
