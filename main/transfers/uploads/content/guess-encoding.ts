import { TEXT_ENCODINGS, type TextEncoding } from '#app/files/text-encoding.ts';
import { decodeStart } from './decode-text.ts';
import { guessNarrowEncoding } from './guess-narrow-encoding.ts';

/** How well a text fits an encoding of two bytes a character, from 0 to 1; the text holds the characters that are not ASCII. */
type WideScore = (characters: readonly string[]) => number;

const KANA = /[\u3041-\u30fe]/;
const HANGUL = /[\uac00-\ud7a3]/;
const HAN = /[\u4e00-\u9fff\u3001-\u3011\uff01-\uff5e]/;

/** Each script's own characters; a text in another of these encodings shows them by chance only. */
const WIDE: readonly (readonly [TextEncoding, WideScore])[] = [
  ['shift_jis', (characters) => Math.min(1, share(characters, KANA) * 4)],
  ['euc-jp', (characters) => Math.min(1, share(characters, KANA) * 4)],
  ['euc-kr', (characters) => share(characters, HANGUL)],
  ['gb18030', (characters) => shareOfCommon(characters, 'gb18030')],
  ['big5', (characters) => shareOfCommon(characters, 'big5')],
];
const LEAST_WIDE_SCORE = 0.7;
/** Each character is looked at once for each encoding. */
const NARROW_SAMPLE_BYTES = 8 * 1024;

/**
 * Guesses the encoding of text that is neither UTF-8 nor UTF-16, by a sample that holds other characters than ASCII; null when
 * none fits well. What the text says of itself (XML, HTML) counts when it can be true.
 */
export function guessEncoding(sample: Buffer, head: Buffer): TextEncoding | null {
  const declared = findDeclaredEncoding(head);
  if (declared !== null && decodeStart(sample, declared) !== null) return declared;
  const wide = findBest(WIDE.map(([encoding, score]) => [encoding, scoreWide(sample, encoding, score)]));
  if (wide.score >= LEAST_WIDE_SCORE) return wide.encoding;
  return guessNarrowEncoding(sample.subarray(0, NARROW_SAMPLE_BYTES));
}

function findDeclaredEncoding(head: Buffer): TextEncoding | null {
  const start = head.toString('latin1', 0, 1024);
  const label = /^\s*<\?xml[^>]*\bencoding=["']([\w-]+)|<meta[^>]+charset=["']?([\w-]+)/i.exec(start);
  try {
    const name = new TextDecoder(label?.[1] ?? label?.[2] ?? '').encoding.replace('gbk', 'gb18030');
    return TEXT_ENCODINGS.find((encoding) => encoding === name && !name.startsWith('utf-')) ?? null;
  } catch {
    return null;
  }
}

function findBest(scores: readonly (readonly [TextEncoding, number])[]): {
  readonly encoding: TextEncoding | null;
  readonly score: number;
} {
  let best: { readonly encoding: TextEncoding | null; readonly score: number } = {
    encoding: null,
    score: Number.NEGATIVE_INFINITY,
  };
  // The first of equals: the lists begin with what is used most.
  for (const [encoding, score] of scores) if (score > best.score) best = { encoding, score };
  return best;
}

function scoreWide(sample: Buffer, encoding: TextEncoding, score: WideScore): number {
  const text = decodeStart(sample, encoding);
  if (text === null) return 0;
  const characters = [...text].filter((character) => character > '\x7f');
  // Half-width katakana and private characters come of bytes that are no such text.
  const isStrange = share(characters, /[\uff61-\uff9f\ue000-\uf8ff\x80-\x9f]/) > 0.1;
  return characters.length === 0 || isStrange ? 0 : score(characters);
}

function share(characters: readonly string[], pattern: RegExp): number {
  return characters.filter((character) => pattern.test(character)).length / characters.length;
}

/** The share of Chinese characters that both sets hold among the frequent ones, which come first in each. */
function shareOfCommon(characters: readonly string[], encoding: 'gb18030' | 'big5'): number {
  const frequent = getFrequentHan(encoding);
  return (
    characters.filter((character) => frequent.has(character) || !HAN.test(character)).length /
    characters.length
  );
}

const frequentHan = new Map<string, ReadonlySet<string>>();

/** The first level of a set: 3,755 characters of GB 2312 (rows 16 to 55), 5,401 of Big5 (0xA4 to 0xC6), and punctuation. */
function getFrequentHan(encoding: 'gb18030' | 'big5'): ReadonlySet<string> {
  const known = frequentHan.get(encoding);
  if (known) return known;
  const [first, last] = encoding === 'gb18030' ? [0xb0, 0xd7] : [0xa4, 0xc6];
  const bytes: number[] = [];
  for (let lead = first; lead <= last; lead += 1) {
    const start = encoding === 'gb18030' ? 0xa1 : 0x40;
    for (let trail = start; trail <= 0xfe; trail += 1) {
      if (trail < 0x7f || trail > 0xa0) bytes.push(lead, trail);
    }
  }
  const characters = new Set([
    ...new TextDecoder(encoding).decode(Buffer.from(bytes)),
    ...'，。、：；？！「」《》（）',
  ]);
  frequentHan.set(encoding, characters);
  return characters;
}
