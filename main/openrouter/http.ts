import type { Readable } from 'node:stream';

/** A request without a body. */
export interface HttpRequest {
  readonly method: 'GET' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/** An answer whose head has arrived. Its body must be read or destroyed. */
export interface HttpResponse {
  readonly status: number;
  /** By lower-case name; of a header that came twice, the first. */
  readonly headers: ReadonlyMap<string, string>;
  /** Decompressed; to be read at once. Fails when the connection breaks or nothing comes for a while; `toNetworkError` says what that means. */
  readonly body: Readable;
}

/**
 * Sends a request and answers when the head of the response is there. Never follows a redirect. Throws `AppFailure`
 * with `offline`, `timedOut`, `connectionLost`, `untrustedCertificate`, `proxyRefused`, `cancelled`, or `unexpectedAnswer` for a redirect
 * that is not given as an answer.
 */
export type SendHttp = (request: HttpRequest) => Promise<HttpResponse>;

/** How long requests wait, in milliseconds. */
export interface Timeouts {
  /** For a connection by one route, TLS included. */
  readonly connectMs: number;
  /** For an answer's head, and between two parts of its body; of an upload `answerMs` counts. */
  readonly silenceMs: number;
  /**
   * For a whole answer that is no file's content, from the open connection on, and for that to an upload, from its head
   * on: one that comes a byte at a time is never silent and never ends.
   */
  readonly totalMs: number;
  /** While the network takes nothing of an upload's body. */
  readonly stallMs: number;
  /** For the answer to an upload that left whole. */
  readonly answerMs: number;
  /** For the next request, before a connection is closed. */
  readonly idleMs: number;
}

/** What holds unless a test is told otherwise. */
export const DEFAULT_TIMEOUTS: Timeouts = {
  connectMs: 30_000,
  silenceMs: 30_000,
  // A page of a thousand files comes to 2 MB at most, and to a tenth where it is compressed.
  totalMs: 120_000,
  stallMs: 60_000,
  answerMs: 300_000,
  // Servers that say nothing of it often close after 5 s (Node's default, and Apache's).
  idleMs: 4000,
};

/** Makes the headers of a response a map of single values. */
export function toHeaderMap(
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
): ReadonlyMap<string, string> {
  const map = new Map<string, string>();
  for (const [name, value] of Object.entries(headers)) {
    const first = typeof value === 'string' ? value : value?.[0];
    if (first !== undefined) map.set(name.toLowerCase(), first);
  }
  return map;
}
