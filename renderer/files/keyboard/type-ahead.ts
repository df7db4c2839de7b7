import { toFolded } from '#app/files/fold.ts';

/** Letters typed one after the other, and when the last one was, in milliseconds. */
export interface Typed {
  readonly text: string;
  readonly at: number;
}

/** After this pause the next letter begins anew, in milliseconds. */
const PAUSE_MS = 1000;

/** Adds a letter to what was typed just before. */
export function typeLetter(before: Typed | null, letter: string, at: number): Typed {
  const isContinued = before !== null && at - before.at < PAUSE_MS;
  return { text: isContinued ? before.text + letter : letter, at };
}

/**
 * Finds the next row whose name begins with what was typed, whatever its case and accents, from the active row on and
 * round to the first. One letter, also when it is typed again and again, goes on to the next row that begins with it.
 */
export function findTyped(names: readonly string[], activeIndex: number, text: string): number | null {
  const letters = toFolded(text);
  const [first = ''] = letters;
  const isOneLetter = Array.from(letters).every((letter) => letter === first);
  const wanted = isOneLetter ? first : letters;
  const start = isOneLetter ? activeIndex + 1 : activeIndex;
  for (let step = 0; step < names.length; step += 1) {
    const index = (start + step) % names.length;
    if (toFolded(names[index] ?? '').startsWith(wanted)) return index;
  }
  return null;
}
