import { once } from 'node:events';
import type { ClientRequest } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import { AppFailure } from '#app/errors.ts';
import type { FileUpload } from '../file-store/file-upload.ts';
import type { BodyReach } from '../file-store/upload-failure.ts';
import type { MultipartFrame } from './multipart.ts';
import { toPieceBytes } from './piece-size.ts';
import type { StallWatch } from './stall-watch.ts';

/** Told of what was read of the file, each time it was read, with where it stands in it. */
export type TellRead = (bytes: Uint8Array, offset: number) => void;

/** A body, how far it has come, and who is told. */
export interface UploadBody {
  readonly upload: FileUpload;
  readonly frame: MultipartFrame;
  readonly stage: UploadStage;
  readonly tellRead: TellRead;
  readonly stallWatch: StallWatch;
  /** How much of a large body is read and sent in one go from now on, at most {@link MAX_PIECE_BYTES}. */
  readonly pieceBytes: () => number;
}

/** How far a request has come; shared by those who move it on and those who look. */
export interface UploadStage {
  reached: BodyReach;
  isAnswered: boolean;
  /** Whether the file has been read to its end, so that the caller has been asked whether it may be taken. */
  isEnding: boolean;
}

/** Two buffers of this size serve a large body. */
export const MAX_PIECE_BYTES = 192 * 1024;
/** Up to this a file leaves in one write with its frame. */
const SMALL_BODY_BYTES = 256 * 1024;

/**
 * Sends a file in its multipart frame. Resolves when the system has taken all of it, or as soon as there is an answer
 * or the request has ended otherwise. Rejects with what went wrong with the file or the connection.
 */
export async function sendBody(request: ClientRequest, body: UploadBody): Promise<void> {
  const connected = once(request, 'socket');
  // Of a connection that fails while the file is read, the request's own error tells.
  connected.catch(() => undefined);
  if (body.upload.sizeBytes <= SMALL_BODY_BYTES) await sendSmallBody(request, body, connected);
  else await sendLargeBody(request, body, connected);
}

/** One write for all of it: for a small file, every further one would cost as much as the file. */
async function sendSmallBody(
  request: ClientRequest,
  { upload, frame: { head, tail }, stage, tellRead, stallWatch }: UploadBody,
  connected: Promise<unknown>,
): Promise<void> {
  const content = upload.content ?? Buffer.allocUnsafe(upload.sizeBytes);
  if (content.length !== upload.sizeBytes) throw new AppFailure({ code: 'fileChanged' });
  if (content !== upload.content) await fill(content, upload, 0);
  await connected;
  if (isOver(request, stage)) return;
  tellRead(content, 0);
  stage.isEnding = true;
  await upload.beforeEnd?.();
  if (isOver(request, stage)) return;
  // What is written in one turn leaves as one.
  stage.reached = 'all';
  request.write(head);
  request.write(content);
  await stallWatch.watch(endWith(request, tail, stage));
  upload.onSent(upload.sizeBytes);
}

async function sendLargeBody(
  request: ClientRequest,
  { upload, frame, stage, tellRead, stallWatch, pieceBytes }: UploadBody,
  connected: Promise<unknown>,
): Promise<void> {
  await connected;
  if (isOver(request, stage)) return;
  stage.reached = 'part';
  let written = stallWatch.watch(write(request, frame.head));
  written.catch(() => undefined);
  const buffers = [Buffer.allocUnsafe(MAX_PIECE_BYTES), Buffer.allocUnsafe(MAX_PIECE_BYTES)] as const;
  let mostBytes = MAX_PIECE_BYTES;
  for (let offset = 0, turn = 0; offset < upload.sizeBytes; turn += 1) {
    const piece = buffers[turn % 2 === 0 ? 0 : 1].subarray(
      0,
      Math.min(mostBytes, pieceBytes(), upload.sizeBytes - offset),
    );
    await fill(piece, upload, offset);
    if (isOver(request, stage)) return;
    tellRead(piece, offset);
    // The other buffer is still being written while this one was read; it must be free before the next round fills it.
    await written;
    // A server that refuses early closes behind its answer, and the second write after that breaks the socket with the
    // answer unread. One turn of the event loop before every write lets an answer that has arrived be seen first.
    await setImmediate();
    if (isOver(request, stage)) return;
    offset += piece.length;
    const sentBytes = offset;
    const startedAt = performance.now();
    written = stallWatch.watch(write(request, piece)).then(() => {
      mostBytes = toPieceBytes(piece.length, performance.now() - startedAt, MAX_PIECE_BYTES);
      upload.onSent(sentBytes);
    });
    written.catch(() => undefined);
  }
  await written;
  if (isOver(request, stage)) return;
  stage.isEnding = true;
  await upload.beforeEnd?.();
  if (isOver(request, stage)) return;
  await stallWatch.watch(endWith(request, frame.tail, stage));
}

function isOver(request: ClientRequest, stage: UploadStage): boolean {
  return stage.isAnswered || request.destroyed;
}

/** Fills a buffer with what stands in the file from a byte on. */
async function fill(buffer: Buffer, { file, content }: FileUpload, offset: number): Promise<void> {
  if (content) {
    if (content.length < offset + buffer.length) throw new AppFailure({ code: 'fileChanged' });
    buffer.set(content.subarray(offset, offset + buffer.length));
    return;
  }
  for (let filled = 0; filled < buffer.length; ) {
    const { bytesRead } = await file
      .read(buffer, filled, buffer.length - filled, offset + filled)
      .catch((cause: unknown) => {
        throw new AppFailure({ code: 'fileUnreadable' }, { cause });
      });
    if (bytesRead === 0) throw new AppFailure({ code: 'fileChanged' });
    filled += bytesRead;
  }
}

/** Settles when the system has taken the bytes, so that the buffer may be used again. */
function write(request: ClientRequest, bytes: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    request.write(bytes, (error) => (error ? reject(error) : resolve()));
  });
}

/** From here on the server can have all of it, whatever becomes of the connection. */
function endWith(request: ClientRequest, bytes: Buffer, stage: UploadStage): Promise<void> {
  stage.reached = 'all';
  return new Promise((resolve, reject) => {
    request.once('error', reject);
    request.end(bytes, () => resolve());
  });
}
