/** A write that took longer tells its bytes too late: a slow connection looks like a dead one, and may be taken for one. */
const SLOW_MS = 1000;
const QUICK_MS = 100;
const MIN_PIECE_BYTES = 16 * 1024;

/**
 * Gives how much of a body to write in one go after a write of `writtenBytes` that took `tookMs`, at most `mostBytes`.
 * A socket says nothing of a write before all of it is taken; large ones are for connections that take them at once.
 */
export function toPieceBytes(writtenBytes: number, tookMs: number, mostBytes: number): number {
  if (tookMs > SLOW_MS) return Math.max(MIN_PIECE_BYTES, Math.floor(writtenBytes / 2));
  return tookMs < QUICK_MS ? Math.min(mostBytes, writtenBytes * 2) : Math.min(mostBytes, writtenBytes);
}
