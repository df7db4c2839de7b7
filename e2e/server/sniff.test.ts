import { describe, expect, test } from 'vitest';
import { createZip } from '../content/zip-archive.ts';
import { ContentSniffer, type TypeRules } from './sniff.ts';

function sniff(bytes: Uint8Array | string, chunkBytes = 64 * 1024, rules?: TypeRules): string | null {
  const all = Buffer.from(bytes);
  const sniffer = new ContentSniffer();
  for (let start = 0; start < all.byteLength; start += chunkBytes) {
    sniffer.update(all.subarray(start, start + chunkBytes));
  }
  return sniffer.finish(rules);
}

function latin1(text: string): Buffer {
  return Buffer.from(text, 'latin1');
}

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
);

describe('allowed by their magic numbers', () => {
  test.each([
    ['application/pdf', latin1('%PDF-1.7\n%âãÏÓ\n')],
    ['image/png', PNG],
    ['image/jpeg', latin1('\xff\xd8\xff\xe0\x00\x10JFIF\x00')],
    ['image/gif', latin1('GIF89a\x01\x00\x01\x00\x80')],
    ['image/webp', latin1('RIFF\x24\x00\x00\x00WEBPVP8 ')],
    ['audio/mpeg', latin1('\xff\xfb\x90\x44\x00\x00\x00\x00')],
    ['audio/wav', latin1('RIFF\x24\x00\x00\x00WAVEfmt ')],
    ['audio/flac', latin1('fLaC\x00\x00\x00\x22')],
    ['audio/ogg', Buffer.concat([latin1('OggS\x00\x02'), Buffer.alloc(22), latin1('\x01vorbis')])],
    ['audio/ogg', Buffer.concat([latin1('OggS\x00\x02'), Buffer.alloc(22), latin1('OpusHead')])],
  ])('%s', (mimeType, bytes) => {
    expect(sniff(Buffer.concat([bytes, Buffer.alloc(64)]))).toBe(mimeType);
  });

  test.each(['wordprocessingml.document', 'spreadsheetml.sheet', 'presentationml.presentation'])(
    'an Office document of the kind %s',
    (kind) => {
      const mimeType = `application/vnd.openxmlformats-officedocument.${kind}`;
      const types = `<Types><Override ContentType="${mimeType}.main+xml" PartName="/part.xml"/></Types>`;
      expect(sniff(createZip([{ name: '[Content_Types].xml', content: types }]))).toBe(mimeType);
    },
  );

  test('an MP3 whose tag is longer than what is kept of it', () => {
    const tag = Buffer.concat([latin1('ID3\x03\x00\x00\x00\x7f\x7f\x7f'), Buffer.alloc(300_000, 0xaa)]);
    expect(sniff(tag)).toBe('audio/mpeg');
  });
});

describe('text by its structure', () => {
  test.each([
    ['application/json', '{"a": [1, 2]}\n'],
    ['application/json', '[1, 2, 3]'],
    ['application/x-ndjson', '{"a":1}\n{"a":2}\n'],
    ['text/csv', 'name,size\n"a, b",1\nc,2\n'],
    ['text/csv', 'name;size\na;1\n'],
    ['text/markdown', '# Title\n\nSome text.\n'],
    ['text/markdown', 'See [the guide](https://example.org).\n'],
    ['text/plain', 'Hello, world.\n'],
    ['text/plain', '{ not json\n'],
    ['text/plain', '\uFEFFgrüße 日本語 🎉'],
    ['text/plain', 'BZh is no archive here'],
  ])('%s: %j', (mimeType, text) => {
    expect(sniff(text)).toBe(mimeType);
  });

  test('is recognised however it is cut', () => {
    const text = 'é日🎉'.repeat(500);
    for (const chunkBytes of [1, 2, 3, 5, 7]) expect(sniff(text, chunkBytes)).toBe('text/plain');
  });

  test('JSON, NDJSON and CSV longer than what is kept', () => {
    expect(sniff(`[${'{"a":1},\n'.repeat(60_000)}{}]`)).toBe('application/json');
    expect(sniff('{"a":1}\n'.repeat(60_000))).toBe('application/x-ndjson');
    expect(sniff('a,b\n'.repeat(90_000))).toBe('text/csv');
  });
});

describe('refused', () => {
  test.each([
    ['a zip', createZip([{ name: 'a.txt', content: 'text' }])],
    ['an MP4', latin1('\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom')],
    ['an executable', latin1('\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00')],
    ['UTF-16', Buffer.concat([latin1('\xff\xfe'), Buffer.from('hello', 'utf16le')])],
    ['Latin-1', latin1('gr\xfc\xdfe')],
    ['text with a NUL', latin1('a\x00b')],
    ['text that ends inside a character', Buffer.from('é日').subarray(0, -1)],
    ['binary behind a long text', Buffer.concat([Buffer.alloc(400_000, 'a'), latin1('\xff')])],
  ])('%s', (_name, bytes) => {
    expect(sniff(bytes)).toBeNull();
  });
});

describe('told to judge otherwise than documented', () => {
  test('takes a type that is not documented, content of no known type, and text in other encodings', () => {
    const rf64 = latin1('RF64\xff\xff\xff\xffWAVEds64');
    expect(sniff(rf64)).toBeNull();
    expect(sniff(rf64, 64, { takes: ['audio/x-rf64'], refuses: [] })).toBe('audio/x-rf64');
    const unknown = { takes: ['application/octet-stream'], refuses: [] };
    expect(sniff(latin1('gr\xfc\xdfe'), 64, unknown)).toBe('application/octet-stream');
  });

  test('refuses a type that is documented', () => {
    expect(sniff('%PDF-1.7\n', 64, { takes: [], refuses: ['application/pdf'] })).toBeNull();
    expect(sniff('text', 64, { takes: [], refuses: ['application/pdf'] })).toBe('text/plain');
  });
});
