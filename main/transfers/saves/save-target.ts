import type { Stats } from 'node:fs';
import { lstat } from 'node:fs/promises';
import type { RemoteFile } from '#app/files/remote-file.ts';

/** Where a save goes: a name directly in the folder that a person chose. */
export interface SaveTarget {
  readonly path: string;
  /** The file there that the person has agreed to lose; null when there was none. Any other is never replaced. */
  readonly replaces: FileIdentity | null;
}

/** Tells one state of a file from every other. */
export interface FileIdentity {
  readonly inode: number;
  readonly sizeBytes: number;
  /** Milliseconds since the epoch, with fractions. */
  readonly modifiedAt: number;
}

/** One file to save; the same in every attempt. */
export interface SaveOrder {
  /** The transfer's id; it names the temporary file. */
  readonly id: string;
  readonly file: RemoteFile;
  readonly target: SaveTarget;
}

/** Gives the identity of what stands at a path, itself and not what it links to; null when nothing does. */
export async function readIdentity(path: string): Promise<FileIdentity | null> {
  const found = await lstat(path).catch(() => null);
  return found && toIdentity(found);
}

/** Takes the identity out of what the file system says of a file. */
export function toIdentity(stats: Stats): FileIdentity {
  return { inode: stats.ino, sizeBytes: stats.size, modifiedAt: stats.mtimeMs };
}

/** Whether two identities are one file in one state. */
export function isSameIdentity(one: FileIdentity, other: FileIdentity | null): boolean {
  return (
    other !== null &&
    one.inode === other.inode &&
    one.sizeBytes === other.sizeBytes &&
    one.modifiedAt === other.modifiedAt
  );
}
