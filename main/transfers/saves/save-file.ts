import { dirname } from 'node:path';
import type { Readable } from 'node:stream';
import { type AppError, AppFailure } from '#app/errors.ts';
import type { DiskPatience } from '../../disk/disk-patience.ts';
import type { Disk } from '../../disk/patient-disk.ts';
import { isTriedAgain, toRetryPolicy } from '../../engine/retry-policy.ts';
import type { FileContent } from '../../file-store/file-content.ts';
import type { FileStore } from '../../file-store/file-store.ts';
import { toNetworkError } from '../../openrouter/network-errors.ts';
import { unlessAborted } from '../../unless-aborted.ts';
import type { AttemptReport } from '../attempt.ts';
import { onDisk } from './disk-failure.ts';
import { checkRoom } from './free-space.ts';
import { countKeptBytes, dropPart, keepPart, openPart, type PartFile } from './part-file.ts';
import { createPartWriter, type PartWriter } from './part-writer.ts';
import { placeFile } from './place-file.ts';
import { type FileIdentity, readIdentity, type SaveOrder, type SaveTarget } from './save-target.ts';
import { giveUpLate, type SaveWork } from './save-work.ts';

/** What a save needs of others. */
export interface SaveServices {
  readonly openContent: FileStore['openContent'];
  /**
   * Settles when it is on disk that the temporary file of this identity is whole (see `recoverSave`), and no other takes its
   * name: what it gives is called afterwards, placed or not.
   */
  readonly beforePlacing: (part: FileIdentity) => Promise<() => void>;
  /** The disk that the target is on. */
  readonly disk: Disk;
  readonly work: SaveWork;
  readonly patience: Pick<DiskPatience, 'endMs'>;
}

const toCancelled = () => new AppFailure({ code: 'cancelled' });

/** Whether the next attempt can go on behind the bytes that are there. */
function isResumable(error: AppError): boolean {
  return isTriedAgain(toRetryPolicy(error, 'download'));
}

/**
 * Saves one file and answers the path it took. Its bytes go to a temporary file beside the target, are counted against
 * what the server announced and listed, synced, and only then given the target's name: it is whole or it is not there.
 * After a broken connection the temporary file stays for the next attempt of the same order; whoever makes none calls
 * `discardPartialSave`. After every other failure and soon after an abort nothing is left; where the disk does not answer,
 * that is so when it does, and nobody waits for it. Throws `AppFailure`; an abort that comes when the file is being named
 * comes too late.
 */
export async function saveFile(
  order: SaveOrder,
  services: SaveServices,
  report: AttemptReport,
  signal: AbortSignal,
): Promise<string> {
  return giveUpLate(check(order, services, report, signal), signal, services.patience.endMs);
}

async function check(
  order: SaveOrder,
  services: SaveServices,
  report: AttemptReport,
  signal: AbortSignal,
): Promise<string> {
  const { file, target } = order;
  const { disk } = services;
  if (!file.isSaveable) throw new AppFailure({ code: 'notSaveable' });
  await checkRoom(disk, dirname(target.path), file.sizeBytes - countKeptBytes(order));
  await checkTarget(disk, target);
  return services.work.run(order.id, () => save(order, services, report, signal));
}

async function save(
  order: SaveOrder,
  services: SaveServices,
  report: AttemptReport,
  signal: AbortSignal,
): Promise<string> {
  const { file, target } = order;
  const { disk } = services;
  const part = await openPart(disk, order);
  try {
    await unlessAborted(fillPart(order, part, services, report, signal), signal, toCancelled);
    const whole = await readWhole(disk, part, file.sizeBytes);
    if (signal.aborted) throw toCancelled();
    const getting = services.beforePlacing(whole);
    // What comes when nobody waits for it any more is given back all the same.
    getting.then((giveBack) => signal.aborted && giveBack()).catch(() => undefined);
    const giveBack = await unlessAborted(getting, signal, toCancelled);
    try {
      return await placeFile(part.path, target, disk);
    } finally {
      giveBack();
    }
  } catch (cause) {
    const canResume = part.trustedBytes > 0 && part.trustedBytes < file.sizeBytes;
    if (canResume && cause instanceof AppFailure && isResumable(cause.error)) {
      await keepPart(disk, order, part);
    } else await dropPart(disk, part);
    throw cause;
  }
}

