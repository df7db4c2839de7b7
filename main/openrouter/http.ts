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
  /** Fails with `AppFailure` when the connection breaks. */
  readonly body: Readable;
}

/**
 * Sends a request and answers when the head of the response is there. Never follows a redirect. Throws `AppFailure`
 * with `offline`, `timedOut`, `connectionLost`, `untrustedCertificate`, `unexpectedAnswer` (a redirect) or `cancelled`.
 */
export type SendHttp = (request: HttpRequest) => Promise<HttpResponse>;

/** How long a server may stay silent, before an answer and between two parts of it, in milliseconds. */
export const SILENCE_TIMEOUT_MS = 30_000;

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
