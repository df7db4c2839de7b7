import type { Random } from './random.ts';

/** `current`: `or_file_` and 24 base62 characters; `before2026July28`: `file_` and the same (contract, section 2). */
export type IdStyle = 'current' | 'before2026July28';

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const RANDOM_LENGTH = 24;

/** Creates a file id of either generation. */
export function createFileId(random: Random, style: IdStyle): string {
  const characters = Buffer.allocUnsafe(RANDOM_LENGTH);
  for (let index = 0; index < RANDOM_LENGTH; index += 1) {
    characters[index] = BASE62.charCodeAt(random() % BASE62.length);
  }
  return (style === 'current' ? 'or_file_' : 'file_') + characters.toString('latin1');
}
