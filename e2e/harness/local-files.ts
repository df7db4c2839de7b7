import { createHash } from 'node:crypto';
import { mkdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Profile } from './profile.ts';

/** A file on this computer. */
export interface LocalFile {
  readonly path: string;
  readonly name: string;
  readonly sizeBytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

/** Writes a file to upload; the name may hold folders. Text unless bytes are given. */
export async function writeLocalFile(
  profile: Profile,
  name: string,
  content: string | Uint8Array = `The content of ${name}\n`,
): Promise<LocalFile> {
  const path = join(profile.localFolder, name);
  await mkdir(dirname(path), { recursive: true });
  const bytes = Buffer.from(content);
  await writeFile(path, bytes);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { path, name, sizeBytes: bytes.byteLength, sha256 };
}

/** Writes files of text and gives their paths, in the same order. */
export function writeLocalFiles(profile: Profile, names: readonly string[]): Promise<readonly string[]> {
  return Promise.all(names.map(async (name) => (await writeLocalFile(profile, name)).path));
}

/** Text of an exact size that does not repeat, so that a lost or doubled piece changes its hash. */
export function createText(sizeBytes: number): Buffer {
  const text = Buffer.alloc(sizeBytes, 0x20);
  for (let offset = 0, line = 0; offset < sizeBytes; offset += 64, line += 1) {
    text.write(`line ${line} `, offset, 'latin1');
    if (offset + 63 < sizeBytes) text[offset + 63] = 0x0a;
  }
  return text;
}

/** Makes a file of any size at once: its bytes are zeros that take no room on disk. */
export async function writeSparseFile(profile: Profile, name: string, sizeBytes: number): Promise<string> {
  const { path } = await writeLocalFile(profile, name, '');
  await truncate(path, sizeBytes);
  return path;
}

/** Hexadecimal SHA-256 of a file on this computer. */
export async function hashFile(path: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
}

/** The smallest zip there is: content that OpenRouter does not take. */
export const ZIP_BYTES = Buffer.from('504b0506000000000000000000000000000000000000', 'hex');

/** A whole PNG of one pixel. */
export const PNG_BYTES = Buffer.from(
  '89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082',
  'hex',
);
