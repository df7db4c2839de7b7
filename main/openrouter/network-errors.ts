import { type AppError, AppFailure } from '#app/errors.ts';

// Both spellings of one cause: Node's errno codes and Chromium's net errors (net/base/net_error_list.h).
const OFFLINE =
  /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ENETDOWN|ERR_INTERNET_DISCONNECTED|ERR_NAME_NOT_RESOLVED|ERR_NAME_RESOLUTION_FAILED|ERR_CONNECTION_REFUSED|ERR_ADDRESS_UNREACHABLE|ERR_PROXY_CONNECTION_FAILED|ERR_SOCKS_CONNECTION_HOST_UNREACHABLE|ERR_NETWORK_ACCESS_DENIED|ERR_ADDRESS_INVALID/;
const TIMED_OUT = /ETIMEDOUT|ESOCKETTIMEDOUT|ERR_TIMED_OUT|ERR_CONNECTION_TIMED_OUT/;
const CERTIFICATE =
  /ERR_CERT_|ERR_CERTIFICATE_|ERR_PROXY_CERTIFICATE_|ERR_SSL_(?:KEY_USAGE|PINNED_KEY|SERVER_CERT|VERSION_OR_CIPHER)|ERR_TLS_CERT|CERT_(?:HAS_EXPIRED|NOT_YET_VALID|REVOKED|UNTRUSTED|REJECTED|SIGNATURE_FAILURE|CHAIN_TOO_LONG)|INVALID_(?:CA|PURPOSE)|SELF_SIGNED_CERT|DEPTH_ZERO_SELF_SIGNED|UNABLE_TO_VERIFY_LEAF|UNABLE_TO_GET_ISSUER/;
/** Chromium does not say with which status a proxy answered CONNECT, nor why one of SOCKS refused. */
const TUNNEL =
  /ERR_TUNNEL_CONNECTION_FAILED|ERR_SOCKS_CONNECTION_FAILED|ERR_PROXY_AUTH_|ERR_UNEXPECTED_PROXY_AUTH/;
const BAD_GATEWAY = 502;

/** Of zlib and Chromium; what only ends too early (`Z_BUF_ERROR`) has broken off. */
const UNDECODABLE = /Z_DATA_ERROR|Z_NEED_DICT|ERROR_FORMAT_|ERR_CONTENT_DECODING_/;

/** Gives what a failure of the network means, from Node's or Chromium's own name of it. */
export function toNetworkError(cause: unknown): AppError {
  if (cause instanceof AppFailure) return cause.error;
  const text = describeCause(cause);
  if (OFFLINE.test(text)) return { code: 'offline' };
  if (TIMED_OUT.test(text)) return { code: 'timedOut' };
  if (CERTIFICATE.test(text)) return { code: 'untrustedCertificate' };
  if (UNDECODABLE.test(text)) return { code: 'unexpectedAnswer', status: 200, detail: 'undecodable' };
  if (TUNNEL.test(text)) return { code: 'proxyRefused', status: BAD_GATEWAY };
  return { code: 'connectionLost' };
}

/** A port that web pages must not reach, such as 6666, and a server that would take a certificate of the client's. */
const REFUSED_BY_CHROMIUM = /ERR_UNSAFE_PORT|ERR_SSL_CLIENT_AUTH_CERT_NEEDED/;

/** Whether Chromium has sent nothing to a server that others speak to. */
export function isRefusedByChromium({ error, cause }: AppFailure): boolean {
  if (error.code === 'untrustedCertificate') return true;
  return cause instanceof Error && REFUSED_BY_CHROMIUM.test(cause.message);
}

/** Gives the same as an `AppFailure`. */
export function toNetworkFailure(cause: unknown): AppFailure {
  return cause instanceof AppFailure ? cause : new AppFailure(toNetworkError(cause), { cause });
}

function describeCause(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
  // Node tries each address of a host and wraps what became of them.
  const inner = cause instanceof AggregateError ? cause.errors.map(describeCause).join(' ') : '';
  return `${code} ${cause.message} ${inner}`;
}
