import { randomUUID } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import http, { type ClientRequest, type IncomingMessage } from 'node:http';
import https from 'node:https';
import { setImmediate } from 'node:timers/promises';
import { AppFailure } from '#app/errors.ts';
import { type HttpResponse, toHeaderMap } from './http.ts';
import { createMultipartFrame } from './multipart.ts';
import { toNetworkError } from './network-errors.ts';

/** One file on its way to the server. */
export interface UploadRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly fileName: string;
  readonly file: FileHandle;
  /** Bytes that will be read; a file that holds fewer fails with `fileChanged`. */
  readonly sizeBytes: number;
  readonly signal: AbortSignal;
  /** Called with the bytes of the file that the system has taken so far. */
  readonly onSent: (sentBytes: number) => void;
  /** Called once when the whole body has been taken and only the answer is missing. */
  readonly onWaiting: () => void;
}

/** Two buffers of this size had the lowest event-loop delay of the sizes measured, at the speed of the wire. */
const BUFFER_BYTES = 256 * 1024;
/** How long the network may take none of the body before the upload counts as timed out. */
const STALL_TIMEOUT_MS = 60_000;
/** How long the server may work on a whole body before its answer counts as lost. */
const ANSWER_TIMEOUT_MS = 300_000;

/**
 * Streams one file as `POST /files` with an exact Content-Length and memory that does not grow with the file. Answers
 * when the response's head is there, whatever its status, even one that comes while the body is still being sent.
 * Throws `AppFailure`: `offline`, `untrustedCertificate`, `fileChanged`, `timedOut`, `connectionLost` (the server
 * cannot hold the file), `fileUnreadable`, `cancelled`, or `maybeUploaded` (broken or cancelled after all of it was sent).
 */
export async function sendUpload(upload: UploadRequest): Promise<HttpResponse> {
  const frame = createMultipartFrame(upload.fileName, `files-for-openrouter-${randomUUID()}`);
  const target = new URL(upload.url);
  const request = (target.protocol === 'https:' ? https : http).request(target, {
    method: 'POST',
    headers: {
      ...upload.headers,
      'Content-Type': frame.contentType,
      'Content-Length': frame.head.length + upload.sizeBytes + frame.tail.length,
    },
    signal: upload.signal,
    // A kept-alive connection can be closed by the server just as the body starts, and a POST cannot be repeated blindly.
    agent: false,
  });
  const stage = { isAnswered: false, isBodySent: false };
  const answer = waitForAnswer(request);
  answer.then(
    () => {
      stage.isAnswered = true;
    },
    () => undefined,
  );
  request.setTimeout(STALL_TIMEOUT_MS, () => request.destroy(new AppFailure({ code: 'timedOut' })));
  try {
    // An early answer (413, 401) ends the sending: what is left of the body would be thrown away anyway.
    await Promise.race([answer, sendBody(request, upload, frame, stage)]);
    if (!stage.isAnswered) {
      request.setTimeout(ANSWER_TIMEOUT_MS);
      upload.onWaiting();
    }
    const response = await answer;
    response.once('close', () => request.destroy());
    return { status: response.statusCode ?? 0, headers: toHeaderMap(response.headers), body: response };
  } catch (cause) {
    request.destroy();
    throw toUploadFailure(cause, upload.signal, stage.isBodySent);
  }
}

function waitForAnswer(request: ClientRequest): Promise<IncomingMessage> {
  return new Promise<IncomingMessage>((resolve, reject) => {
    request.once('response', resolve);
    request.on('error', reject);
    request.once('close', () => reject(new Error('The connection closed before an answer')));
  });
}

async function sendBody(
  request: ClientRequest,
  upload: UploadRequest,
  frame: { readonly head: Buffer; readonly tail: Buffer },
  stage: { readonly isAnswered: boolean; isBodySent: boolean },
): Promise<void> {
  await write(request, frame.head);
  const buffers = [Buffer.allocUnsafe(BUFFER_BYTES), Buffer.allocUnsafe(BUFFER_BYTES)] as const;
  let sentBytes = 0;
  let written: Promise<void> = Promise.resolve();
  for (let offset = 0, turn = 0; offset < upload.sizeBytes; turn += 1) {
    const buffer = buffers[turn % 2 === 0 ? 0 : 1];
    const wanted = Math.min(BUFFER_BYTES, upload.sizeBytes - offset);
    const bytesRead = await readSource(upload.file, buffer, wanted, offset);
    // The other buffer is still being written while this one was read; it must be free before the next round fills it.
    await written;
    // A server that refuses early closes behind its answer, and the second write after that breaks the socket with the
    // answer unread. One turn of the event loop before every write lets an answer that has arrived be seen first.
    await setImmediate();
    if (stage.isAnswered) return;
    offset += bytesRead;
    written = write(request, buffer.subarray(0, bytesRead)).then(() => {
      sentBytes += bytesRead;
      upload.onSent(sentBytes);
    });
    written.catch(() => undefined);
  }
  await written;
  if (stage.isAnswered) return;
  // From here on the server can have all of it, whatever becomes of the connection.
  stage.isBodySent = true;
  await new Promise<void>((resolve, reject) => {
    request.once('error', reject);
    request.end(frame.tail, () => resolve());
  });
}

async function readSource(file: FileHandle, buffer: Buffer, wanted: number, offset: number): Promise<number> {
  const { bytesRead } = await file.read(buffer, 0, wanted, offset).catch((cause: unknown) => {
    throw new AppFailure({ code: 'fileUnreadable' }, { cause });
  });
  if (bytesRead === 0) throw new AppFailure({ code: 'fileChanged' });
  return bytesRead;
}

/** Settles when the system has taken the bytes, so that the buffer may be used again. */
function write(request: ClientRequest, bytes: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    request.write(bytes, (error) => (error ? reject(error) : resolve()));
  });
}

function toUploadFailure(cause: unknown, signal: AbortSignal, isBodySent: boolean): AppFailure {
  if (isBodySent) return new AppFailure({ code: 'maybeUploaded' }, { cause });
  if (signal.aborted) return new AppFailure({ code: 'cancelled' }, { cause });
  return new AppFailure(toNetworkError(cause), { cause });
}
