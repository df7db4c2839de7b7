import { toDiskStats } from '../../../main/disk/disk-calls.ts';
import type { PatientDisk } from '../../../main/disk/patient-disk.ts';
import * as disk from './disk.ts';

function notNeeded(): never {
  throw new Error('The queue does not ask for this');
}

/**
 * The simulated disk as transfers use it. Of the app's own, calls that were under way when a process was killed would keep
 * threads from the next one.
 */
export function createDirectDisk(): PatientDisk {
  const files = new Map<number, Awaited<ReturnType<typeof disk.open>>>();
  const find = (fd: number) => {
    const file = files.get(fd);
    if (!file) throw new Error(`No open file has the number ${fd}`);
    return file;
  };
  return {
    open: async (path, flags, mode) => {
      const file = await disk.open(path, flags, mode);
      files.set(file.fd, file);
      return file.fd;
    },
    close: (fd) => find(fd).close(),
    fstat: async (fd) => toDiskStats(await find(fd).statBig()),
    read: async (fd, buffer, offset, length, position) =>
      (await find(fd).read(buffer, offset, length, position)).bytesRead,
    write: async (fd, pieces, position) => (await find(fd).writev(pieces, position)).bytesWritten,
    truncate: (fd, length) => find(fd).truncate(length),
    chmod: notNeeded,
    sync: (fd) => find(fd).sync(),
    datasync: (fd) => find(fd).datasync(),
    stat: async (path) => toDiskStats(await disk.statBig(path)),
    lstat: async (path) => toDiskStats(await disk.lstatBig(path)),
    freeBytes: async (path) => {
      const { bavail, bsize } = await disk.statfs(path);
      return bavail * bsize;
    },
    readFolder: async (path) => (await disk.readdir(path)).map((name) => ({ name, isFolder: false })),
    readLink: notNeeded,
    realPath: notNeeded,
    link: disk.link,
    rename: disk.rename,
    remove: disk.unlink,
    isStuck: () => false,
  };
}
