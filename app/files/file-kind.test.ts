import { expect, it } from 'vitest';
import { toFileKind } from './file-kind.ts';

it.each([
  ['application/pdf', 'pdf'],
  ['image/webp', 'image'],
  ['audio/flac', 'audio'],
  ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'spreadsheet'],
  ['application/x-ndjson', 'json'],
  ['Text/CSV; charset=utf-8', 'csv'],
  ['text/x-python', 'text'],
  ['application/octet-stream', 'other'],
  ['', 'other'],
])('%j is of kind %s', (mimeType, kind) => expect(toFileKind(mimeType)).toBe(kind));
