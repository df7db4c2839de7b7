import { randomUUID } from 'node:crypto';
import http, { type Agent, type ClientRequest, type IncomingMessage } from 'node:http';
import https from 'node:https';
import { AppFailure } from '#app/errors.ts';
import type { UploadRequest, UploadResponse, UploadTimeouts } from './file-upload.ts';
import { toHeaderMap } from './http.ts';
import { createMultipartFrame, type MultipartFrame } from './multipart.ts';
import { toNetworkError } from './network-errors.ts';
import { sendBody, type TellRead, type UploadStage } from './send-body.ts';
import type { RequestTarget } from './target.ts';
import type { AgentRequestOptions, OpenSocket } from './upload-agent.ts';
import { type BodyReach, UploadFailure } from './upload-failure.ts';

/** How a request finds its connection, how long it waits, and who is told of what it read. */
export interface SendParts {
  readonly target: RequestTarget;
  readonly agent: Agent;
  readonly openSocket: OpenSocket;
  readonly timeouts: UploadTimeouts;
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
  const { stallMs, answerMs } = parts.timeouts;
  const frame = createMultipartFrame(upload.fileName, `files-for-openrouter-${randomUUID()}`);
  const stage: UploadStage = { reached: 'nothing', isAnswered: false, isEnding: false };
  const request = startRequest(wanted, frame, parts);
  const answer = waitForAnswer(request, stage);
  request.setTimeout(stallMs, () => request.destroy(new AppFailure({ code: 'timedOut' })));
  const cancel = () => request.destroy();
  upload.signal.addEventListener('abort', cancel, { once: true });
  request.once('close', () => upload.signal.removeEventListener('abort', cancel));
  if (upload.signal.aborted) cancel();
  try {
    // An early answer (413, 401) ends the sending: what is left of the body would be thrown away anyway.
    await Promise.race([answer, sendBody(request, { upload, frame, stage, tellRead, pieceBytes })]);
    if (!stage.isAnswered) {
      request.setTimeout(answerMs);
      upload.onWaiting();
    }
    const response = await answer;
    // A connection on which a body was begun and not ended can carry nothing else.
    if (stage.reached !== 'all') response.once('close', () => request.destroy());
    return toResponse(response, stage.reached);
  } catch (cause) {
    request.destroy();
    if (upload.signal.aborted) throw new UploadFailure({ code: 'cancelled' }, stage.reached, { cause });
    if (isStale(request, stage, cause)) return 'stale';
    throw new UploadFailure(toNetworkError(cause), stage.reached, { cause });
  }
}

function startRequest(
  { headers, upload }: UploadRequest,
  frame: MultipartFrame,
  { target, agent, openSocket }: SendParts,
): ClientRequest {
  const length = frame.head.length + upload.sizeBytes + frame.tail.length;
  const options: AgentRequestOptions = {
    protocol: target.isSecure ? 'https:' : 'http:',
    host: target.host,
    port: target.port,
    path: target.path,
    method: 'POST',
    // As a list they go out as they are, which takes Node a third of the time; then it adds no `Host` either.
    headers: [
      'Host',
      target.authority,
      ...Object.entries(headers).flat(),
      'Content-Type',
      frame.contentType,
      'Content-Length',
      String(length),
    ],
    agent,
    openSocket,
  };
  return (target.isSecure ? https : http).request(options);
}

function waitForAnswer(request: ClientRequest, stage: UploadStage): Promise<IncomingMessage> {
  return new Promise<IncomingMessage>((resolve, reject) => {
    request.once('response', (response) => {
      stage.isAnswered = true;
      resolve(response);
    });
    request.on('error', reject);
    request.once('close', () => {
      if (!stage.isAnswered) reject(new Error('The connection closed before an answer'));
    });
  });
}

function toResponse(response: IncomingMessage, reached: BodyReach): UploadResponse {
  const { statusCode: status = 0, headers } = response;
  return { status, headers: toHeaderMap(headers), body: response, reached };
}

/** A server closes idle connections when it likes, and the news can be on its way while the next request sets out. */
function isStale(request: ClientRequest, stage: UploadStage, cause: unknown): boolean {
  const code = cause instanceof Error && 'code' in cause ? cause.code : null;
  return (
    request.reusedSocket &&
    !stage.isAnswered &&
    !stage.isEnding &&
    (code === 'ECONNRESET' || code === 'EPIPE')
  );
}
