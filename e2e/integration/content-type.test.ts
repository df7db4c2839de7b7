import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createTextCheck, HEAD_BYTES, judgeHead } from '../../main/transfers/uploads/content-type.ts';
import { ContentSniffer } from '../server/sniff.ts';

/** Judges content as an upload does: its head first, then, of a text, all of it while it is sent. */
async function isTakenByUs(content: Buffer, pieceBytes: number): Promise<boolean> {
  const judgement = await judgeHead(content.subarray(0, HEAD_BYTES), content.length <= HEAD_BYTES);
  if (judgement.verdict !== 'text') return judgement.verdict === 'accepted';
  const check = createTextCheck();
  for (const piece of cut(content, pieceBytes)) check.push(piece);
  return check.end();
}

async function isTakenByServer(content: Buffer, pieceBytes: number): Promise<boolean> {
  const sniffer = new ContentSniffer();
  for (const piece of cut(content, pieceBytes)) sniffer.update(piece);
  return (await sniffer.finish()) !== null;
}

function* cut(content: Buffer, pieceBytes: number): Generator<Buffer> {
  for (let start = 0; start < content.length; start += pieceBytes) {
    yield content.subarray(start, start + pieceBytes);
  }
}

function latin1(text: string): Buffer {
  return Buffer.from(text, 'latin1');
}

function behind(start: string, filler: number, sizeBytes = 500): Buffer {
  return Buffer.concat([latin1(start), Buffer.alloc(sizeBytes, filler)]);
}

interface ZipEntry {
  readonly name: string;
  readonly content: string | Buffer;
  readonly isDeflated?: boolean;
}

/** Writes an archive, as far as a reader from the front needs it. */
function toZip(...entries: readonly ZipEntry[]): Buffer {
  const parts = entries.flatMap(({ name, content, isDeflated = false }) => {
    const plain = Buffer.from(content);
    const stored = isDeflated ? deflateRawSync(plain) : plain;
    const header = Buffer.alloc(30);
    header.writeUInt32LE(0x04034b50, 0);
    header.writeUInt16LE(20, 4);
    header.writeUInt16LE(isDeflated ? 8 : 0, 8);
    header.writeUInt32LE(stored.length, 18);
    header.writeUInt32LE(plain.length, 22);
    header.writeUInt16LE(Buffer.byteLength(name), 26);
    return [header, Buffer.from(name), stored];
  });
  return Buffer.concat([...parts, latin1('PK\x01\x02'), Buffer.alloc(42)]);
}

function toOffice(kind: string, before: readonly ZipEntry[] = []): Buffer {
  const type = `application/vnd.openxmlformats-officedocument.${kind}.main+xml`;
  const content = `<Types><Override ContentType="${type}" PartName="/part.xml"/></Types>`;
  return toZip(...before, { name: '[Content_Types].xml', content, isDeflated: true });
}

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
);

