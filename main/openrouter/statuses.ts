import type { AppError } from '#app/errors.ts';
import type { Operation } from './answer.ts';
import { MAX_FILE_SIZE_BYTES } from './capabilities.ts';

/** What is known of an answer whose status is not a success. */
export interface FailedAnswer {
  readonly status: number;
  readonly operation: Operation;
  /** The server's own words; empty when it sent none. */
  readonly serverMessage: string;
  /** How long the server asked to wait, in milliseconds; null when it did not. */
  readonly retryAfterMs: number | null;
  /** `json` is the API's own; anything else came from a proxy, a CDN or another kind of server. */
  readonly body: 'json' | 'html' | 'other';
}

/** What a status means. */
interface StatusMeaning {
  readonly toError: (answer: FailedAnswer) => AppError;
  /** Whether the request surely had no effect. Otherwise an upload or a deletion may have been carried out. */
  readonly isRefusal: boolean;
}

/** Operations on one file: there, 404 means that the file is gone. */
const ONE_FILE: ReadonlySet<Operation> = new Set(['read', 'delete', 'download']);
/** Operations on all of them: of an API that has none, 404 means that this key has none (contract, section 9). */
const ALL_FILES: ReadonlySet<Operation> = new Set(['list', 'upload']);

const refused = (toError: StatusMeaning['toError']): StatusMeaning => ({ toError, isRefusal: true });
const open = (toError: StatusMeaning['toError']): StatusMeaning => ({ toError, isRefusal: false });

const toTimedOut = (): AppError => ({ code: 'timedOut' });
const toServerFailed = ({ serverMessage }: FailedAnswer): AppError => ({
  code: 'serverFailed',
  serverMessage,
});
const toProviderFailed = ({ serverMessage }: FailedAnswer): AppError => ({
  code: 'providerFailed',
  serverMessage,
});
const toUnavailable = ({ retryAfterMs }: FailedAnswer): AppError => ({ code: 'unavailable', retryAfterMs });

/** Every status that means something of its own. 520 to 530 are Cloudflare's, for an origin that failed it. */
const MEANINGS: ReadonlyMap<number, StatusMeaning> = new Map([
  [400, refused(toBadRequest)],
  [401, refused(() => ({ code: 'unauthorized' }))],
  [402, refused(({ serverMessage }) => ({ code: 'paymentRequired', serverMessage }))],
  [403, refused(toForbidden)],
  [404, refused(toNotFound)],
  [408, open(toTimedOut)],
  // A conflict with another request of the same moment.
  [409, open(toOther)],
  [413, refused(() => ({ code: 'fileTooLarge', sizeBytes: null, limitBytes: MAX_FILE_SIZE_BYTES }))],
  [415, refused(toUnsupportedMedia)],
  // Too early (RFC 8470): the same request may be sent again in a moment.
  [425, open(toUnavailable)],
  [429, refused(({ retryAfterMs }) => ({ code: 'rateLimited', retryAfterMs }))],
  // "Client closed request": documented for uploads, without a word on what became of them (contract, section 9).
  [499, open(() => ({ code: 'connectionLost' }))],
  [500, open(toServerFailed)],
  [502, open(toProviderFailed)],
  [503, open(toUnavailable)],
  [504, open(toTimedOut)],
  // Insufficient storage of the server itself; a full workspace is a 403.
  [507, open(toServerFailed)],
  // The origin answered with something that is no answer, or closed the connection.
  [520, open(toProviderFailed)],
  [521, open(toUnavailable)],
  [522, open(toTimedOut)],
  [523, open(toUnavailable)],
  [524, open(toTimedOut)],
  [525, open(toUnavailable)],
  [526, open(toUnavailable)],
  [527, open(toProviderFailed)],
  // Overloaded.
  [529, open(toUnavailable)],
  [530, open(toUnavailable)],
]);

/** Gives the error that an answer means. */
export function toStatusError(answer: FailedAnswer): AppError {
  return (MEANINGS.get(answer.status)?.toError ?? toOther)(answer);
}

/**
 * Whether a status says that the request surely had no effect. A 4xx does, unless the table knows better; of redirects
 * only those that ask for the same request elsewhere do (RFC 9110, section 15.4).
 */
export function isRefusal(status: number): boolean {
  const known = MEANINGS.get(status);
  if (known) return known.isRefusal;
  return (status >= 400 && status < 500) || status === 307 || status === 308;
}

function toBadRequest({ operation, serverMessage }: FailedAnswer): AppError {
  if (operation === 'download') return { code: 'notSaveable' };
  return operation === 'upload'
    ? { code: 'invalidFile', serverMessage }
    : { code: 'badRequest', serverMessage };
}

/** A full workspace answers an upload with 403, as do a key's limits and scope: only the message tells (contract, section 3). */
function toForbidden({ operation, serverMessage }: FailedAnswer): AppError {
  return operation === 'upload'
    ? { code: 'uploadForbidden', serverMessage, mayBeFull: true }
    : { code: 'forbidden', serverMessage };
}

/** An unknown route answers an HTML page: that is a wrong endpoint, not a deleted file. */
function toNotFound(answer: FailedAnswer): AppError {
  const { body, operation, serverMessage } = answer;
  if (body !== 'json') return toOther(answer);
  if (ONE_FILE.has(operation)) return { code: 'notFound' };
  return ALL_FILES.has(operation) ? { code: 'keyWithoutFiles', serverMessage } : toOther(answer);
}

function toUnsupportedMedia(answer: FailedAnswer): AppError {
  const { operation, serverMessage } = answer;
  return operation === 'upload' ? { code: 'invalidFile', serverMessage } : toOther(answer);
}

function toOther({ status, serverMessage, body }: FailedAnswer): AppError {
  if (status >= 300 && status < 400) return { code: 'unexpectedAnswer', status, detail: 'redirect' };
  if (body === 'html') return { code: 'unexpectedAnswer', status, detail: 'html' };
  return { code: 'unexpectedAnswer', status, detail: 'status', serverMessage };
}
