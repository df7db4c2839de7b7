import { constants } from 'node:fs';
import { type FileHandle, lstat, open, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { hasCode } from '../../disk/has-code.ts';
import { onDisk } from './disk-failure.ts';
import {
  type FileIdentity,
  isSameIdentity,
  type SaveOrder,
  type SaveTarget,
  toIdentity,
} from './save-target.ts';

/** The temporary file of a save, open for writing. */
export interface PartFile {
  readonly path: string;
  readonly handle: FileHandle;
  /** How many bytes from its beginning are known to be the file's; the next attempt may go on behind them. */
  trustedBytes: number;
}

/** Node knows the flag only where the system has it. On Windows, making a link takes a privilege. */
const NO_FOLLOW = constants.O_NOFOLLOW ?? 0;

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
export async function openPart(order: SaveOrder): Promise<PartFile> {
  const path = toPartPath(order);
  const kept = keptParts.get(order.id);
  keptParts.delete(order.id);
  const handle = kept ? await reopenPart(path, kept) : null;
  return handle && kept
    ? { path, handle, trustedBytes: kept.sizeBytes }
    : { path, handle: await onDisk(createPart(path, await readMode(order.target))), trustedBytes: 0 };
}

async function reopenPart(path: string, kept: FileIdentity): Promise<FileHandle | null> {
  const handle = await open(path, constants.O_RDWR | NO_FOLLOW).catch(() => null);
  const found = await handle?.stat().catch(() => null);
  if (found && isSameIdentity(kept, toIdentity(found))) return handle;
  await handle?.close();
  return null;
}

/** What is to take the place of a file that others may not read must not be readable to them on its way there either. */
async function readMode({ path, replaces }: SaveTarget): Promise<number> {
  const replaced = replaces && (await lstat(path).catch(() => null));
  return replaced ? (replaced.mode & 0o777) | 0o600 : 0o666;
}

async function createPart(path: string, mode: number): Promise<FileHandle> {
  const flags = constants.O_CREAT | constants.O_EXCL | constants.O_RDWR | NO_FOLLOW;
  try {
    return await open(path, flags, mode);
  } catch (cause) {
    if (!hasCode(cause, 'EEXIST')) throw cause;
    // Its name holds this transfer's id: what stands there was left by an attempt that cannot be trusted.
    await rm(path);
    return await open(path, flags, mode);
  }
}

/** Closes a part and keeps it for the next attempt of its order. */
export async function keepPart(order: SaveOrder, part: PartFile): Promise<void> {
  const found = await part.handle.stat().catch(() => null);
  await part.handle.close();
  if (found?.size === part.trustedBytes) keptParts.set(order.id, toIdentity(found));
  else await rm(part.path, { force: true });
}

/** Removes a part. Its name is gone at once; the disk may be busy with its bytes for a while longer. */
export async function dropPart(part: PartFile): Promise<void> {
  // A folder that is gone took the part along.
  await rm(part.path, { force: true }).catch(() => undefined);
  part.handle.close().catch(() => undefined);
}

/** Removes what a broken attempt has left for the next one, when there will be none. */
export async function discardPartialSave(order: SaveOrder): Promise<void> {
  keptParts.delete(order.id);
  await rm(toPartPath(order), { force: true }).catch(() => undefined);
}