const TAKEN: readonly (readonly [string, Buffer])[] = [
  ['a PDF', behind('%PDF-1.7\n%âãÏÓ\n', 0)],
  ['a PDF of letters alone', Buffer.from(`%PDF-1.4\n${'1 0 obj\n'.repeat(100)}`)],
  ['a PDF of letters alone up to its last part', behind(`%PDF-1.4\n${'x'.repeat(HEAD_BYTES)}`, 0xff)],
  ['a PNG', PNG],
  ['an animated PNG', Buffer.concat([PNG.subarray(0, 33), latin1('\x00\x00\x00\x08acTL'), Buffer.alloc(99)])],
  ['a JPEG', behind('\xff\xd8\xff\xe0\x00\x10JFIF\x00', 0)],
  ['a GIF', behind('GIF89a\x01\x00\x01\x00\x80', 0)],
  ['a WebP', behind('RIFF\x24\x00\x00\x00WEBPVP8 ', 0)],
  ['an MP3', behind('\xff\xfb\x90\x44\x00\x00\x00\x00', 0)],
  ['an MP3 with a tag longer than the head', behind('ID3\x03\x00\x00\x00\x7f\x7f\x7f', 0xaa, 300_000)],
  ['a WAV', behind('RIFF\x24\x00\x00\x00WAVEfmt ', 0)],
  ['a FLAC', behind('fLaC\x00\x00\x00\x22', 0)],
  ['an OGG', Buffer.concat([latin1('OggS\x00\x02'), Buffer.alloc(22), behind('\x01vorbis', 0)])],
  ['an OGG with Opus', Buffer.concat([latin1('OggS\x00\x02'), Buffer.alloc(22), behind('OpusHead', 0)])],
  ['a DOCX', toOffice('wordprocessingml.document')],
  ['an XLSX', toOffice('spreadsheetml.sheet')],
  ['a PPTX', toOffice('presentationml.presentation')],
  [
    'a DOCX whose types come behind a picture',
    toOffice('wordprocessingml.document', [
      { name: 'word/media/a.png', content: Buffer.alloc(90_000, 0xa5) },
    ]),
  ],
  ['JSON', Buffer.from('{"a": [1, 2]}\n')],
  ['SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
  ['XML', Buffer.from('<?xml version="1.0"?><a/>')],
  ['HTML', Buffer.from('<!doctype html><p>x')],
  ['RTF', Buffer.from('{\\rtf1\\ansi x}')],
  ['PostScript', Buffer.from('%!PS-Adobe-3.0 EPSF-3.0\n')],
  ['a script', Buffer.from('#!/usr/bin/env python3\nprint()\n')],
  ['a calendar', Buffer.from('BEGIN:VCALENDAR\nVERSION:2.0\n')],
  ['one letter', Buffer.from('a')],
  ['text with the mark of UTF-8', Buffer.from('\uFEFFgrüße 日本語 🎉')],
  ['text with control characters', Buffer.from('\u0001\u001b[0m\u007f')],
  ['text that begins like an archive', Buffer.from('BZh is no archive here')],
  ['text that begins like a tag', Buffer.from('ID3 is a tag')],
  ['a long text that begins like a tag', behind('ID3 is a tag', 0x61, 400_000)],
  ['text as long as the head', Buffer.alloc(HEAD_BYTES, 'a')],
  ['text whose head ends inside a character', Buffer.from(`a${'日🎉é'.repeat(60_000)}`)],
];

const REFUSED: readonly (readonly [string, Buffer])[] = [
  ['a ZIP', toZip({ name: 'a.txt', content: 'text' })],
  ['an empty ZIP', Buffer.concat([latin1('PK\x05\x06'), Buffer.alloc(18)])],
  ['an OpenDocument text', toZip({ name: 'mimetype', content: 'application/vnd.oasis.opendocument.text' })],
  ['a document with macros', toOffice('word.document.macroEnabled')],
  [
    'a broken DOCX',
    toZip({ name: '[Content_Types].xml', content: Buffer.alloc(99, 0xff) }).fill(0xee, 40, 90),
  ],
  [
    'a DOCX whose types lie behind the head',
    toOffice('wordprocessingml.document', [{ name: 'a.bin', content: Buffer.alloc(HEAD_BYTES) }]),
  ],
  ['an MP4', behind('\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom', 0)],
  ['a program', behind('\x7fELF\x02\x01\x01', 0)],
  ['a gzip', Buffer.concat([latin1('\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03'), deflateRawSync('text')])],
  ['a BMP', behind('BM\x3a\x00\x00\x00', 0)],
  ['a TIFF', behind('II*\x00\x08\x00\x00\x00', 0)],
  ['an AVI', behind('RIFF\x24\x00\x00\x00AVI LIST', 0)],
  ['an SQLite database', behind('SQLite format 3\x00', 0)],
  ['UTF-16, little end first', Buffer.concat([latin1('\xff\xfe'), Buffer.from('hello', 'utf16le')])],
  ['UTF-16, big end first', Buffer.concat([latin1('\xfe\xff'), Buffer.from('hello', 'utf16le').swap16()])],
  ['UTF-16 without a mark', Buffer.from('hello', 'utf16le')],
  ['Latin-1', latin1('gr\xfc\xdfe')],
  ['one byte that is no text', latin1('\xff')],
  ['one NUL', latin1('\x00')],
  ['a NUL at the end', Buffer.from('text\0')],
  ['a NUL behind the head', Buffer.from(`${'a'.repeat(HEAD_BYTES + 5)}\0`)],
  ['bytes behind a head of text', behind('a'.repeat(HEAD_BYTES), 0xff)],
  ['an end inside a character', Buffer.from('é日').subarray(0, -1)],
  ['an end inside a character behind the head', Buffer.from('日'.repeat(HEAD_BYTES)).subarray(0, -1)],
  ['a surrogate', latin1('a\xed\xa0\x80b')],
  ['an overlong character', latin1('a\xc0\xafb')],
  ['zeros', Buffer.alloc(1000)],
];

/** Each with the pieces that a character of three bytes is cut in differently. */
const PIECES: readonly number[] = [4096, 65_536, 65_537, HEAD_BYTES];

describe('what the app and the server take', () => {
  test.each(TAKEN)('%s', async (_name, content) => {
    for (const pieceBytes of PIECES) {
      expect(await isTakenByServer(content, pieceBytes)).toBe(true);
      expect(await isTakenByUs(content, pieceBytes)).toBe(true);
    }
  });
});

describe('what the app and the server refuse', () => {
  test.each(REFUSED)('%s', async (_name, content) => {
    for (const pieceBytes of PIECES) {
      expect(await isTakenByServer(content, pieceBytes)).toBe(false);
      expect(await isTakenByUs(content, pieceBytes)).toBe(false);
    }
  });
});

test('the app and the server judge alike, whatever follows whatever', async () => {
  const starts = [...TAKEN, ...REFUSED].map(([, content]) => content.subarray(0, 2000));
  const bytes = fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array));
  const text = fc.string({ unit: 'binary', maxLength: 100 }).map((string) => Buffer.from(string));
  const content = fc.array(fc.oneof(fc.constantFrom(...starts), bytes, text), { minLength: 1, maxLength: 4 });
  const pieceBytes = fc.integer({ min: 1, max: 64 });
  await fc.assert(
    fc.asyncProperty(content, pieceBytes, async (parts, length) => {
      const all = Buffer.concat(parts);
      expect(await isTakenByUs(all, length)).toBe(await isTakenByServer(all, length));
    }),
    { numRuns: 500 },
  );
});
