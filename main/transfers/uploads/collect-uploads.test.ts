import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { collectUploads } from './collect-uploads.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'files-for-openrouter-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function write(...names: readonly string[]): Promise<void> {
  for (const name of names) {
    await mkdir(join(folder, name, '..'), { recursive: true });
    await writeFile(join(folder, name), 'x');
  }
}

describe('collecting uploads', () => {
  it('keeps a folder’s structure in the names', async () => {
    await write('data/b.txt', 'data/a/c.txt', 'data/a/d/e.txt', 'single.txt');
    const { sources, skipped } = await collectUploads([join(folder, 'data'), join(folder, 'single.txt')]);
    expect(sources.map((source) => source.name)).toEqual([
      'data/a/c.txt',
      'data/a/d/e.txt',
      'data/b.txt',
      'single.txt',
    ]);
    expect(sources.every((source) => source.sizeBytes === 1)).toBe(true);
    expect(skipped).toEqual([]);
  });

  it('passes over what systems leave in folders, and says so', async () => {
    await write('d/.DS_Store', 'd/Thumbs.db', 'd/desktop.ini', 'd/._x.txt', 'd/x.txt', 'd/.env');
    const { sources, skipped } = await collectUploads([join(folder, 'd')]);
    expect(sources.map((source) => source.name)).toEqual(['d/.env', 'd/x.txt']);
    expect(skipped.map(({ name, reason }) => `${reason} ${name}`).sort()).toEqual([
      'systemFile d/.DS_Store',
      'systemFile d/._x.txt',
      'systemFile d/Thumbs.db',
      'systemFile d/desktop.ini',
    ]);
  });

  it('follows no link inside a folder, so one to the folder itself ends', async () => {
    await write('d/x.txt');
    await symlink(join(folder, 'd'), join(folder, 'd/loop'));
    await symlink(join(folder, 'd/x.txt'), join(folder, 'd/link.txt'));
    const { sources, skipped } = await collectUploads([join(folder, 'd')]);
    expect(sources.map((source) => source.name)).toEqual(['d/x.txt']);
    expect(skipped).toEqual([
      { name: 'd/link.txt', reason: 'link' },
      { name: 'd/loop', reason: 'link' },
    ]);
  });

  it('follows a link that was given itself', async () => {
    await write('real.txt');
    await symlink(join(folder, 'real.txt'), join(folder, 'link.txt'));
    const { sources } = await collectUploads([join(folder, 'link.txt')]);
    expect(sources).toEqual([{ path: join(folder, 'link.txt'), name: 'link.txt', sizeBytes: 1 }]);
  });

  it('lets a file that is gone fail in the queue, under its own name', async () => {
    const { sources, skipped } = await collectUploads([join(folder, 'gone.txt')]);
    expect(sources).toEqual([{ path: join(folder, 'gone.txt'), name: 'gone.txt', sizeBytes: 0 }]);
    expect(skipped).toEqual([]);
  });
});
