import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { collectUploads } from './collect-uploads.ts';

const isWindows = process.platform === 'win32';

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

  it('keeps the order of the paths and the names, however long each look takes', async () => {
    const names = Array.from({ length: 300 }, (_, index) => `d/${index % 7}/${1000 + index}.txt`);
    await write(...names, 'a.txt', 'z.txt');
    const { sources } = await collectUploads([
      join(folder, 'z.txt'),
      join(folder, 'd'),
      join(folder, 'a.txt'),
    ]);
    expect(sources.map((source) => source.name)).toEqual(['z.txt', ...names.sort(), 'a.txt']);
  });

  it('takes a path once that was given twice', async () => {
    await write('a.txt');
    const { sources } = await collectUploads([join(folder, 'a.txt'), join(folder, 'a.txt')]);
    expect(sources).toHaveLength(1);
  });

  it('composes the letters of names for the server, and keeps the path as it is on the disk', async () => {
    const decomposed = 'gru\u0308n';
    await write(`${decomposed}/${decomposed}.txt`);
    const { sources } = await collectUploads([join(folder, decomposed)]);
    expect(sources).toEqual([
      { path: join(folder, decomposed, `${decomposed}.txt`), name: 'gr\u00fcn/gr\u00fcn.txt', sizeBytes: 1 },
    ]);
  });

  it.skipIf(isWindows)('lets a name against the server’s rules fail in the queue', async () => {
    await write('d/a:b?.txt');
    const { sources, skipped } = await collectUploads([join(folder, 'd')]);
    expect(sources.map((source) => source.name)).toEqual(['d/a:b?.txt']);
    expect(skipped).toEqual([]);
  });

  it.skipIf(isWindows)('passes over what is neither file nor folder, and says so', async () => {
    await write('d/x.txt');
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(join(folder, 'd/socket'), resolve));
    const { skipped } = await collectUploads([join(folder, 'd')]);
    await new Promise((resolve) => server.close(resolve));
    expect(skipped).toEqual([{ name: 'd/socket', reason: 'notAFile' }]);
  });

  it.skipIf(isWindows || process.getuid?.() === 0)('says which folder cannot be read', async () => {
    await write('d/closed/x.txt', 'd/y.txt');
    await chmod(join(folder, 'd/closed'), 0o300);
    const { sources, skipped } = await collectUploads([join(folder, 'd')]);
    await chmod(join(folder, 'd/closed'), 0o700);
    expect(sources.map((source) => source.name)).toEqual(['d/y.txt']);
    expect(skipped).toEqual([{ name: 'd/closed', reason: 'unreadable' }]);
  });
});
