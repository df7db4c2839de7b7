/** Letters that no normalization takes apart, as people write them who cannot type them. */
const PLAIN_LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
  ð: 'd',
  đ: 'd',
  ħ: 'h',
  ı: 'i',
  ł: 'l',
  ŋ: 'n',
  ø: 'o',
  ŧ: 't',
  ς: 'σ',
};
const OTHER_LETTERS = new RegExp(`[${Object.keys(PLAIN_LETTERS).join('')}]`, 'gu');

/** The one character that becomes 18: a name of nothing else would be too long for the index. */
const LIGATURE_OF_A_SENTENCE = '\uFDFA';

/**
 * Gives a text as names are searched for: without case and accents, and with one form of what has several, such as the
 * full-width letters of Japanese. At most seven times as long in UTF-8.
 */
export function toFolded(text: string): string {
  const lower = text.toLowerCase();
  // Plain ASCII, the common case, has nothing to take apart.
  if (isAscii(lower)) return lower;
  const plain = lower
    .split(LIGATURE_OF_A_SENTENCE)
    .map((part) => part.normalize('NFKD'))
    .join(LIGATURE_OF_A_SENTENCE)
    .replace(/\p{Mn}/gu, '');
  // What was a symbol, such as ™, has capitals only now.
  return plain.toLowerCase().replace(OTHER_LETTERS, (letter) => PLAIN_LETTERS[letter] ?? letter);
}

function isAscii(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) if (text.charCodeAt(index) > 0x7f) return false;
  return true;
}
