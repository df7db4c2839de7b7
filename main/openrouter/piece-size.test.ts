import { describe, expect, it } from 'vitest';
import { toPieceBytes } from './piece-size.ts';

const MOST = 192 * 1024;

/** Sends pieces over a connection of so many bytes a second, and gives how long the last of them took, in milliseconds. */
function sendPieces(bytesPerSecond: number, count: number): { bytes: number; tookMs: number } {
  let [bytes, tookMs] = [MOST, 0];
  for (let piece = 0; piece < count; piece += 1) {
    tookMs = (bytes / bytesPerSecond) * 1000;
    if (piece < count - 1) bytes = toPieceBytes(bytes, tookMs, MOST);
  }
  return { bytes, tookMs };
}

describe('the size of a piece', () => {
  it.each([4000, 20_000, 100_000])(
    'lets a connection of %i bytes a second tell of them every few seconds',
    (speed) => {
      expect(sendPieces(speed, 8).tookMs).toBeLessThan(4500);
    },
  );

  it('stays the largest on a quick connection', () => {
    expect(sendPieces(50_000_000, 8).bytes).toBe(MOST);
  });

  it('grows again when a slow connection has become quick', () => {
    const { bytes } = sendPieces(4000, 8);
    let grown = bytes;
    for (let piece = 0; piece < 8; piece += 1) grown = toPieceBytes(grown, 1, MOST);
    expect(grown).toBe(MOST);
  });
});
