import { createHash } from 'node:crypto';
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDigest, hashFile } from './hash.ts';

const ABC = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'files-for-openrouter-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function hash(content: string, sizeBytes: number, signal = new AbortController().signal) {
  const path = join(folder, 'file');
  await writeFile(path, content);
  const file = await open(path);
  try {
    return await hashFile(file, sizeBytes, signal);
  } finally {
    await file.close();
  }
}

describe('hashing', () => {
  it('gives the SHA-256 of pieces', () => {
    const digest = createDigest();
    digest.update(Buffer.from('a'));
    digest.update(Buffer.from('bc'));
    expect(digest.hex()).toBe(ABC);
  });

  it('gives the SHA-256 of a file, however many pieces it takes', async () => {
    expect(await hash('abc', 3)).toBe(ABC);
    const long = 'grüße '.repeat(200_000);
    const expected = createHash('sha256').update(long).digest('hex');
    expect(await hash(long, Buffer.byteLength(long))).toBe(expected);
  });

  it('refuses a file that became shorter', async () => {
    await expect(hash('abc', 4)).rejects.toMatchObject({ error: { code: 'fileChanged' } });
  });

  it('stops when it is told to', async () => {
    await expect(hash('abc', 3, AbortSignal.abort())).rejects.toMatchObject({ error: { code: 'cancelled' } });
  });
});
