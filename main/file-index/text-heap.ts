import type { Slice } from './slices.ts';

/** Ends every text of a heap: no byte of UTF-8 is 255, so no search for a text finds it. */
export const END = 255;

/** In bytes. The longest name that the wire lets through fits many times, with its accents taken apart too. */
const CHUNK_BITS = 20;
const CHUNK_BYTES = 1 << CHUNK_BITS;
const POSITION_MASK = CHUNK_BYTES - 1;

/** Texts as UTF-8 bytes, one behind the other; each is named by the offset at which it starts and never moves. */
export class TextHeap {
  readonly #chunks: Buffer[];
  #chunk: Buffer;
  /** Where the next text starts in the last chunk. */
  #position: number;

  constructor(chunks: readonly Buffer[] = [], position = 0) {
    this.#chunks = [...chunks];
    this.#chunk = this.#chunks.at(-1) ?? Buffer.alloc(0);
    this.#position = position;
  }

  /** Makes a heap with the same offsets out of copies of the used parts of another's chunks. */
  static async of(usedChunks: readonly Uint8Array[], slice: Slice): Promise<TextHeap> {
    const chunks: Buffer[] = [];
    for (const used of usedChunks) {
      if (slice.isSpent()) await slice.next();
      const chunk = Buffer.allocUnsafeSlow(CHUNK_BYTES);
      chunk.set(used);
      chunks.push(chunk);
    }
    return new TextHeap(chunks, usedChunks.at(-1)?.byteLength ?? 0);
  }

  /** Bytes in use, the unused ends of chunks included. */
  get sizeBytes(): number {
    return Math.max(0, this.#chunks.length - 1) * CHUNK_BYTES + this.#position;
  }

  get chunkCount(): number {
    return this.#chunks.length;
  }

  /** The bytes that a text of this offset lies in. */
  chunkAt(offset: number): Buffer {
    return this.#chunks[offset >>> CHUNK_BITS] ?? this.#chunk;
  }

  /** The chunk of this number, as far as it is in use. */
  usedChunk(index: number): Buffer {
    const chunk = this.#chunks[index] ?? this.#chunk;
    return index === this.#chunks.length - 1 ? chunk.subarray(0, this.#position) : chunk;
  }

  /** Adds ASCII text, whose length in bytes is that of the string. */
  addAscii(text: string): number {
    const start = this.#reserve(text.length + 1);
    const chunk = this.#chunk;
    let position = start & POSITION_MASK;
    for (let index = 0; index < text.length; index += 1) {
      chunk[position] = text.charCodeAt(index);
      position += 1;
    }
    chunk[position] = END;
    return start;
  }

  /** Adds any text; a half of a surrogate pair, which UTF-8 cannot carry, becomes U+FFFD. */
  add(text: string): number {
    const bytes = Buffer.from(text, 'utf8');
    const start = this.#reserve(bytes.length + 1);
    const position = start & POSITION_MASK;
    bytes.copy(this.#chunk, position);
    this.#chunk[position + bytes.length] = END;
    return start;
  }

  /** Adds a text of another heap. */
  addFrom(heap: TextHeap, offset: number): number {
    const chunk = heap.chunkAt(offset);
    const from = toPosition(offset);
    const length = findEnd(chunk, from) + 1 - from;
    const start = this.#reserve(length);
    const to = this.#chunk;
    const position = toPosition(start);
    // Most texts are too short for a native copy to be worth its call.
    for (let index = 0; index < length; index += 1) to[position + index] = chunk[from + index] ?? END;
    return start;
  }

  read(offset: number): string {
    const chunk = this.chunkAt(offset);
    const start = toPosition(offset);
    return chunk.toString('utf8', start, findEnd(chunk, start));
  }

  /** Reads a text that is known to be ASCII. */
  readAscii(offset: number): string {
    const chunk = this.chunkAt(offset);
    const start = toPosition(offset);
    return chunk.toString('latin1', start, findEnd(chunk, start));
  }

  isAscii(offset: number, text: string): boolean {
    const chunk = this.chunkAt(offset);
    const start = toPosition(offset);
    for (let index = 0; index < text.length; index += 1) {
      if (chunk[start + index] !== text.charCodeAt(index)) return false;
    }
    return chunk[start + text.length] === END;
  }

  /** Whether the text at this offset is just that, in UTF-8. */
  holds(offset: number, text: Uint8Array): boolean {
    const chunk = this.chunkAt(offset);
    const start = toPosition(offset);
    for (let index = 0; index < text.length; index += 1)
      if (chunk[start + index] !== text[index]) return false;
    return chunk[start + text.length] === END;
  }

  #reserve(sizeBytes: number): number {
    if (this.#chunks.length === 0 || this.#position + sizeBytes > CHUNK_BYTES) {
      // What is left of a chunk must not be taken for text.
      this.#chunk.fill(END, this.#position);
      this.#chunk = Buffer.allocUnsafeSlow(CHUNK_BYTES);
      this.#chunks.push(this.#chunk);
      this.#position = 0;
    }
    const start = (this.#chunks.length - 1) * CHUNK_BYTES + this.#position;
    this.#position += sizeBytes;
    return start;
  }
}

/** Where a text of this offset starts in its chunk. */
export function toPosition(offset: number): number {
  return offset & POSITION_MASK;
}

/** In which chunk a text of this offset lies. */
export function toChunkIndex(offset: number): number {
  return offset >>> CHUNK_BITS;
}

/** Where a text that starts at this position ends. */
export function findEnd(chunk: Uint8Array, start: number): number {
  let end = start;
  while (chunk[end] !== END) end += 1;
  return end;
}
