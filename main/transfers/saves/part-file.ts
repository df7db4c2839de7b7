import { constants } from 'node:fs';
import { dirname, join } from 'node:path';
import { type DiskFile, NO_FOLLOW, openDiskFile } from '../../disk/disk-file.ts';
import type { DiskPatience } from '../../disk/disk-patience.ts';
import { hasCode } from '../../disk/has-code.ts';
import type { Disk } from '../../disk/patient-disk.ts';
import { removeFile } from '../../disk/remove-file.ts';
import { onDisk } from './disk-failure.ts';
import {
  type FileIdentity,
  isSameIdentity,
  type SaveOrder,
  type SaveTarget,
  toIdentity,
} from './save-target.ts';
import { type SaveWork, waitBriefly } from './save-work.ts';

/** The temporary file of a save, open for writing. */
export interface PartFile {
  readonly path: string;
  readonly file: DiskFile;
  /** How many bytes from its beginning are known to be the file's; the next attempt may go on behind them. */
  trustedBytes: number;
}

/**
 * What broken attempts of this process have left, by transfer id. It is never stored: after a power cut a file can have
 * its right size and holes for content, so only the process that wrote a part can trust it.
 */
const keptParts = new Map<string, FileIdentity>();

/** Where the bytes of a save are collected: beside its target, so that giving it its name copies nothing. */
export function toPartPath(order: SaveOrder): string {
  return join(dirname(order.target.path), `.openrouter-${order.id}.part`);
}

/** How many bytes the attempt before has left, in bytes. */
export function countKeptBytes(order: SaveOrder): number {
  return keptParts.get(order.id)?.sizeBytes ?? 0;
}

/**
 * Opens what the attempt before has left if nobody has touched it, else a new file that nobody can have prepared.
 * Throws `AppFailure` of the disk.
 */
export async function openPart(disk: Disk, order: SaveOrder): Promise<PartFile> {
  const path = toPartPath(order);
  const kept = keptParts.get(order.id);
  keptParts.delete(order.id);
  const file = kept ? await reopenPart(disk, path, kept) : null;
  return file && kept
    ? { path, file, trustedBytes: kept.sizeBytes }
    : {
        path,
        file: await onDisk(createPart(disk, path, await readMode(disk, order.target))),
        trustedBytes: 0,
      };
}

async function reopenPart(disk: Disk, path: string, kept: FileIdentity): Promise<DiskFile | null> {
  const file = await openDiskFile(disk, path, constants.O_RDWR | NO_FOLLOW).catch(() => null);
  const found = await file?.stat().catch(() => null);
  if (found && isSameIdentity(kept, toIdentity(found))) return file;
  await file?.close();
  return null;
}

/** What is to take the place of a file that others may not read must not be readable to them on its way there either. */
async function readMode(disk: Disk, { path, replaces }: SaveTarget): Promise<number> {
  const replaced = replaces && (await disk.lstat(path).catch(() => null));
  return replaced ? (replaced.mode & 0o777) | 0o600 : 0o666;
}

async function createPart(disk: Disk, path: string, mode: number): Promise<DiskFile> {
  const flags = constants.O_CREAT | constants.O_EXCL | constants.O_RDWR | NO_FOLLOW;
  try {
    return await openDiskFile(disk, path, flags, mode);
  } catch (cause) {
    if (!hasCode(cause, 'EEXIST')) throw cause;
    // Its name holds this transfer's id: what stands there was left by an attempt that cannot be trusted.
    await disk.remove(path);
    return await openDiskFile(disk, path, flags, mode);
  }
}

/** Closes a part and keeps it for the next attempt of its order. */
export async function keepPart(disk: Disk, order: SaveOrder, part: PartFile): Promise<void> {
  const found = await part.file.stat().catch(() => null);
  await part.file.close();
  if (found && Number(found.size) === part.trustedBytes) keptParts.set(order.id, toIdentity(found));
  else await removeFile(disk, part.path);
}

/** Removes a part. Its name is gone at once; the disk may be busy with its bytes for a while longer. */
export async function dropPart(disk: Disk, part: PartFile): Promise<void> {
  // A folder that is gone took the part along.
  await removeFile(disk, part.path).catch(() => undefined);
  part.file.close().catch(() => undefined);
}

/**
 * Removes what a broken attempt has left for the next one, when there will be none. Waits for no disk that does not answer:
 * there it is removed when it does.
 */
export async function discardPartialSave(
  order: SaveOrder,
  { disk, work, patience }: SaveRemains,
): Promise<void> {
  const isBusy = work.isBusy(order.id);
  const removing = work.run(order.id, async () => {
    keptParts.delete(order.id);
    await removeFile(disk, toPartPath(order)).catch(() => undefined);
  });
  if (!isBusy) await waitBriefly(removing, patience.endMs);
}

/** What removing needs. */
interface SaveRemains {
  readonly disk: Disk;
  readonly work: SaveWork;
  readonly patience: Pick<DiskPatience, 'endMs'>;
}
