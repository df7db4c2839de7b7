import { createHash, hash } from 'node:crypto';
import { AppFailure } from '#app/errors.ts';
import type { ReadableFile } from '../../file-store/file-upload.ts';
import { readFully } from './source-file.ts';

/** The SHA-256 of content that comes piece by piece. */
export interface Digest {
  /** Takes the next bytes, which may be reused afterwards. */
  readonly update: (bytes: Uint8Array) => void;
  /** Gives the digest in lower-case hexadecimal; nothing can be added after. */
  readonly hex: () => string;
}

/** A piece of this size takes well under a millisecond of the event loop. */
const PIECE_BYTES = 256 * 1024;

/** Begins a digest, for use while the content goes by anyway. */
export function createDigest(): Digest {
  const running = createHash('sha256');
  return {
    update: (bytes) => void running.update(bytes),
    hex: () => running.digest('hex'),
  };
}

/** Gives the digest of content that is there as a whole, in lower-case hexadecimal. */
export function hashContent(content: Uint8Array): string {
  return hash('sha256', content, 'hex');
}

/**
 * Reads a file's first `sizeBytes` bytes in pieces and gives their SHA-256 in lower-case hexadecimal. Throws the
 * AppFailures fileChanged when the file is shorter, fileUnreadable, and cancelled.
 */
export async function hashFile(file: ReadableFile, sizeBytes: number, signal: AbortSignal): Promise<string> {
  const digest = createDigest();
  const buffer = Buffer.allocUnsafe(Math.min(PIECE_BYTES, sizeBytes));
  for (let position = 0; position < sizeBytes; position += buffer.length) {
    if (signal.aborted) throw new AppFailure({ code: 'cancelled' });
    const piece = buffer.subarray(0, sizeBytes - position);
    await readFully(file, piece, position);
    digest.update(piece);
  }
  return digest.hex();
}
