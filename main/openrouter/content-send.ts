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
 * refuses Chromium, the request goes over Node, whose word is final. So it does where an answer is compressed although
 * none may be: Chromium ends that, and Node reads it. A server whose certificate Node has accepted, or that compresses, is
 * not tried over Chromium again.
 */
export function createContentSend({ chromium, node }: ContentSendParts): SendHttp {
  const nodeOnly = new Set<string>();
  return async (request) => {
    const { origin } = new URL(request.url);
    if (nodeOnly.has(origin)) return node(request);
    try {
      return await chromium(request);
    } catch (cause) {
      const error = cause instanceof AppFailure ? cause.error : null;
      if (error === null || !isReadByNode(error)) throw cause;
      const response = await node(request);
      if (error.code !== 'proxyRefused') nodeOnly.add(origin);
      return response;
    }
  };
}

/** Of these, a request for contents can be sent again. */
function isReadByNode(error: AppError): boolean {
  if (error.code === 'unexpectedAnswer') return error.detail === 'undecodable';
  return error.code === 'untrustedCertificate' || error.code === 'proxyRefused';
}
