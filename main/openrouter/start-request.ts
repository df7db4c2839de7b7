import http, { type ClientRequest, type IncomingMessage } from 'node:http';
import https from 'node:https';
import { pipeline, type Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip } from 'node:zlib';
import type { AgentRequestOptions } from './agent.ts';
import type { Way } from './connections.ts';
import { type HttpResponse, toHeaderMap } from './http.ts';

/** How an answer may be compressed: a page of the listing is a tenth of its size then. */
const DECODERS: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  br: createBrotliDecompress,
};

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
      ...Object.entries({ 'Accept-Encoding': Object.keys(DECODERS).join(', '), ...headers }).flat(),
    ],
    agent,
    openSocket,
  };
  return (target.isSecure ? https : http).request(options);
}

/** Whether a request failed because its kept connection had been closed: a server does that when it likes, and the news can be on its way while the next request sets out. */
export function isStale(request: ClientRequest, cause: unknown): boolean {
  const code = cause instanceof Error && 'code' in cause ? cause.code : null;
  return request.reusedSocket && (code === 'ECONNRESET' || code === 'EPIPE');
}

/** Gives an answer whose head has arrived. */
export function toResponse(message: IncomingMessage): HttpResponse {
  const { statusCode: status = 0, headers } = message;
  return { status, headers: toHeaderMap(headers), body: decompress(message) };
}

function decompress(message: IncomingMessage): Readable {
  const decoder = DECODERS[message.headers['content-encoding']?.toLowerCase() ?? '']?.();
  // Whoever reads what comes out hears of every failure.
  return decoder ? pipeline(message, decoder, () => undefined) : message;
}
