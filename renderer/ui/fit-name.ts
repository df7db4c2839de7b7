import { type SplitName, toCharacters } from './split-name.ts';

/** A name as it is shown: the folder is quieter than the file. */
export interface ShownName {
  readonly folder: string;
  readonly file: string;
}

/** Gives the whole name to be shown. */
export function toWholeName({ root, folder, head, tail }: SplitName): ShownName {
  return { folder: root + folder, file: head + tail };
}

/**
 * Shortens a name until `measure` gives no more than `width`, both in pixels. First all of the folder but its root goes,
 * then the middle of the file's name, then both meet in "evals/…0012.json", then the root. The shortest form comes back
 * when nothing fits.
 */
export function fitName(parts: SplitName, width: number, measure: (text: string) => number): ShownName {
  const fits = ({ folder, file }: ShownName) => measure(folder + file) <= width;
  const whole = toWholeName(parts);
  if (fits(whole)) return whole;
  const { root, tail } = parts;
  const file = `…${tail}`;
  const joined = { folder: root, file };
  return (
    fitFile(parts, shortenFolder(parts), fits) ??
    (root !== '' && fits(joined) ? joined : null) ??
    (root === '' ? null : fitFile(parts, '…/', fits)) ??
    fitFile(parts, '', fits) ?? { folder: '', file: parts.head === '' ? tail : file }
  );
}

/** Shortens the file's name after a folder in its middle, but for its first character; null when that does not fit. */
function fitFile(
  { head, tail }: SplitName,
  folder: string,
  fits: (shown: ShownName) => boolean,
): ShownName | null {
  const whole = { folder, file: head + tail };
  if (fits(whole)) return whole;
  const characters = toCharacters(head);
  const cut = (length: number) => ({ folder, file: `${characters.slice(0, length).join('')}…${tail}` });
  const length = findLargest(characters.length - 1, (candidate) => fits(cut(candidate)));
  return length === 0 ? null : cut(length);
}

/** Gives "evals/…/" for "evals/2026/may/", unless that is no shorter. */
function shortenFolder({ root, folder }: SplitName): string {
  const rest = '…/';
  return folder.length > rest.length ? root + rest : root + folder;
}

/** Finds the largest number from 1 to `limit` for which `isGood` holds, 0 when it holds for none. */
function findLargest(limit: number, isGood: (candidate: number) => boolean): number {
  let good = 0;
  let bad = limit + 1;
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (isGood(middle)) good = middle;
    else bad = middle;
  }
  return good;
}
