import type { TextEncoding } from '#app/files/text-encoding.ts';
import { type ContentCase, latin1, notUtf8, refused, TEXT } from './content-case.ts';
import { encodeText, encodeWide } from './encode-text.ts';

const LISTED = 'OpenRouter API, POST /files: UTF-8 text';
const UNLISTED = `${LISTED}, no other`;

const JAPANESE = '吾輩は猫である。名前はまだ無い。\nどこで生れたかとんと見当がつかぬ。\n';
const SIMPLIFIED = '学而时习之，不亦说乎？有朋自远方来，不亦乐乎？\n这个文件的内容是用中文写的。\n';
const TRADITIONAL = '學而時習之，不亦說乎？有朋自遠方來，不亦樂乎？\n這個檔案的內容是用中文寫的。\n';
const KOREAN = '모든 국민은 법 앞에 평등하다. 누구든지 차별을 받지 아니한다.\n한국어로 쓴 파일입니다.\n';
const RUSSIAN =
  'Все счастливые семьи похожи друг на друга, каждая несчастливая семья несчастлива по-своему.\n';
const GERMAN = 'Größe;Preis\nklein;„günstig“ – 5 €\ngroß;“schön” … 10 €\n';
const FRENCH = 'Les élèves étudient à l’école où l’été a été très agréable. Ça va?\n';
const POLISH = 'Zażółć gęślą jaźń. Wszyscy ludzie rodzą się wolni i równi.\n';
const CZECH = 'Příliš žluťoučký kůň úpěl ďábelské ódy. Všichni lidé se rodí svobodní.\n';
const TURKISH = 'Bütün insanlar hür, haysiyet ve haklar bakımından eşit doğarlar. İstanbul şehri.\n';
const GREEK = 'Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι στην αξιοπρέπεια.\n';
const HEBREW = 'כל בני האדם נולדו בני חורין ושווים בערכם ובזכויותיהם.\n';
const ARABIC = 'يولد جميع الناس أحراراً متساوين في الكرامة والحقوق.\n';

/** Texts in encodings of one or two bytes a character, and what each is to be taken for. */
const NARROW: readonly (readonly [encoding: string, text: string, found: TextEncoding])[] = [
  ['windows-1252', GERMAN, 'windows-1252'],
  ['windows-1252', FRENCH, 'windows-1252'],
  ['windows-1250', POLISH, 'windows-1250'],
  ['windows-1250', CZECH, 'windows-1250'],
  ['iso-8859-2', POLISH, 'iso-8859-2'],
  ['windows-1251', RUSSIAN, 'windows-1251'],
  ['koi8-r', RUSSIAN, 'koi8-r'],
  ['ibm866', RUSSIAN, 'ibm866'],
  ['windows-1253', GREEK, 'windows-1253'],
  ['windows-1254', TURKISH, 'windows-1254'],
  ['windows-1255', HEBREW, 'windows-1255'],
  ['windows-1256', ARABIC, 'windows-1256'],
  ['macintosh', FRENCH.replace('’', '’'), 'macintosh'],
  ['shift_jis', JAPANESE, 'shift_jis'],
  ['euc-jp', JAPANESE, 'euc-jp'],
  ['gbk', SIMPLIFIED, 'gb18030'],
  ['big5', TRADITIONAL, 'big5'],
  ['euc-kr', KOREAN, 'euc-kr'],
];

const WIDE = ['utf-16le', 'utf-16be', 'utf-32le', 'utf-32be'] as const;

/** A text in another encoding. */
export interface EncodedText {
  readonly encoding: TextEncoding;
  readonly text: string;
  readonly bytes: Buffer;
}

/** Gives texts in every encoding that can be converted, and what they are in UTF-8. */
export function* createEncodedTexts(): Generator<EncodedText> {
  for (const [label, text, encoding] of NARROW) yield { encoding, text, bytes: encodeText(text, label) };
  for (const encoding of WIDE) yield { encoding, text: RUSSIAN, bytes: encodeWide(RUSSIAN, encoding) };
}

