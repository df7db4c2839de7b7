import { randomBytes } from 'node:crypto';
import { type FileHandle, link, lstat, open, rename, rm, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type AppError, AppFailure } from '#app/errors.ts';
import type { RemoteFile } from '#app/files/remote-file.ts';
import type { FileContent } from '../openrouter/client.ts';
import { toNetworkError } from '../openrouter/network-errors.ts';
import { toNumberedName } from './saves/local-name.ts';
import type { TransferJob, TransferReport } from './transfer-queue.ts';

/** Where a save goes. */
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

/** Gives the identity of what stands at a path, itself and not what it links to; null when nothing does. */
export async function readIdentity(path: string): Promise<FileIdentity | null> {
  const found = await lstat(path).catch(() => null);
  return found && { inode: found.ino, sizeBytes: found.size, modifiedAt: found.mtimeMs };
}

/** Opens the bytes of a file on the server. */
export type OpenContent = (id: string, signal: AbortSignal) => Promise<FileContent>;

/** Larger writes than the network's pieces keep the disk from being asked too often. */
const WRITE_BATCH_BYTES = 1024 * 1024;
const MAX_NUMBERED_NAMES = 1000;

/**
 * Makes the job that saves one file. Its bytes go to a temporary file beside the target, are counted against what the
 * server announced and listed, synced, and only then given the target's name: it is whole or it is not there.
 */
export function createSaveJob(file: RemoteFile, target: SaveTarget, openContent: OpenContent): TransferJob {
  return {
    direction: 'save',
    name: basename(target.path),
    sizeBytes: file.sizeBytes,
    fileId: file.id,
    path: target.path,
    run: async (report, signal) => {
      if (!file.isSaveable) throw new AppFailure({ code: 'notSaveable' });
      const content = await openContent(file.id, signal);
      const temporaryPath = join(dirname(target.path), `.openrouter-${randomBytes(6).toString('hex')}.part`);
      try {
        const handle = await openTemporary(temporaryPath);
        report.move('receiving');
        try {
          const receivedBytes = await receive(content, file.sizeBytes, handle, report);
          report.move('verifying');
          checkLength(content.announcedBytes ?? file.sizeBytes, receivedBytes);
          checkLength(file.sizeBytes, receivedBytes);
          await handle.sync();
        } finally {
          await handle.close();
        }
        if (signal.aborted) throw new AppFailure({ code: 'cancelled' });
        report.savedAs(await putInPlace(temporaryPath, target));
      } catch (cause) {
        content.body.destroy();
        throw toSaveFailure(cause, signal);
      } finally {
        await rm(temporaryPath, { force: true });
      }
    },
  };
}

async function openTemporary(path: string): Promise<FileHandle> {
  return open(path, 'wx', 0o666);
}

async function receive(
  content: FileContent,
  expectedBytes: number,
  handle: FileHandle,
  report: TransferReport,
): Promise<number> {
  let receivedBytes = 0;
  let batch: Uint8Array[] = [];
  let batchBytes = 0;
  const flush = async () => {
    if (batchBytes > 0) await handle.appendFile(Buffer.concat(batch));
    batch = [];
    batchBytes = 0;
    report.progress(receivedBytes);
  };
  // A response's stream holds bytes unless an encoding is set.
  for await (const chunk of content.body as AsyncIterable<Uint8Array>) {
    batch.push(chunk);
    batchBytes += chunk.byteLength;
    receivedBytes += chunk.byteLength;
    // A body that never ends must not fill the disk.
    if (receivedBytes > expectedBytes) checkLength(expectedBytes, receivedBytes);
    if (batchBytes >= WRITE_BATCH_BYTES) await flush();
  }
  await flush();
  return receivedBytes;
}

function checkLength(expectedBytes: number, receivedBytes: number): void {
  if (expectedBytes !== receivedBytes) {
    throw new AppFailure({ code: 'incompleteDownload', expectedBytes, receivedBytes });
  }
}

/** Gives the path taken. `link` never replaces; where a file system has no links, an empty file reserves the name first. */
async function putInPlace(temporaryPath: string, target: SaveTarget): Promise<string> {
  if (target.replaces && isSame(target.replaces, await readIdentity(target.path))) {
    await rename(temporaryPath, target.path);
    return target.path;
  }
  const name = basename(target.path);
  for (let number = 0; number < MAX_NUMBERED_NAMES; number += 1) {
    const candidate = join(dirname(target.path), number === 0 ? name : toNumberedName(name, number));
    if (await takeFreeName(temporaryPath, candidate)) return candidate;
  }
  throw new AppFailure({ code: 'targetExists' });
}

function isSame(agreed: FileIdentity, found: FileIdentity | null): boolean {
  return (
    found !== null &&
    found.inode === agreed.inode &&
    found.sizeBytes === agreed.sizeBytes &&
    found.modifiedAt === agreed.modifiedAt
  );
}

async function takeFreeName(temporaryPath: string, candidate: string): Promise<boolean> {
  try {
    await link(temporaryPath, candidate);
    await unlink(temporaryPath);
    return true;
  } catch (cause) {
    if (hasCode(cause, 'EEXIST')) return false;
    if (!hasCode(cause, 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK')) throw cause;
  }
  try {
    await (await open(candidate, 'wx')).close();
  } catch (cause) {
    if (hasCode(cause, 'EEXIST')) return false;
    throw cause;
  }
  await rename(temporaryPath, candidate);
  return true;
}

function toSaveFailure(cause: unknown, signal: AbortSignal): AppFailure {
  if (signal.aborted) return new AppFailure({ code: 'cancelled' }, { cause });
  if (cause instanceof AppFailure) return cause;
  return new AppFailure(toDiskError(cause) ?? toNetworkError(cause), { cause });
}

function toDiskError(cause: unknown): AppError | null {
  if (hasCode(cause, 'ENOSPC', 'EDQUOT')) return { code: 'diskFull' };
  // What the file system refused has a path or a file's system call; what the network refused has neither.
  const isDisk =
    cause instanceof Error &&
    'syscall' in cause &&
    ('path' in cause || /^(open|write|fsync|rename|link|unlink|close)/.test(String(cause.syscall)));
  return isDisk ? { code: 'folderUnwritable' } : null;
}

function hasCode(cause: unknown, ...codes: readonly string[]): boolean {
  return cause instanceof Error && 'code' in cause && codes.includes(String(cause.code));
}
