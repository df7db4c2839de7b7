import { randomUUID } from 'node:crypto';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { AppFailure } from '#app/errors.ts';
import { UploadFailure } from '../file-store/upload-failure.ts';
import type { Way } from './connections.ts';
import type { UploadRequest, UploadResponse } from './file-upload.ts';
import type { Timeouts } from './http.ts';
import { createMultipartFrame } from './multipart.ts';
import { toNetworkError } from './network-errors.ts';
import { sendBody, type TellRead, type UploadStage } from './send-body.ts';
import { createStallWatch } from './stall-watch.ts';
import { isStale, startRequest, toResponse, whenAnswered } from './start-request.ts';

/** How an upload reaches its server, how long it waits, and who is told of what it read. */
export interface SendParts {
  readonly way: Way;
  readonly timeouts: Timeouts;
  readonly tellRead: TellRead;
  /** See {@link UploadBody.pieceBytes}. */
  readonly pieceBytes: () => number;
}

/**
 * Sends a `POST /files` with an exact Content-Length and memory that does not grow with the file. Answers when the
 * response's head is there, whatever its status, even one that comes while the body is still being sent; or `stale`
 * when a connection from an earlier upload turned out to be closed before the server could have a whole request, so
 * that sending it again is safe. Throws `UploadFailure`.
 */
export async function sendUpload(wanted: UploadRequest, parts: SendParts): Promise<UploadResponse | 'stale'> {
  const { upload } = wanted;
  const { tellRead, pieceBytes } = parts;
  const frame = createMultipartFrame(upload.fileName, `files-for-openrouter-${randomUUID()}`);
  const stage: UploadStage = { reached: 'nothing', isAnswered: false, isEnding: false };
  const request = startRequest(parts.way, 'POST', {
    ...wanted.headers,
    'Content-Type': frame.contentType,
    'Content-Length': String(frame.head.length + upload.sizeBytes + frame.tail.length),
  });
  let isEarly = false;
  request.once('response', () => {
    stage.isAnswered = true;
    isEarly = !request.writableFinished;
  });
  const answer = whenAnswered(request);
  const { stallWatch, expectAnswer } = limitTime(request, parts.timeouts);
  const cancel = () => request.destroy();
  upload.signal.addEventListener('abort', cancel, { once: true });
  request.once('close', () => upload.signal.removeEventListener('abort', cancel));
  if (upload.signal.aborted) cancel();
  try {
    // An early answer (413, 401) ends the sending: what is left of the body would be thrown away anyway.
    await Promise.race([
      answer,
      sendBody(request, { upload, frame, stage, tellRead, stallWatch, pieceBytes }),
    ]);
    if (!stage.isAnswered) {
      expectAnswer();
      upload.onWaiting();
    }
    const response = await answer;
    // A connection on which a body was begun and not ended can carry nothing else.
    if (stage.reached !== 'all') response.once('close', () => request.destroy());
    return { ...toResponse(response), reached: stage.reached, isEarly };
  } catch (cause) {
    request.destroy();
    if (upload.signal.aborted) throw new UploadFailure({ code: 'cancelled' }, stage.reached, { cause });
    if (!stage.isAnswered && !stage.isEnding && isStale(request, cause)) return 'stale';
    throw new UploadFailure(toNetworkError(cause), stage.reached, { cause });
  }
}

/** Ends a request that takes too long over any part of its way. */
function limitTime(request: ClientRequest, { stallMs, answerMs, totalMs }: Timeouts) {
  let answer: IncomingMessage | null = null;
  const giveUp = () => (answer ?? request).destroy(new AppFailure({ code: 'timedOut' }));
  const stallWatch = createStallWatch(stallMs, giveUp);
  let deadline: NodeJS.Timeout | undefined;
  const setDeadline = (ms: number) => {
    clearTimeout(deadline);
    deadline = setTimeout(giveUp, ms);
  };
  request.once('response', (message) => {
    answer = message;
    stallWatch.stop();
    setDeadline(totalMs);
  });
  request.once('close', () => {
    stallWatch.stop();
    clearTimeout(deadline);
  });
  // Also for the reading of the file, which can hang.
  request.setTimeout(stallMs, giveUp);
  return {
    stallWatch,
    /** The body has left whole. */
    expectAnswer: () => {
      request.setTimeout(answerMs);
      setDeadline(answerMs);
    },
  };
}
