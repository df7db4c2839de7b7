import { TEXT_ENCODINGS, type TextEncoding } from '#app/files/text-encoding.ts';
import { decodeStart } from './decode-text.ts';

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

/** What the letters of a language group look like in text, to tell the encodings of one byte a character apart. */
interface Alphabet {
  readonly encodings: readonly TextEncoding[];
  /** What such texts hold often. */
  readonly common: RegExp;
  /** Whether words mix these letters with those of ASCII. */
  readonly isLatin: boolean;
}

const WESTERN = /[àáâãäåæçèéêëìíîïñòóôõöøùúûüßœÀÁÂÄÅÆÇÈÉÊÍÑÓÔÖØÚÜ]/;
const ALPHABETS: readonly Alphabet[] = [
  { encodings: ['windows-1252', 'macintosh'], common: WESTERN, isLatin: true },
  {
    encodings: ['windows-1250', 'iso-8859-2'],
    common: /[ąćęłńóśźżĄĆĘŁŃŚŹŻáäčďéěíňôřšťúůýžľĺŕőűöüăâîČĎŘŠŤŽ]/,
    isLatin: true,
  },
  { encodings: ['windows-1254'], common: /[çğıöşüâîûÇĞİÖŞÜ]/, isLatin: true },
  { encodings: ['windows-1251', 'koi8-r', 'ibm866'], common: /[абвгдежзийклмнопрстуыьях]/, isLatin: false },
  { encodings: ['windows-1253'], common: /[α-ωάέήίόύώ]/, isLatin: false },
  { encodings: ['windows-1255'], common: /[א-ת]/, isLatin: false },
  { encodings: ['windows-1256'], common: /[ء-ي]/, isLatin: false },
];
/** What is rare today needs to fit better than what is not. */
const RARE: ReadonlySet<TextEncoding> = new Set(['macintosh', 'ibm866', 'iso-8859-2']);
const RARE_DISADVANTAGE = 0.15;
/** Marks that texts in every language hold. */
const PUNCTUATION = /[\u00a0€£§©«»°±·“”„‘’‚–—…•№¿¡]/;
const LEAST_NARROW_SCORE = 0.4;

/**
 * Guesses the encoding of text that is neither UTF-8 nor UTF-16, by a sample that holds other characters than ASCII; null when
 * none fits well. What the text says of itself (XML, HTML) counts when it can be true.
 */
export function guessEncoding(sample: Buffer, head: Buffer): TextEncoding | null {
  const declared = findDeclaredEncoding(head);
  if (declared !== null && decodeStart(sample, declared) !== null) return declared;
  const wide = findBest(WIDE.map(([encoding, score]) => [encoding, scoreWide(sample, encoding, score)]));
  if (wide.score >= LEAST_WIDE_SCORE) return wide.encoding;
  const narrow = findBest(
    ALPHABETS.flatMap((alphabet) =>
      alphabet.encodings.map(
        (encoding) =>
          [
            encoding,
            scoreNarrow(decodeStart(sample, encoding), alphabet) -
              (RARE.has(encoding) ? RARE_DISADVANTAGE : 0),
          ] as const,
      ),
    ),
  );
  return narrow.score >= LEAST_NARROW_SCORE ? narrow.encoding : null;
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

/** Scores the characters beyond ASCII by their neighbours; 1 when all are letters of the alphabet where words have them. */
function scoreNarrow(text: string | null, { common, isLatin }: Alphabet): number {
  if (text === null) return Number.NEGATIVE_INFINITY;
  let sum = 0;
  let count = 0;
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (character <= '\x7f') continue;
    count += 1;
    sum += scoreCharacter(character, text.charAt(index - 1), text.charAt(index + 1), common, isLatin);
  }
  return count === 0 ? Number.NEGATIVE_INFINITY : sum / count;
}

function scoreCharacter(
  character: string,
  before: string,
  after: string,
  common: RegExp,
  isLatin: boolean,
): number {
  if (/[\p{Cc}\p{Cn}\p{Co}\ufffd]/u.test(character)) return -1;
  if (PUNCTUATION.test(character)) return 0.8;
  if (!/[\p{L}\p{M}]/u.test(character)) return /[A-Za-z]/.test(before + after) ? -0.5 : 0.1;
  const isUpperInside = /\p{Ll}/u.test(before) && /\p{Lu}/u.test(character);
  const isMixed = /[A-Za-z]/.test(before + after);
  const isLongRun = before > '\x7f' && after > '\x7f';
  if (isUpperInside || (isLatin ? isLongRun : isMixed)) return -0.5;
  // Letters that stand alone are rather a mark of another encoding.
  if (isLatin && !isMixed) return 0.3;
  return common.test(character) ? 1 : 0.4;
}
