import { isUtf8 } from 'node:buffer';
import type { TextEncoding } from '#app/files/text-encoding.ts';
import { hasBytesAt } from './content.ts';
import { createDecoder, decodeStart } from './decode-text.ts';
import { guessEncoding } from './guess-encoding.ts';

/** What bytes are that are not UTF-8 text without a NUL. */
export type DetectedText =
  /** Text in an encoding; null when none fits well, `utf-8` when most of it is. */
  | { readonly kind: 'text'; readonly encoding: TextEncoding | null }
  /** Text, but for a few NULs. */
  | { readonly kind: 'nul' }
  | { readonly kind: 'binary' };

const BINARY: DetectedText = { kind: 'binary' };
/** Enough to tell an encoding by. */
const SAMPLE_BYTES = 64 * 1024;

const BYTE_ORDER_MARKS: readonly (readonly [mark: string, encoding: TextEncoding])[] = [
  ['\xff\xfe\0\0', 'utf-32le'],
  ['\0\0\xfe\xff', 'utf-32be'],
  ['\xff\xfe', 'utf-16le'],
  ['\xfe\xff', 'utf-16be'],
];

/** Whether content begins with the byte order mark of UTF-16 or UTF-32. */
export function hasByteOrderMark(head: Buffer): boolean {
  return BYTE_ORDER_MARKS.some(([mark]) => hasBytesAt(head, mark));
}

/** Tells text in other encodings, and damaged text, from binary content, by a head that is not UTF-8 throughout. */
export function detectEncoding(head: Buffer): DetectedText {
  const { nulCount, controlCount } = countControls(head);
  // Before UTF-16, in which pairs of letters are other letters: its own zero bytes are many, or stand among others than UTF-8.
  const isTextWithNul = nulCount > 0 && controlCount === 0 && nulCount <= Math.max(1, head.length / 50);
  if (isTextWithNul && nulCount < head.length && isUtf8(head)) return { kind: 'nul' };
  const wide = findWideEncoding(head);
  if (wide) return { kind: 'text', encoding: wide };
  // Compressed and binary content has one of these among about ten bytes.
  if (controlCount > Math.max(1, head.length / 500)) return BINARY;
  if (nulCount > 0) return BINARY;
  if (isDamagedUtf8(head)) return { kind: 'text', encoding: 'utf-8' };
  return guessFromSample(head);
}

/** Finds UTF-16 and UTF-32, with or without a mark. */
function findWideEncoding(head: Buffer): TextEncoding | null {
  const sample = head.subarray(0, SAMPLE_BYTES);
  const marked = BYTE_ORDER_MARKS.find(([mark]) => hasBytesAt(head, mark));
  const marks = marked ? [marked[1]] : [];
  // Without a mark, the zero bytes of line ends, blanks and Latin letters tell it.
  const unmarked = sample.includes(0) ? (['utf-32le', 'utf-32be', 'utf-16le', 'utf-16be'] as const) : [];
  return (
    // Some damage is nothing against a mark.
    marks.find((encoding) => isPlausible(createDecoder(encoding).push(sample), 1 / 50)) ??
    unmarked.find((encoding) => hasAscii(decodeStart(sample, encoding))) ??
    null
  );
}

/** Whether a plausible text has the blanks, line ends or letters that pairs of other bytes do not make. */
function hasAscii(text: string | null): boolean {
  return isPlausible(text) && /[\n\r -~]/.test(text ?? '');
}

/** Whether a text that was decoded from two or four bytes a character is one, and no chance. */
function isPlausible(text: string | null, strangeShare = 1 / 500): boolean {
  if (text === null || text === '') return false;
  const strange = text.match(/[\p{Co}\p{Cn}\ufffd]|(?![\t\n\f\r])\p{Cc}/gu)?.length ?? 0;
  return strange <= text.length * strangeShare;
}

/** Counts NULs, and other characters of control that texts do not hold. */
function countControls(bytes: Buffer): { readonly nulCount: number; readonly controlCount: number } {
  let nulCount = 0;
  let controlCount = 0;
  for (const byte of bytes) {
    if (byte === 0) nulCount += 1;
    // Tab, line feed, vertical tab, form feed, carriage return, the end mark of DOS, escape.
    else if (byte < 0x20 && !(byte >= 0x08 && byte <= 0x0d) && byte !== 0x1a && byte !== 0x1b) {
      controlCount += 1;
    }
  }
  return { nulCount, controlCount };
}

/** Whether nearly all of the characters of more than one byte are whole. */
function isDamagedUtf8(bytes: Buffer): boolean {
  const text = new TextDecoder().decode(bytes);
  const damaged = text.match(/\ufffd+/g)?.length ?? 0;
  const whole = text.match(/[^\0-\x7f\ufffd]/gu)?.length ?? 0;
  return whole >= (text.endsWith('\ufffd') && damaged === 1 ? 1 : damaged * 4);
}

function guessFromSample(head: Buffer): DetectedText {
  const first = head.findIndex((byte) => byte >= 0x80);
  // From the line in which the first other character stands: before it all encodings are alike.
  const lineStart = head.lastIndexOf(0x0a, first) + 1;
  const start = first - lineStart > SAMPLE_BYTES / 2 ? first : lineStart;
  const encoding = guessEncoding(head.subarray(start, start + SAMPLE_BYTES), head);
  if (encoding !== null) return { kind: 'text', encoding };
  return isMostlyAscii(head) ? { kind: 'text', encoding: null } : BINARY;
}

function isMostlyAscii(bytes: Buffer): boolean {
  let count = 0;
  for (const byte of bytes) if (byte < 0x80) count += 1;
  return count * 2 > bytes.length;
}
