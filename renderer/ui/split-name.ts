/** A name cut where it may be shortened: first the folder, then the head; root and tail stay while there is room. */
export interface SplitName {
  /** The outermost folder with its slash, or the beginning of its name when that is long; empty when there is none. */
  readonly root: string;
  /** What follows the root as far as the last slash. */
  readonly folder: string;
  readonly head: string;
  readonly tail: string;
}

/** Characters of the stem that stay in front of the extension, so that "report 2.pdf" and "report 3.pdf" differ. */
const KEPT_STEM_LENGTH = 4;
/** Characters of the folder that stay: enough to tell "evals/…" from "images/…". */
const KEPT_ROOT_LENGTH = 8;
/** What follows a dot further from the end than this is no extension that people read. */
const LONGEST_EXTENSION = 12;

const PLAIN = /^[\x20-\x7e]*$/;
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Cuts a name for truncation in the middle. The parts joined give the name again, and no character is cut in two. */
export function splitName(name: string): SplitName {
  const slash = name.lastIndexOf('/') + 1;
  const path = slash === name.length ? '' : name.slice(0, slash);
  const characters = toCharacters(name.slice(path.length));
  const dot = characters.lastIndexOf('.');
  const hasExtension = dot > 0 && characters.length - dot <= LONGEST_EXTENSION;
  const stemLength = hasExtension ? dot : characters.length;
  const cut = Math.max(0, stemLength - KEPT_STEM_LENGTH);
  return {
    ...splitPath(path),
    head: characters.slice(0, cut).join(''),
    tail: characters.slice(cut).join(''),
  };
}

function splitPath(path: string): Pick<SplitName, 'root' | 'folder'> {
  const characters = toCharacters(path);
  const length = Math.min(characters.indexOf('/') + 1, KEPT_ROOT_LENGTH);
  return { root: characters.slice(0, length).join(''), folder: characters.slice(length).join('') };
}

/** Gives what people take for single characters, such as an emoji of several code points. */
export function toCharacters(text: string): readonly string[] {
  // Most names are plain, and a list of files is split while a page of it is drawn.
  if (PLAIN.test(text)) return text.split('');
  return Array.from(graphemes.segment(text), ({ segment }) => segment);
}

/**
 * Makes visible what could make a name read as another: names come from a server, and a bidirectional override can
 * show "exe.txt" for "txt.exe". Control characters, overrides and characters without width become a replacement
 * character; accents without a letter get the circle that Unicode shows them on.
 */
export function toVisibleName(name: string): string {
  if (PLAIN.test(name)) return name;
  return name.replace(INVISIBLE_CHARACTERS, '\uFFFD').replace(MARK_WITHOUT_BASE, '\u25CC');
}

/** Before an accent with no letter under it, which would go on top of what stands before the name, or not be seen at all. */
const MARK_WITHOUT_BASE = /(?<=^|\/)(?=\p{M})/gu;

/**
 * Makes a text of somebody else fit for a sentence of ours: what is invisible becomes visible, and letters that run from
 * right to left turn nothing around that stands beside them.
 */
export function toIsolated(text: string): string {
  const visible = toVisibleName(text);
  return RIGHT_TO_LEFT.test(visible) ? `\u2068${visible}\u2069` : visible;
}

/** The blocks of Hebrew, Arabic and their neighbours, and their presentation forms. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]|[\ud802\ud803\ud83a\ud83b]/;

// C0, DEL, C1, line separators, the bidirectional marks, embeddings, overrides and isolates of Unicode, and what has no
// width and joins nothing: zero width space, soft hyphen, word joiner, invisible operators, byte order mark, and the
// blanks that count as letters or symbols (Hangul fillers, the empty Braille cell). Emoji and scripts need U+200C/D.
const INVISIBLE_CHARACTERS =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this looks for.
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\u2800\u3164\ufeff\uffa0]/g;
