import { dirname, resolve } from 'node:path';
import type { RemoteFile } from '#app/files/remote-file.ts';
import type { DiskStats } from '../../disk/disk-calls.ts';
import { type Disk, patientDisk } from '../../disk/patient-disk.ts';

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

const NS_PER_S = 1_000_000_000n;
/** As many as Linux follows. */
const MAX_LINKS = 40;

/**
 * Makes a target of the path that a person chose. What stands there now is what they agreed to lose; what comes later is
 * not. Behind a symbolic link that is the file it leads to: the link stays.
 */
export async function toSaveTarget(chosenPath: string): Promise<SaveTarget> {
  const path = await followLinks(chosenPath);
  return { path, replaces: await readIdentity(path) };
}

/** Gives where links lead, there or not; the path itself for links that lead in a circle. */
async function followLinks(path: string): Promise<string> {
  let end = path;
  for (let count = 0; count <= MAX_LINKS; count += 1) {
    const link = await patientDisk.readLink(end).catch(() => null);
    if (link === null) return end;
    const folder = dirname(end);
    end = resolve(await patientDisk.realPath(folder).catch(() => folder), link);
  }
  return path;
}

/** Gives the identity of what stands at a path, itself and not what it links to; null when nothing does. */
export async function readIdentity(path: string, disk: Disk = patientDisk): Promise<FileIdentity | null> {
  const found = await disk.lstat(path).catch(() => null);
  return found && toIdentity(found);
}

/** Takes the identity out of what the file system says of a file. */
export function toIdentity({ ino, size, mtimeNs }: DiskStats): FileIdentity {
  // Added up as Node does: records hold its numbers.
  const modifiedAt = Number(mtimeNs / NS_PER_S) * 1000 + Number(mtimeNs % NS_PER_S) / 1e6;
  return { inode: Number(ino), sizeBytes: Number(size), modifiedAt };
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
