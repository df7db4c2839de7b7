import { mkdtemp, rename, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LocalRecord } from '../transfers/uploads/ledger.ts';
import { findLocalPath, findUnchanged, readLocalCopy } from './local-copies.ts';

let folder: string;
let path: string;
let record: LocalRecord;
const find = (id: string) => (id === 'known' ? record : null);
const isUnchanged = async () => (await readLocalCopy(find, 'known'))?.isUnchanged;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'files-for-openrouter-'));
  path = join(folder, 'a.txt');
  await writeFile(path, 'hello');
  const { mtimeMs } = await stat(path);
  record = { origin: 'uploaded', path, sizeBytes: 5, modifiedAt: mtimeMs, at: 7, sha256: 'abc' };
});

afterEach(() => rm(folder, { recursive: true, force: true }));

describe('a copy on this computer', () => {
  it('is told by its name, never by its path', async () => {
    const copy = await readLocalCopy(find, 'known');
    expect(copy).toEqual({ origin: 'uploaded', name: 'a.txt', at: 7, sha256: 'abc', isUnchanged: true });
    expect(await readLocalCopy(find, 'other')).toBeNull();
  });

  it('has changed when it was written to, even with as many bytes', async () => {
    await writeFile(path, 'HELLO');
    await utimes(path, new Date(), new Date(Date.now() + 5000));
    expect(await isUnchanged()).toBe(false);
  });

  it('has changed when it has another size, even at the same time', async () => {
    const { atime, mtime } = await stat(path);
    await writeFile(path, 'hello!');
    await utimes(path, atime, mtime);
    expect(await isUnchanged()).toBe(false);
  });

  it('has changed when a link or nothing is in its place', async () => {
    const other = join(folder, 'b.txt');
    await rename(path, other);
    expect(await isUnchanged()).toBe(false);
    await expect(findLocalPath(find, 'known')).rejects.toThrow('fileMissing');
    await symlink(other, path);
    expect(await isUnchanged()).toBe(false);
  });

  it('can be shown also when it has changed', async () => {
    await writeFile(path, 'something else');
    expect(await findLocalPath(find, 'known')).toBe(path);
    await expect(findLocalPath(find, 'other')).rejects.toThrow('fileMissing');
  });

  it('is found among others, each path once', async () => {
    const [known, other] = [{ id: 'known' }, { id: 'other' }];
    expect(await findUnchanged(find, [other, known, known])).toEqual({ paths: [path], others: [other] });
    await rm(path);
    expect(await findUnchanged(find, [known, other])).toEqual({ paths: [], others: [known, other] });
  });
});
