import { type AppError, AppFailure } from '#app/errors.ts';
import type { SendHttp } from './http.ts';

/** What the contents of files travel by. */
export interface ContentSendParts {
  /** The faster one. It has its own authorities and does not know those of `SSL_CERT_FILE`. */
  readonly chromium: SendHttp;
  /** The one that all other requests take. */
  readonly node: SendHttp;
}

/**
 * Makes a {@link SendHttp} that trusts what the other requests trust: where Chromium refuses a certificate, or a proxy
 * refuses Chromium, the request goes over Node, whose word is final. A server whose certificate Node has accepted is not
 * tried over Chromium again.
 */
export function createContentSend({ chromium, node }: ContentSendParts): SendHttp {
  const nodeOnly = new Set<string>();
  return async (request) => {
    const { origin } = new URL(request.url);
    if (nodeOnly.has(origin)) return node(request);
    try {
      return await chromium(request);
    } catch (cause) {
      const code = cause instanceof AppFailure ? cause.error.code : null;
      if (code === null || !REFUSED.has(code)) throw cause;
      const response = await node(request);
      if (code === 'untrustedCertificate') nodeOnly.add(origin);
      return response;
    }
  };
}

/** No byte of the request has left then. */
const REFUSED: ReadonlySet<AppError['code']> = new Set(['untrustedCertificate', 'proxyRefused']);
