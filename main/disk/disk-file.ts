import { constants } from 'node:fs';
import type { DiskStats } from './disk-calls.ts';
import type { Disk } from './patient-disk.ts';

/** An open file. Every method throws what the system does, and fails once it was closed. */
export interface DiskFile {
  read(buffer: Buffer, offset: number, length: number, position: number): Promise<number>;
  /** Writes at a position; gives how many bytes the disk took. */
  write(pieces: readonly Uint8Array[], position: number): Promise<number>;
  stat(): Promise<DiskStats>;
  truncate(length: number): Promise<void>;
  chmod(mode: number): Promise<void>;
  sync(): Promise<void>;
  datasync(): Promise<void>;
  /** The same file, its calls made by another disk. */
  through(disk: Disk): DiskFile;
  /** Closes it as soon as no call is under way; again, nothing. */
  close(): Promise<void>;
}

/** Opens a file to be written to; what follows no link must be a file itself where the system has that. */
export const NO_FOLLOW = constants.O_NOFOLLOW ?? 0;

/** Opens a file; throws what the system does. */
export async function openDiskFile(
  disk: Disk,
  path: string,
  flags: number,
  mode?: number,
): Promise<DiskFile> {
  return toDiskFile(disk, createUse(await disk.open(path, flags, mode), disk));
}

/** Who uses a file's number: closed under a call that is under way, it may be another file's when that comes to it. */
interface Use {
  during<Result>(call: (fd: number) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

function createUse(fd: number, disk: Disk): Use {
  let callCount = 0;
  let closing: Promise<void> | null = null;
  let whenIdle: () => void = () => undefined;
  return {
    during: async (call) => {
      if (closing) throw Object.assign(new Error('EBADF: the file was closed'), { code: 'EBADF' });
      callCount += 1;
      try {
        return await call(fd);
      } finally {
        callCount -= 1;
        if (callCount === 0) whenIdle();
      }
    },
    close: () => {
      closing ??=
        callCount === 0
          ? disk.close(fd)
          : new Promise<void>((resolve) => {
              whenIdle = resolve;
            }).then(() => disk.close(fd));
      return closing;
    },
  };
}

/** By the file's number: a `FileHandle` costs as much as reading a small file. */
function toDiskFile(disk: Disk, use: Use): DiskFile {
  return {
    read: (buffer, offset, length, position) =>
      use.during((fd) => disk.read(fd, buffer, offset, length, position)),
    write: (pieces, position) => use.during((fd) => disk.write(fd, pieces, position)),
    stat: () => use.during((fd) => disk.fstat(fd)),
    truncate: (length) => use.during((fd) => disk.truncate(fd, length)),
    chmod: (mode) => use.during((fd) => disk.chmod(fd, mode)),
    sync: () => use.during((fd) => disk.sync(fd)),
    datasync: () => use.during((fd) => disk.datasync(fd)),
    through: (other) => toDiskFile(other, use),
    close: use.close,
  };
}
