/** Kinds of content that OpenRouter does not document as accepted, as far as a person tells them apart; each has words in the window. */
export const CONTENT_KINDS = [
  'zip',
  'archive',
  'openDocument',
  'appleDocument',
  'ebook',
  'visioDrawing',
  'macroDocument',
  'macroWorkbook',
  'macroPresentation',
  'binaryWorkbook',
  'oldOffice',
  'protectedOffice',
  'outlookMessage',
  'program',
  'diskImage',
  'video',
  'image',
  'audio',
  'font',
  'model',
  'database',
  'textWithNul',
  'unknown',
] as const;

/** What a file seems to contain; `unknown` when nothing about it is recognised. */
export type ContentKind = (typeof CONTENT_KINDS)[number];
