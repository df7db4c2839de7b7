import type { TextEncoding } from '#app/files/text-encoding.ts';
import { decodeStart } from './decode-text.ts';

/** The letters beyond ASCII of some language, and the encodings in which it was written. */
interface Alphabet {
  readonly encodings: readonly TextEncoding[];
  readonly letters: ReadonlySet<string>;
  /** Whether words mix these letters with those of ASCII. */
  readonly isLatin: boolean;
}

function latin(encodings: readonly TextEncoding[], letters: string): Alphabet {
  return { encodings, letters: new Set(letters + letters.toUpperCase()), isLatin: true };
}

function other(encodings: readonly TextEncoding[], letters: string): Alphabet {
  return { encodings, letters: new Set(letters), isLatin: false };
}

const WESTERN = ['windows-1252', 'macintosh'] as const;
const CENTRAL = ['windows-1250', 'iso-8859-2'] as const;

/** One for each language or group, as the letters of several together would fit too much; what is most used comes first. */
const ALPHABETS: readonly Alphabet[] = [
  latin(WESTERN, 'äöüßéàçñ'),
  latin(WESTERN, 'àâæçéèêëîïôœùûüÿ'),
  latin(WESTERN, 'áéíñóúüªº'),
  latin(WESTERN, 'áàâãçéêíóôõúü'),
  latin(WESTERN, 'àèéìíòóùî'),
  latin(WESTERN, 'àçèéíïòóúü·'),
  latin(WESTERN, 'åäöæøéü'),
  latin(WESTERN, 'áéíóúýæðöþ'),
  latin(CENTRAL, 'ąćęłńóśźż'),
  latin(CENTRAL, 'áčďéěíňóřšťúůýžľĺŕôä'),
  latin(CENTRAL, 'áéíóöőúüű'),
  latin(CENTRAL, 'čćđšž'),
  latin(CENTRAL, 'ăâîşţ'),
  latin(['windows-1254'], 'çğıiöşüâîû'),
  // Without capitals, in which KOI8-R differs from Windows-1251, and without what is rare, as Hebrew has those bytes often.
  other(['windows-1251', 'koi8-r', 'ibm866'], 'абвгдежзийклмнопрстуфхыьэюяёіїєґ'),
  other(['windows-1253'], 'αβγδεζηθικλμνξοπρστυφχψωςάέήίόύώ'),
  other(['windows-1255'], 'אבגדהוזחטיךכלםמןנסעףפץצקרשת'),
  other(['windows-1256'], 'ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي'),
];

/** What is rare today needs to fit better than what is not. */
const RARE: ReadonlySet<TextEncoding> = new Set(['macintosh', 'ibm866']);
const RARE_DISADVANTAGE = 0.15;
const LEAST_SCORE = 0.4;

/** Marks that texts in every language hold. */
const PUNCTUATION = new Set('\u00a0€£§©«»°±·“”„‘’‚–—…•№¿¡');

/** A character beyond ASCII by its neighbours. */
interface Observed {
  readonly character: string;
  /** A score that no alphabet changes; null for a letter. */
  readonly score: number | null;
  readonly isBesideAscii: boolean;
  readonly isBesideOthers: boolean;
  /** Between two others: rare where words mix the letters with those of ASCII. */
  readonly isBetweenOthers: boolean;
}

/** Guesses which encoding of one byte a character a text is in; null when none fits well. */
export function guessNarrowEncoding(sample: Buffer): TextEncoding | null {
  let best: { readonly encoding: TextEncoding; readonly score: number } | null = null;
  const observed = new Map<TextEncoding, readonly Observed[]>();
  for (const alphabet of ALPHABETS) {
    for (const encoding of alphabet.encodings) {
      const characters = observed.get(encoding) ?? observe(decodeStart(sample, encoding) ?? '');
      observed.set(encoding, characters);
      const score = scoreText(characters, alphabet) - (RARE.has(encoding) ? RARE_DISADVANTAGE : 0);
      if (score > (best?.score ?? LEAST_SCORE)) best = { encoding, score };
    }
  }
  return best?.encoding ?? null;
}

function scoreText(characters: readonly Observed[], alphabet: Alphabet): number {
  let sum = 0;
  for (const character of characters) sum += character.score ?? scoreLetter(character, alphabet);
  return characters.length === 0 ? 0 : sum / characters.length;
}

function scoreLetter(letter: Observed, { letters, isLatin }: Alphabet): number {
  if (isLatin ? letter.isBetweenOthers : letter.isBesideAscii) return -0.5;
  // Letters that stand alone are rather a mark of another encoding.
  if (isLatin ? !letter.isBesideAscii : !letter.isBesideOthers) return 0.3;
  return letters.has(letter.character) ? 1 : 0.4;
}

function observe(text: string): readonly Observed[] {
  const observed: Observed[] = [];
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (character <= '\x7f') continue;
    const before = text.charAt(index - 1);
    const after = text.charAt(index + 1);
    const isBesideAscii = /[A-Za-z]/.test(before + after);
    observed.push({
      character,
      score: scoreOther(character, before, isBesideAscii),
      isBesideAscii,
      isBesideOthers: before > '\x7f' || after > '\x7f',
      isBetweenOthers: before > '\x7f' && after > '\x7f',
    });
  }
  return observed;
}

/** Scores what is no letter, or none where a word has one; null for letters. */
function scoreOther(character: string, before: string, isBesideAscii: boolean): number | null {
  if (/[\p{Cc}\p{Cn}\p{Co}\ufffd]/u.test(character)) return -1;
  if (PUNCTUATION.has(character)) return 0.8;
  if (!/[\p{L}\p{M}]/u.test(character)) return isBesideAscii ? -0.5 : 0.1;
  const isCapitalInside = /\p{Ll}/u.test(before) && /\p{Lu}/u.test(character);
  return isCapitalInside ? -0.5 : null;
}
