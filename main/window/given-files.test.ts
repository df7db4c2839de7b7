import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createGivenFiles, toGivenPaths } from './given-files.ts';

describe('the files that a start is given', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'files-for-openrouter-'));
    for (const name of ['a.txt', 'b.txt', 'app']) await writeFile(join(folder, name), '');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('are those that exist, from where the start was made, and no switches', () => {
    const args = [
      '--user-data-dir=/x',
      'a.txt',
      '-r',
      'app',
      join(folder, 'b.txt'),
      'https://example.org',
      '-x',
    ];
    expect(toGivenPaths(args, folder, false)).toEqual([join(folder, 'a.txt'), join(folder, 'b.txt')]);
  });

  it('do not include the app itself, started from its sources', () => {
    expect(toGivenPaths(['--inspect', 'app', 'a.txt'], folder, true)).toEqual([join(folder, 'a.txt')]);
  });
});

describe('given files', () => {
  it('wait for an account, are asked about once, and only then uploaded', async () => {
    let isReady = false;
    const asked: (readonly string[])[] = [];
    const uploaded: (readonly string[])[] = [];
    const given = createGivenFiles({
      isReady: () => isReady,
      ask: async (paths) => {
        asked.push(paths);
        return !paths.includes('/refused');
      },
      upload: async (paths) => void uploaded.push(paths),
    });
    given.add(['/a', '/b']);
    given.add(['/b', '/c']);
    await Promise.resolve();
    expect(asked).toEqual([]);
    isReady = true;
    given.noteReady();
    await expect.poll(() => uploaded).toEqual([['/a', '/b', '/c']]);
    given.add(['/refused']);
    await expect.poll(() => asked).toEqual([['/a', '/b', '/c'], ['/refused']]);
    expect(uploaded).toHaveLength(1);
  });
});
