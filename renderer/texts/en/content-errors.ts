import type { ContentKind } from '#app/files/content-kind.ts';
import type { TextEncoding } from '#app/files/text-encoding.ts';

/** What people call content that OpenRouter refuses; it follows “it looks like”. */
const contentKinds: Readonly<Record<Exclude<ContentKind, 'unknown'>, string>> = {
  zip: 'a ZIP archive',
  archive: 'a compressed archive',
  openDocument: 'a LibreOffice (OpenDocument) file',
  appleDocument: 'a Pages, Numbers or Keynote document',
  ebook: 'an e-book',
  visioDrawing: 'a Visio drawing',
  macroDocument: 'a Word document with macros',
  macroWorkbook: 'an Excel workbook with macros',
  macroPresentation: 'a PowerPoint presentation with macros',
  binaryWorkbook: 'a binary Excel workbook (.xlsb)',
  oldOffice: 'an Office 97–2003 document (.doc, .xls or .ppt)',
  protectedOffice: 'a password-protected Office document',
  outlookMessage: 'an Outlook message',
  program: 'a program',
  diskImage: 'a disk image',
  video: 'a video',
  image: 'an image that is not PNG, JPEG, GIF or WebP',
  audio: 'audio that is not MP3, WAV, FLAC or OGG',
  font: 'a font',
  model: 'a 3D model',
  database: 'a database or data file',
  textWithNul: 'text that contains NUL characters',
};

/** What to do about content that OpenRouter refuses, where there is something better than to know what it accepts. */
const contentActions: Readonly<Partial<Record<ContentKind, string>>> = {
  zip: 'Unpack it, then upload the files inside.',
  archive: 'Unpack it, then upload the files inside.',
  openDocument: 'Save it as a Word, Excel or PowerPoint file or as a PDF, then upload that.',
  appleDocument: 'Export it as a Word, Excel or PowerPoint file or as a PDF, then upload that.',
  macroDocument: 'Save it as a document without macros (.docx), then upload that.',
  macroWorkbook: 'Save it as a workbook without macros (.xlsx), then upload that.',
  macroPresentation: 'Save it as a presentation without macros (.pptx), then upload that.',
  binaryWorkbook: 'Save it as an ordinary workbook (.xlsx), then upload that.',
  oldOffice: 'Save it in the current format (.docx, .xlsx or .pptx), then upload that.',
  protectedOffice: 'Save a copy without a password, then upload that.',
  image: 'Save it as a PNG or JPEG, then upload that.',
  audio: 'Convert it to MP3, WAV, FLAC or OGG, then upload that.',
  textWithNul: 'Remove the NUL characters, then upload it again.',
};

/** What people call the encoding of a text. */
const textEncodings: Readonly<Record<TextEncoding, string>> = {
  'windows-1252': 'Windows-1252, Western European',
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16 with the high byte first',
  'utf-32le': 'UTF-32',
  'utf-32be': 'UTF-32 with the high byte first',
  'utf-8': 'UTF-8 with damaged characters',
  'iso-8859-2': 'ISO 8859-2, Central European',
  'windows-1250': 'Windows-1250, Central European',
  'windows-1251': 'Windows-1251, Cyrillic',
  'koi8-r': 'KOI8-R, Cyrillic',
  ibm866: 'DOS 866, Cyrillic',
  'windows-1253': 'Windows-1253, Greek',
  'windows-1254': 'Windows-1254, Turkish',
  'windows-1255': 'Windows-1255, Hebrew',
  'windows-1256': 'Windows-1256, Arabic',
  macintosh: 'Mac OS Roman',
  shift_jis: 'Shift-JIS, Japanese',
  'euc-jp': 'EUC-JP, Japanese',
  gb18030: 'GBK, Simplified Chinese',
  big5: 'Big5, Traditional Chinese',
  'euc-kr': 'EUC-KR, Korean',
};

/** Why a file is not sent for its content, and what to do about it. */
export const contentErrorsTexts = {
  contentKinds,
  contentActions,
  textEncodings,
  unsupportedType: {
    title: 'OpenRouter doesn’t accept this type of file',
    titleWithKind: (kind: string) => `OpenRouter doesn’t accept this file: it looks like ${kind}`,
  },
  notUtf8: {
    title: 'This is text, but not UTF-8',
    titleWithEncoding: (encoding: string) => `This is text, but not UTF-8 (it looks like ${encoding})`,
    titleDamaged: 'This is UTF-8 text with damaged characters',
    action: 'OpenRouter accepts text as UTF-8 only. Save it as UTF-8, or upload a UTF-8 copy.',
  },
};
