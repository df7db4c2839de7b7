import { createHash } from 'node:crypto';
import { createRandom } from './random.ts';

/** Bytes of a server-generated file; read as often as wanted, never wholly in memory unless they were given so. */
export interface FileContent {
  readonly sizeBytes: number;
  /** Hexadecimal SHA-256; for generated content computed when first read. */
  readonly sha256: string;
  chunks(): Iterable<Uint8Array>;
}

const CHUNK_BYTES = 256 * 1024;

/** Gives bytes that are in memory already. */
export function createBufferContent(bytes: Uint8Array): FileContent {
  return {
    sizeBytes: bytes.byteLength,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    *chunks() {
      for (let start = 0; start < bytes.byteLength; start += CHUNK_BYTES) {
        yield bytes.subarray(start, start + CHUNK_BYTES);
      }
    },
  };
}

/** Gives repeatable printable bytes of any size out of one block; every block starts with its offset, so that none can be lost or swapped unseen. */
export function createGeneratedContent(sizeBytes: number, seed: number): FileContent {
  return new GeneratedContent(sizeBytes, seed);
}

class GeneratedContent implements FileContent {
  readonly sizeBytes: number;
  readonly #seed: number;
  #sha256: string | null = null;

  constructor(sizeBytes: number, seed: number) {
    this.sizeBytes = sizeBytes;
    this.#seed = seed;
  }

  get sha256(): string {
    this.#sha256 ??= hashChunks(this.chunks());
    return this.#sha256;
  }

  *chunks(): Iterable<Uint8Array> {
    const block = createBlock(this.#seed, Math.min(this.sizeBytes, CHUNK_BYTES));
    for (let start = 0; start < this.sizeBytes; start += CHUNK_BYTES) {
      const chunk = Buffer.from(block.subarray(0, Math.min(CHUNK_BYTES, this.sizeBytes - start)));
      chunk.write(`${start}\n`, 'latin1');
      yield chunk;
    }
  }
}

function createBlock(seed: number, length: number): Buffer {
  const random = createRandom(seed);
  const block = Buffer.allocUnsafe(length);
  for (let index = 0; index < length; index += 1) block[index] = 0x61 + (random() % 26);
  for (let index = 79; index < length; index += 80) block[index] = 0x0a;
  return block;
}

function hashChunks(chunks: Iterable<Uint8Array>): string {
  const hash = createHash('sha256');
  for (const chunk of chunks) hash.update(chunk);
  return hash.digest('hex');
}
