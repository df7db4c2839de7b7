import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createText } from '../harness/local-files.ts';
import type { Profile } from '../harness/profile.ts';
import { createRandom } from '../server/random.ts';

/** Files to upload, no two of one content. */
export interface SoakFiles {
  readonly paths: readonly string[];
  /** Hexadecimal SHA-256 by name. */
  readonly hashes: ReadonlyMap<string, string>;
  readonly sizeBytes: number;
}

const SMALL_COUNT = 5000;
const FIRST_COUNT = 100;
const LARGE_COUNT = 40;
const LARGE_BYTES = 25 * 1024 * 1024;
const MAX_SMALL_BYTES = 20_000;
const MIN_SMALL_BYTES = 64;

/** Writes 5,000 small files, of repeatable sizes. */
export function writeSmallFiles(profile: Profile, seed: number): Promise<SoakFiles> {
  const random = createRandom(seed);
  const sizes = Array.from({ length: SMALL_COUNT }, () => MIN_SMALL_BYTES + (random() % MAX_SMALL_BYTES));
  return writeFiles(profile, 'small', sizes);
}

/** Writes 100 files of which each is as small as any. */
export function writeFirstFiles(profile: Profile): Promise<SoakFiles> {
  return writeFiles(
    profile,
    'first',
    Array.from({ length: FIRST_COUNT }, () => MIN_SMALL_BYTES),
  );
}

/** Writes 40 files of 25 MiB. */
export function writeLargeFiles(profile: Profile): Promise<SoakFiles> {
  return writeFiles(
    profile,
    'large',
    Array.from({ length: LARGE_COUNT }, () => LARGE_BYTES),
  );
}

async function writeFiles(profile: Profile, kind: string, sizes: readonly number[]): Promise<SoakFiles> {
  const text = createText(Math.max(...sizes));
  const hashes = new Map<string, string>();
  const paths: string[] = [];
  for (const [index, sizeBytes] of sizes.entries()) {
    const name = `${kind}-${index + 1}.txt`;
    const content = text.subarray(0, sizeBytes);
    // Each begins with its own name.
    content.write(`${name}\n`, 'latin1');
    const path = join(profile.localFolder, name);
    await writeFile(path, content);
    paths.push(path);
    hashes.set(name, createHash('sha256').update(content).digest('hex'));
  }
  return { paths, hashes, sizeBytes: sizes.reduce((sum, size) => sum + size, 0) };
}
