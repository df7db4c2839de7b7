import type { BigIntStats } from 'node:fs';

/** What is known of something on a disk. */
export interface DiskStats {
  readonly kind: 'file' | 'folder' | 'link' | 'other';
  /** Who may do what, as `chmod` takes it. */
  readonly mode: number;
  readonly dev: bigint;
  readonly ino: bigint;
  readonly size: bigint;
  readonly mtimeNs: bigint;
  readonly ctimeNs: bigint;
}

/** Something in a folder. */
export interface FolderEntry {
  readonly name: string;
  readonly isFolder: boolean;
}

/** Calls of the system that may never return, by what they take and give. A file that is open is its number. */
export interface DiskCalls {
  open(path: string, flags: number, mode?: number): number;
  close(fd: number): void;
  fstat(fd: number): DiskStats;
  /** Reads at most so many bytes from a position in the file. */
  read(fd: number, length: number, position: number): Uint8Array;
  /** Writes at a position in the file; gives how many bytes of them the disk took. */
  write(fd: number, pieces: readonly Uint8Array[], position: number): number;
  truncate(fd: number, length: number): void;
  chmod(fd: number, mode: number): void;
  sync(fd: number): void;
  datasync(fd: number): void;
  stat(path: string): DiskStats;
  /** The same of a link itself. */
  lstat(path: string): DiskStats;
  /** Bytes that are free where a folder is; null where the file system does not know. */
  freeBytes(path: string): number | null;
  readFolder(path: string): readonly FolderEntry[];
  readLink(path: string): string;
  realPath(path: string): string;
  link(path: string, newPath: string): void;
  rename(path: string, newPath: string): void;
  /** Removes a file, or a link itself. */
  remove(path: string): void;
}

/** A call as plain data. */
export type DiskRequest = {
  readonly [Op in keyof DiskCalls]: { readonly op: Op; readonly args: Parameters<DiskCalls[Op]> };
}[keyof DiskCalls];

/** Gives what the app needs of what the system says. */
export function toDiskStats(stats: BigIntStats): DiskStats {
  const { mode, dev, ino, size, mtimeNs, ctimeNs } = stats;
  const kind = stats.isFile()
    ? 'file'
    : stats.isDirectory()
      ? 'folder'
      : stats.isSymbolicLink()
        ? 'link'
        : 'other';
  return { kind, mode: Number(mode), dev, ino, size, mtimeNs, ctimeNs };
}
