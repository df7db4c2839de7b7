import http, { type ClientRequest, type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { AgentRequestOptions } from './agent.ts';
import type { Way } from './connections.ts';
import { ACCEPT_ENCODING, decode } from './content-coding.ts';
import { type HttpResponse, toHeaderMap } from './http.ts';

/** Begins a request, whose body is still to be sent or ended. */
export function startRequest(
  { target, agent, openSocket }: Way,
  method: string,
  headers: Readonly<Record<string, string>>,
): ClientRequest {
  const options: AgentRequestOptions = {
    protocol: target.isSecure ? 'https:' : 'http:',
    host: target.host,
    port: target.port,
    path: target.path,
    method,
    // As a list they go out as they are, which takes Node a third of the time; then it adds no `Host` either.
    headers: [
      'Host',
      target.authority,
      ...Object.entries({ 'Accept-Encoding': ACCEPT_ENCODING, ...headers }).flat(),
    ],
    agent,
    openSocket,
  };
  return (target.isSecure ? https : http).request(options);
}

/** Settles with the head of the answer, or rejects with what ended the request before. */
export function whenAnswered(request: ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request.once('response', resolve);
    request.on('error', reject);
    // Of an answer that changes the protocol (101) nothing else tells.
    request.once('close', () => reject(new Error('The connection closed before an answer')));
  });
}

const CLOSED: ReadonlySet<unknown> = new Set(['ECONNRESET', 'EPIPE', 'ECONNABORTED', 'ENOTCONN']);

/**
 * Whether a request failed because its kept connection had been closed: a server does that when it likes, and the news
 * can be on its way while the next request sets out.
 */
export function isStale(request: ClientRequest, cause: unknown): boolean {
  return request.reusedSocket && cause instanceof Error && 'code' in cause && CLOSED.has(cause.code);
}

/** Gives an answer whose head has arrived. */
export function toResponse(message: IncomingMessage): HttpResponse {
  const { statusCode: status = 0 } = message;
  const headers = toHeaderMap(message.headers);
  // Nothing is not compressed, whatever the head says: a decoder would miss its beginning.
  const isEmpty = status === 204 || status === 304 || headers.get('content-length') === '0';
  return { status, headers, body: isEmpty ? message : decode(message, headers) };
}