/** Receives all of a file into its part, and syncs and closes it. After an abort it says nothing more. */
async function fillPart(
  order: SaveOrder,
  part: PartFile,
  services: SaveServices,
  report: AttemptReport,
  signal: AbortSignal,
): Promise<void> {
  const { sizeBytes } = order.file;
  const content = await openRest(order, part, services, signal);
  try {
    const announcedEnd = content.announcedBytes === null ? null : content.startByte + content.announcedBytes;
    // Until the body's end shows how much of it can be built upon.
    part.trustedBytes = 0;
    if (announcedEnd !== null) checkLength(sizeBytes, announcedEnd);
    if (signal.aborted) return;
    report.progress(content.startByte);
    report.move('receiving');
    const writer = createPartWriter(part.file, content.startByte);
    try {
      await receive(content.body, writer, sizeBytes, (endByte) => {
        if (!signal.aborted) report.progress(endByte);
      });
    } catch (cause) {
      await writer.flush();
      // Without a length that fits, these may be the bytes of something else, such as a proxy's page.
      if (announcedEnd !== null) part.trustedBytes = writer.endByte;
      throw cause;
    }
    if (signal.aborted) return;
    report.move('verifying');
    await writer.sync();
    await onDisk(part.file.close());
  } finally {
    content.body.destroy();
  }
}

/** Opens the bytes that a part lacks: all of them, unless the server proves that it begins behind what is there. */
async function openRest(
  { file }: SaveOrder,
  part: PartFile,
  { openContent }: SaveServices,
  signal: AbortSignal,
): Promise<FileContent> {
  const fromByte = part.trustedBytes;
  if (fromByte > 0) {
    const rest = await openContent(file.id, { fromByte, signal, listed: file }).catch(passOverRefusedRange);
    rest?.body.on('error', () => undefined);
    if (rest?.startByte === fromByte && rest.totalBytes === file.sizeBytes) return rest;
    await emptyPart(part);
    // A server without ranges has sent all of it.
    if (rest?.startByte === 0) return rest;
    rest?.body.destroy();
  }
  const whole = await openContent(file.id, { signal, listed: file });
  // An abort breaks it off also while nobody reads it.
  whole.body.on('error', () => undefined);
  if (whole.startByte === 0) return whole;
  whole.body.destroy();
  throw new AppFailure({ code: 'unexpectedAnswer', status: 206, detail: 'malformed' });
}

/** What a server makes of a range that it does not want is its own; asked for the whole file it says what it means. */
function passOverRefusedRange(cause: unknown): null {
  const code = cause instanceof AppFailure ? cause.error.code : null;
  if (code === 'unexpectedAnswer' || code === 'reportedError' || code === 'notSaveable') return null;
  throw cause;
}

async function emptyPart(part: PartFile): Promise<void> {
  part.trustedBytes = 0;
  await onDisk(part.file.truncate(0));
}

/**
 * Gives a body to a writer. `onProgress` gets how many bytes have come, with each piece: by what is written, in large
 * batches, a slow connection would look like a dead one.
 */
async function receive(
  body: Readable,
  writer: PartWriter,
  sizeBytes: number,
  onProgress: (endByte: number) => void,
): Promise<void> {
  try {
    // A response's stream holds bytes unless an encoding is set.
    for await (const piece of body as AsyncIterable<Uint8Array>) {
      // A body that never ends must not fill the disk.
      const endByte = writer.endByte + piece.byteLength;
      if (endByte > sizeBytes) checkLength(sizeBytes, endByte);
      onProgress(endByte);
      await writer.write(piece);
    }
  } catch (cause) {
    if (cause instanceof AppFailure || !(cause instanceof Error && 'code' in cause)) throw cause;
    throw new AppFailure(toNetworkError(cause), { cause });
  }
  checkLength(sizeBytes, writer.endByte);
}

function checkLength(expectedBytes: number, receivedBytes: number): void {
  if (expectedBytes !== receivedBytes) {
    throw new AppFailure({ code: 'incompleteDownload', expectedBytes, receivedBytes });
  }
}

/** A folder is never replaced; found now, no byte is fetched in vain. */
async function checkTarget(disk: Disk, { path, replaces }: SaveTarget): Promise<void> {
  const found = replaces && (await disk.lstat(path).catch(() => null));
  if (found?.kind === 'folder') throw new AppFailure({ code: 'targetIsFolder' });
}

/** What stands at the part's path must be what was written: the name could be another file's by now. */
async function readWhole(disk: Disk, part: PartFile, sizeBytes: number): Promise<FileIdentity> {
  const found = await readIdentity(part.path, disk);
  if (found?.sizeBytes === sizeBytes) return found;
  await onDisk(disk.stat(dirname(part.path)));
  throw new AppFailure({ code: 'partialFileLost' });
}
