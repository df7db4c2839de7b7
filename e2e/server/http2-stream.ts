import type { ServerResponse } from 'node:http';
import { constants, Http2ServerResponse, type ServerHttp2Stream } from 'node:http2';
import type { StreamError } from './faults.ts';

// What differs between answers over HTTP/2 and those over HTTP/1.1, of which each has its connection to itself.

const STREAM_ERRORS: Readonly<Record<StreamError, number>> = {
  refusedStream: constants.NGHTTP2_REFUSED_STREAM,
  internalError: constants.NGHTTP2_INTERNAL_ERROR,
  cancel: constants.NGHTTP2_CANCEL,
  enhanceYourCalm: constants.NGHTTP2_ENHANCE_YOUR_CALM,
};
/** They belong to HTTP/1.1 (RFC 9113, section 8.2.2). */
const FRAMING_HEADERS: ReadonlySet<string> = new Set(['connection', 'keep-alive', 'transfer-encoding']);

/** Gives the stream of an answer over HTTP/2, else null. */
export function findHttp2Stream(response: ServerResponse): ServerHttp2Stream | null {
  const answer: unknown = response;
  return answer instanceof Http2ServerResponse ? answer.stream : null;
}

/** Whether all of an answer has been given to the system. */
export function isSent(response: ServerResponse): boolean {
  const stream = findHttp2Stream(response);
  return stream === null ? response.writableFinished : stream.writableFinished && !stream.aborted;
}

/** Leaves out the headers that HTTP/2 has frames for. */
export function withoutFraming<Value>(
  headers: Readonly<Record<string, Value>>,
): Readonly<Record<string, Value>> {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !FRAMING_HEADERS.has(name.toLowerCase())),
  );
}

/** Ends one request, and leaves its connection to the others. */
export function resetStream(response: ServerResponse, code: StreamError): void {
  requireStream(response).close(STREAM_ERRORS[code]);
}

/** Tells the client which request was the last that the server has looked at; a client's streams have odd numbers. */
export function sendGoAway(response: ServerResponse, refusesThis: boolean): void {
  const { session, id = 1 } = requireStream(response);
  session?.goaway(constants.NGHTTP2_NO_ERROR, refusesThis ? Math.max(0, id - 2) : id);
}

function requireStream(response: ServerResponse): ServerHttp2Stream {
  const stream = findHttp2Stream(response);
  if (!stream) throw new Error('This fault needs a request over HTTP/2');
  return stream;
}
