/** A name cut where it may be shortened: the folder first, then the head; the tail always stays. */
export interface SplitName {
  /** With its closing slash; empty when there is none. */
  readonly folder: string;
  readonly head: string;
  readonly tail: string;
}

/** Characters of the stem that stay in front of the extension, so that "report 2.pdf" and "report 3.pdf" differ. */
const KEPT_STEM_LENGTH = 4;
/** What follows a dot further from the end than this is no extension that people read. */
const LONGEST_EXTENSION = 12;

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Cuts a name for truncation in the middle. The parts joined give the name again, and no character is cut in two. */
export function splitName(name: string): SplitName {
  const slash = name.lastIndexOf('/') + 1;
  const folder = slash === name.length ? '' : name.slice(0, slash);
  const fileName = name.slice(folder.length);
  const characters = Array.from(graphemes.segment(fileName), (part) => part.segment);
  const dot = characters.lastIndexOf('.');
  const hasExtension = dot > 0 && characters.length - dot <= LONGEST_EXTENSION;
  const stemLength = hasExtension ? dot : characters.length;
  const cut = Math.max(0, stemLength - KEPT_STEM_LENGTH);
  return { folder, head: characters.slice(0, cut).join(''), tail: characters.slice(cut).join('') };
}

/**
 * Makes visible what could make a name read as another: names come from a server, and a bidirectional override can
 * show "exe.txt" for "txt.exe". Control characters and overrides become a replacement character of the same width.
 */
export function toVisibleName(name: string): string {
  return name.replace(INVISIBLE_CHARACTERS, '\uFFFD');
}

// C0, DEL, C1, line separators, and the bidirectional marks, embeddings, overrides and isolates of Unicode.
const INVISIBLE_CHARACTERS =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this looks for.
  /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;
