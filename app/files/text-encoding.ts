/**
 * Encodings of text that can be converted to UTF-8, by their names in the WHATWG Encoding Standard (UTF-32, which it lacks,
 * by its IANA name). `utf-8` stands for text that is UTF-8 but for some damaged bytes.
 */
export const TEXT_ENCODINGS = [
  'windows-1252',
  'utf-16le',
  'utf-16be',
  'utf-32le',
  'utf-32be',
  'utf-8',
  'iso-8859-2',
  'windows-1250',
  'windows-1251',
  'koi8-r',
  'ibm866',
  'windows-1253',
  'windows-1254',
  'windows-1255',
  'windows-1256',
  'macintosh',
  'shift_jis',
  'euc-jp',
  'gb18030',
  'big5',
  'euc-kr',
] as const;

/** How the characters of a text are stored as bytes. */
export type TextEncoding = (typeof TEXT_ENCODINGS)[number];
