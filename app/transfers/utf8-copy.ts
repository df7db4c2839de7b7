import type { TextEncoding } from '../files/text-encoding.ts';

/** How the UTF-8 copy of a text begins. */
export interface Utf8Preview {
  /** At most {@link MAX_PREVIEW_LINES} lines and {@link MAX_PREVIEW_CHARACTERS} characters; U+FFFD for what the encoding does not define. */
  readonly text: string;
  /** Whether that is all of it. */
  readonly isWhole: boolean;
}

/** Enough to see whether letters are what they should be. */
export const MAX_PREVIEW_LINES = 12;
export const MAX_PREVIEW_CHARACTERS = 2000;

/** An upload that failed as its text is not UTF-8, and what the text is taken for. */
export interface Utf8Choice {
  readonly id: string;
  readonly encoding: TextEncoding;
}

/** The same for uploads whose texts are taken for one encoding. */
export interface Utf8Choices {
  readonly ids: readonly string[];
  readonly encoding: TextEncoding;
}
