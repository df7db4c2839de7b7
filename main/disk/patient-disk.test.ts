import { execFileSync } from 'node:child_process';
import { closeSync, constants, openSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPatientDisk } from './patient-disk.ts';

describe.skipIf(process.platform === 'win32')('a disk that does not answer', () => {
  let folder: string;
  let silent: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'files-for-openrouter-'));
    silent = join(folder, 'silent');
    // To open it blocks, for real, until somebody writes to it.
    execFileSync('mkfifo', [silent]);
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('keeps neither other files nor the rest of Node waiting, however many of its files are opened', async () => {
    const disk = createPatientDisk();
    const stuck = Array.from({ length: 10 }, () => disk.open(silent, constants.O_RDONLY));
    const path = join(folder, 'a.txt');
    await writeFile(path, 'content');
    await mkdir(join(folder, 'sub'));
    await symlink(path, join(folder, 'link'));

    const fd = await disk.open(path, constants.O_RDONLY);
    const buffer = Buffer.alloc(10);
    expect(await disk.read(fd, buffer, 1, 9, 0)).toBe(7);
    expect(buffer.toString()).toBe('\0content\0\0');
    closeSync(fd);
    expect(await disk.stat(join(folder, 'link'))).toMatchObject({ kind: 'file', size: 7n });
    expect(await disk.lstat(join(folder, 'link'))).toMatchObject({ kind: 'link' });
    const entries = await disk.readFolder(folder);
    expect(entries.find(({ name }) => name === 'sub')).toEqual({ name: 'sub', isFolder: true });
    await expect(disk.stat(join(folder, 'gone'))).rejects.toMatchObject({ code: 'ENOENT' });
    expect(await readFile(path, 'utf8')).toBe('content');
    expect(disk.isStuck()).toBe(true);

    const writer = openSync(silent, constants.O_WRONLY);
    for (const opened of await Promise.all(stuck)) closeSync(opened);
    closeSync(writer);
    expect(disk.isStuck()).toBe(false);
  });

  it('leaves threads to other folders, however many of its files are opened, and whatever is done there', async () => {
    const disk = createPatientDisk();
    const stuck = Array.from({ length: 100 }, () => disk.open(silent, constants.O_RDONLY));
    const other = await mkdtemp(join(tmpdir(), 'files-for-openrouter-'));
    const path = join(other, 'a.part');
    const fd = await disk.open(path, constants.O_RDWR | constants.O_CREAT, 0o600);
    expect(await disk.write(fd, [Buffer.from('one '), Buffer.from('two')], 2)).toBe(7);
    await disk.truncate(fd, 8);
    await disk.chmod(fd, 0o640);
    await disk.sync(fd);
    await disk.datasync(fd);
    const { kind, mode, size } = await disk.fstat(fd);
    expect([kind, mode & 0o777, size]).toEqual(['file', 0o640, 8n]);
    await disk.close(fd);
    expect(() => closeSync(fd)).toThrow('EBADF');
    await disk.link(path, join(other, 'a.txt'));
    await expect(disk.link(path, join(other, 'a.txt'))).rejects.toMatchObject({
      code: 'EEXIST',
      syscall: 'link',
    });
    await disk.rename(path, join(other, 'b.txt'));
    await disk.remove(join(other, 'b.txt'));
    expect(await readFile(join(other, 'a.txt'), 'utf8')).toBe('\0\0one tw');
    await symlink('a.txt', join(other, 'link'));
    expect(await disk.readLink(join(other, 'link'))).toBe('a.txt');
    expect(await disk.realPath(join(other, 'link'))).toBe(await realpath(join(other, 'a.txt')));
    expect(await disk.freeBytes(other)).toBeGreaterThan(0);
    await rm(other, { recursive: true });

    const writer = openSync(silent, constants.O_WRONLY);
    for (const opened of await Promise.all(stuck)) closeSync(opened);
    closeSync(writer);
  });

  it('is known by a single call', async () => {
    const disk = createPatientDisk();
    const stuck = disk.open(silent, constants.O_RDONLY);
    expect(disk.isStuck()).toBe(false);
    await expect.poll(() => disk.isStuck()).toBe(true);
    const writer = openSync(silent, constants.O_WRONLY);
    closeSync(await stuck);
    closeSync(writer);
    expect(disk.isStuck()).toBe(false);
  });

  it('is used by Node’s own threads while it answers', async () => {
    const disk = createPatientDisk({
      run: () => Promise.reject(new Error('not meant to be needed')),
      isStuck: () => false,
    });
    const path = join(folder, 'a.txt');
    await writeFile(path, 'content');
    const sizes = await Promise.all(Array.from({ length: 50 }, () => disk.stat(path)));
    expect(sizes.map(({ size }) => size)).toEqual(Array.from({ length: 50 }, () => 7n));
  });
});
