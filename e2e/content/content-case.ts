import type { ContentKind } from '#app/files/content-kind.ts';
import type { TextEncoding } from '#app/files/text-encoding.ts';

/** What the app is to say of content before it is sent. */
export type ExpectedVerdict =
  | { readonly verdict: 'accepted' | 'text' | 'undecided' }
  | { readonly verdict: 'refused'; readonly contentKind: ContentKind }
  | { readonly verdict: 'notUtf8'; readonly encoding: TextEncoding | null };

/** One file of the generator. */
export interface ContentCase {
  readonly name: string;
  readonly bytes: Buffer;
  readonly expected: ExpectedVerdict;
  /** Where it is written down that the server takes or refuses it, or why that is open. */
  readonly source: string;
}

export const ACCEPTED: ExpectedVerdict = { verdict: 'accepted' };
export const TEXT: ExpectedVerdict = { verdict: 'text' };
export const UNDECIDED: ExpectedVerdict = { verdict: 'undecided' };

/** The verdict on content that the server's documentation rules out. */
export function refused(contentKind: ContentKind): ExpectedVerdict {
  return { verdict: 'refused', contentKind };
}

/** The verdict on text in another encoding. */
export function notUtf8(encoding: TextEncoding | null): ExpectedVerdict {
  return { verdict: 'notUtf8', encoding };
}

/** Gives the bytes of a text in which each character stands for one byte. */
export function latin1(text: string): Buffer {
  return Buffer.from(text, 'latin1');
}