/** Texts in UTF-8 and in other encodings, short and longer than the head that is looked at first. */
export function* createTexts(): Generator<ContentCase> {
  for (const text of [
    GERMAN,
    JAPANESE,
    RUSSIAN,
    'plain ASCII\n',
    '🎉 é 日本\n',
    '\u0001\u001b[0m\u007f\u0085',
  ]) {
    const start = JSON.stringify(text.slice(0, 8));
    yield {
      name: `UTF-8 without a mark, ${start}`,
      bytes: Buffer.from(text),
      expected: TEXT,
      source: LISTED,
    };
    yield {
      name: `UTF-8 with a mark, ${start}`,
      bytes: Buffer.from(`\ufeff${text}`),
      expected: TEXT,
      source: LISTED,
    };
    const long = Buffer.from(text.repeat(9000));
    yield { name: `UTF-8, longer than the head, ${start}`, bytes: long, expected: TEXT, source: LISTED };
  }
  const iso2022 = latin1('\x1b$B5cGZ$OG-$G$"$k\x1b(B\n');
  yield {
    name: 'ISO-2022-JP, which is ASCII',
    bytes: iso2022,
    expected: TEXT,
    source: `${LISTED}; RFC 1468`,
  };
  for (const [encoding, text, found] of NARROW) {
    const expected = notUtf8(found);
    const bytes = encodeText(text, encoding);
    yield { name: `${encoding}, short (${text.slice(0, 3)})`, bytes, expected, source: UNLISTED };
    const behind = Buffer.concat([Buffer.from('id;name\n'.repeat(9000)), bytes]);
    yield {
      name: `${encoding}, behind 72 KB of ASCII (${text.slice(0, 3)})`,
      bytes: behind,
      expected,
      source: UNLISTED,
    };
    const xml = encodeText(`<?xml version="1.0" encoding="${encoding}"?>\n<a>${text}</a>`, encoding);
    yield { name: `XML in ${encoding} (${text.slice(0, 3)})`, bytes: xml, expected, source: UNLISTED };
  }
  for (const encoding of WIDE) {
    for (const text of ['hello\n', GERMAN, RUSSIAN, JAPANESE]) {
      const source = `${UNLISTED}; Unicode 2.6`;
      const expected = notUtf8(encoding);
      const name = `${encoding} (${text.slice(0, 5).trim()})`;
      yield { name, bytes: encodeWide(text, encoding), expected, source };
      yield { name: `${name} with a mark`, bytes: encodeWide(`\ufeff${text}`, encoding), expected, source };
    }
  }
  const lone = Buffer.from(`\ufeff${RUSSIAN}\ud83d ${RUSSIAN}`, 'utf16le');
  yield {
    name: 'utf-16le with half a character',
    bytes: lone,
    expected: notUtf8('utf-16le'),
    source: UNLISTED,
  };
  yield* createDamagedTexts();
}

function* createDamagedTexts(): Generator<ContentCase> {
  const damaged: readonly (readonly [string, Buffer])[] = [
    ['an end inside a character', Buffer.from('é日').subarray(0, -1)],
    [
      'one stray byte in a text',
      Buffer.concat([Buffer.from(JAPANESE), latin1('\xff'), Buffer.from(JAPANESE)]),
    ],
  ];
  for (const [name, bytes] of damaged) yield { name, bytes, expected: notUtf8('utf-8'), source: UNLISTED };
  for (const [name, text] of [
    ['a NUL at the end', 'text\0'],
    ['a NUL inside', 'a line\0and another\n'],
    ['a NUL in a text of other letters', `${JAPANESE}\0${JAPANESE}`],
  ] as const) {
    const source = `${LISTED}; a NUL is what tells binary content`;
    yield { name, bytes: Buffer.from(text), expected: refused('textWithNul'), source };
  }
}
