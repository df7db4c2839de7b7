/** The kinds of file that people tell apart; each has an icon and a name in the window. */
export const FILE_KINDS = [
  'pdf',
  'image',
  'audio',
  'document',
  'spreadsheet',
  'presentation',
  'json',
  'csv',
  'markdown',
  'text',
  'other',
] as const;

export type FileKind = (typeof FILE_KINDS)[number];

const KIND_BY_MIME_TYPE: Readonly<Record<string, FileKind>> = {
  'application/pdf': 'pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'spreadsheet',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'presentation',
  'application/json': 'json',
  'application/x-ndjson': 'json',
  'text/csv': 'csv',
  'text/markdown': 'markdown',
};

/** Gives the kind of a file from the MIME type that the server sniffed; parameters and case are ignored. */
export function toFileKind(mimeType: string): FileKind {
  const essence = (mimeType.split(';', 1)[0] ?? '').trim().toLowerCase();
  const known = KIND_BY_MIME_TYPE[essence];
  if (known !== undefined) return known;
  if (essence.startsWith('image/')) return 'image';
  if (essence.startsWith('audio/')) return 'audio';
  if (essence.startsWith('text/')) return 'text';
  return 'other';
}
