import { END } from './text-heap.ts';

/** Another one in each run, so that nobody can make a listing whose ids all meet in one place. */
const SEED = Math.floor(Math.random() * 2 ** 32) >>> 0;
const PRIME = 0x01000193;

/** Gives the 32-bit hash of a text, of its UTF-16 units; `start` mixes something else in. */
export function hashText(text: string, start = 0): number {
  let hash = SEED ^ start;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), PRIME);
  }
  return finish(hash);
}

/** Gives the same hash for an ASCII text in a heap. */
export function hashAscii(chunk: Uint8Array, position: number, start = 0): number {
  let hash = SEED ^ start;
  for (let index = position; ; index += 1) {
    const byte = chunk[index] ?? END;
    if (byte === END) return finish(hash);
    hash = Math.imul(hash ^ byte, PRIME);
  }
}

/** Both ends of the number are used to find a place, so every bit must depend on the whole text. */
function finish(hash: number): number {
  let mixed = hash ^ (hash >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
