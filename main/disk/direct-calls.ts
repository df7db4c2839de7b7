import * as fs from 'node:fs';
import { link, lstat, readdir, readlink, realpath, rename, stat, statfs, unlink } from 'node:fs/promises';
import { promisify } from 'node:util';
import { toDiskStats } from './disk-calls.ts';
import type { Disk } from './patient-disk.ts';

const open = promisify(fs.open);
const close = promisify(fs.close);
const fstat = promisify(fs.fstat);
const read = promisify(fs.read);
const writev = promisify(fs.writev);
const ftruncate = promisify(fs.ftruncate);
const fchmod = promisify(fs.fchmod);

/** Makes the calls on Node's own threads. */
export const directCalls: Omit<Disk, 'sync' | 'datasync'> = {
  open: (path, flags, mode) => open(path, flags, mode),
  close: (fd) => close(fd),
  fstat: async (fd) => toDiskStats(await fstat(fd, { bigint: true })),
  read: async (fd, buffer, offset, length, position) =>
    (await read(fd, buffer, offset, length, position)).bytesRead,
  write: async (fd, pieces, position) => (await writev(fd, pieces, position)).bytesWritten,
  truncate: (fd, length) => ftruncate(fd, length),
  chmod: (fd, mode) => fchmod(fd, mode),
  stat: async (path) => toDiskStats(await stat(path, { bigint: true })),
  lstat: async (path) => toDiskStats(await lstat(path, { bigint: true })),
  freeBytes: async (path) => {
    const { blocks, bavail, bsize } = await statfs(path);
    return blocks === 0 ? null : bavail * bsize;
  },
  readFolder: async (path) => {
    const entries = await readdir(path, { withFileTypes: true });
    return entries.map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() }));
  },
  readLink: (path) => readlink(path),
  realPath: (path) => realpath(path),
  link: (path, newPath) => link(path, newPath),
  rename: (path, newPath) => rename(path, newPath),
  remove: (path) => unlink(path),
};
