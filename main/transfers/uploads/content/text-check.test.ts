import { describe, expect, it } from 'vitest';
import { createTextCheck } from './text-check.ts';

function latin1(text: string): Buffer {
  return Buffer.from(text, 'latin1');
}

function isText(pieces: readonly Uint8Array[]): boolean {
  const check = createTextCheck();
  for (const piece of pieces) check.push(piece);
  return check.end();
}

function cut(bytes: Buffer, pieceBytes: number): readonly Buffer[] {
  const pieces: Buffer[] = [];
  for (let start = 0; start < bytes.length; start += pieceBytes) {
    pieces.push(bytes.subarray(start, start + pieceBytes));
  }
  return pieces;
}

describe('checking a text piece by piece', () => {
  it.each([1, 2, 3, 4, 5, 7, 64])('takes UTF-8 cut every %i bytes', (pieceBytes) => {
    const text = Buffer.from('\uFEFFa é 日本 🎉🎉 grüße\n'.repeat(50));
    expect(isText(cut(text, pieceBytes))).toBe(true);
  });

  it.each([1, 2, 3, 4, 1000])('refuses a stray byte cut every %i bytes', (pieceBytes) => {
    for (const stray of ['\xff', '\x80', '\xc3', '\xe2\x82', '\xf0\x9f\x8e', '\xc0\x80', '\xed\xa0\x80']) {
      const bytes = Buffer.concat([Buffer.from('é日🎉'), latin1(stray), Buffer.from('é日🎉')]);
      expect(isText(cut(bytes, pieceBytes))).toBe(false);
    }
  });

  it('refuses a NUL wherever it stands, and no other control character', () => {
    expect(isText([Buffer.from('a\0b')])).toBe(false);
    expect(isText([Buffer.from('a'), Buffer.from('\0')])).toBe(false);
    expect(isText([Buffer.from('é').subarray(0, 1), Buffer.from('\0')])).toBe(false);
    expect(isText([Buffer.from('a\u0001\u001b[31m\u007f\u0085\r\n')])).toBe(true);
  });

  it('says at once that a piece is no text, and never takes it back', () => {
    const check = createTextCheck();
    expect(check.push(Buffer.from('fine'))).toBe(true);
    expect(check.push(latin1('\xff'))).toBe(false);
    expect(check.push(Buffer.from('fine'))).toBe(false);
    expect(check.end()).toBe(false);
  });

  it('refuses an end inside a character', () => {
    expect(isText([Buffer.from('日').subarray(0, 2)])).toBe(false);
  });

  it('keeps its own copy of a cut character, so that buffers can be used again', () => {
    const check = createTextCheck();
    const buffer = Buffer.from('é');
    check.push(buffer.subarray(0, 1));
    buffer[0] = 0xff;
    check.push(buffer.subarray(1));
    expect(check.end()).toBe(true);
  });
});
