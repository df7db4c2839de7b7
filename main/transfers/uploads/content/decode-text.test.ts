import { describe, expect, it } from 'vitest';
import type { TextEncoding } from '#app/files/text-encoding.ts';
import { createDecoder, decodeStart } from './decode-text.ts';

function latin1(text: string): Buffer {
  return Buffer.from(text, 'latin1');
}

/** Decodes bytes cut into pieces. */
function decode(bytes: Buffer, encoding: TextEncoding, pieceBytes = bytes.length): string {
  const decoder = createDecoder(encoding);
  let text = '';
  for (let start = 0; start < bytes.length; start += pieceBytes) {
    text += decoder.push(bytes.subarray(start, start + pieceBytes));
  }
  return text + decoder.end();
}

describe('decoding a text', () => {
  it('keeps every character of Windows-1252, those of 0x80 to 0x9f too', () => {
    expect(decode(latin1('Gr\xf6\xdfe: 5 \x80 \x84gut\x93 \x96 \x85'), 'windows-1252')).toBe(
      'Größe: 5 € „gut“ – …',
    );
  });

  it('leaves a byte order mark out', () => {
    expect(decode(Buffer.from('\ufeffabc', 'utf16le'), 'utf-16le')).toBe('abc');
    expect(decode(latin1('\0\0\xfe\xff\0\0\0a\0\x01\xf3\x89'), 'utf-32be')).toBe('a🎉');
  });

  it.each([1, 2, 3, 5, 7])('joins characters that are cut every %i bytes', (pieceBytes) => {
    expect(decode(Buffer.from('a日🎉', 'utf16le'), 'utf-16le', pieceBytes)).toBe('a日🎉');
    expect(decode(latin1('a\0\0\0\x89\xf3\x01\0'), 'utf-32le', pieceBytes)).toBe('a🎉');
    expect(decode(latin1('\x93\xfa\x96\x7b'), 'shift_jis', pieceBytes)).toBe('日本');
  });

  it('puts U+FFFD in the place of what it cannot read', () => {
    expect(decode(latin1('a\xffb'), 'utf-8')).toBe('a\ufffdb');
    expect(decode(latin1('a\0b'), 'utf-16le')).toBe('a\ufffd');
    expect(decode(latin1('a\0\0\0\0\0\xff\xff\x01'), 'utf-32le')).toBe('a\ufffd\ufffd');
  });

  it('tells whether the start of a text can be of an encoding', () => {
    expect(decodeStart(latin1('caf\xe9 au lait'), 'shift_jis')).toBeNull();
    expect(decodeStart(latin1('a\0\0\0\0\0\xff\xff'), 'utf-32le')).toBeNull();
    expect(decodeStart(latin1('\x93\xfa\x96'), 'shift_jis')).toBe('日');
  });
});
