import type { Readable } from 'node:stream';
import { type AppError, AppFailure } from '#app/errors.ts';
import type { RemoteFile } from '#app/files/remote-file.ts';
import type { HttpResponse } from './http.ts';
import { toNetworkFailure } from './network-errors.ts';
import { isDeletionOf, parseErrorMessage, parseFile, parseReportedError } from './wire.ts';

/** What was asked for: the same status means different things for different requests. */
export type Operation = 'checkKey' | 'list' | 'read' | 'delete' | 'upload' | 'download';

/** A page of 1,000 rows with names of 255 characters is under 2 MB even if each character is escaped; this much is no listing. */
const MAX_JSON_LENGTH = 16 * 1024 * 1024;
const MAX_MESSAGE_LENGTH = 500;
/** Longer waits than this are not believed. */
const MAX_RETRY_AFTER_MS = 24 * 60 * 60 * 1000;

/**
 * Reads the JSON body of a successful answer. Throws `AppFailure`: the error of its status, `reportedError` for a success
 * whose body is an error, or `unexpectedAnswer`.
 */
export async function readJson(
  response: HttpResponse,
  operation: Operation,
  redact: (text: string) => string,
): Promise<unknown> {
  const { text, body } = await readSuccess(response, operation, redact);
  if (body === undefined) throw new AppFailure(toUnexpected(response, text));
  return body;
}

/**
 * Reads the answer to a deletion. Only an empty body, or one that names the deletion of this file, says that the file is
 * gone: proxies and compatible servers send a success with an error or a web page. Throws the same as `readJson`.
 */
export async function readDeletion(
  response: HttpResponse,
  id: string,
  redact: (text: string) => string,
): Promise<void> {
  const { text, body } = await readSuccess(response, 'delete', redact);
  if (text.trim() !== '' && !isDeletionOf(body, id)) throw new AppFailure(toUnexpected(response, text));
}

async function readSuccess(
  response: HttpResponse,
  operation: Operation,
  redact: (text: string) => string,
): Promise<{ readonly text: string; readonly body: unknown }> {
  const text = await readText(response.body, response.status);
  const body = parseJson(text);
  if (!isSuccess(response.status))
    throw new AppFailure(toAnswerError(response, body, text, operation, redact));
  const reported = toReportedError(body, response.status, redact);
  if (reported) throw new AppFailure(reported);
  return { text, body };
}

/** Gives the error that the body of a successful answer is; null when it is none. */
function toReportedError(body: unknown, status: number, redact: (text: string) => string): AppError | null {
  const message = parseReportedError(body);
  if (message === null) return null;
  return { code: 'reportedError', status, serverMessage: redact(message).slice(0, MAX_MESSAGE_LENGTH) };
}

/** Whether a status says that what was asked for was done; the contract has 200 only, other servers have their own. */
export function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

/** Reads the file object of a successful answer. Throws the `AppFailure` `unexpectedAnswer`. */
export function toFile(body: unknown, status: number): RemoteFile {
  const file = parseFile(body);
  if (!file) throw new AppFailure({ code: 'unexpectedAnswer', status, detail: 'malformed' });
  return file;
}

/** Operations on one file: there, 404 means that the file is gone. Elsewhere it means a wrong endpoint. */
const ONE_FILE: ReadonlySet<Operation> = new Set(['read', 'delete', 'download']);

/** Reads the body of a failed answer and gives its error. */
export async function readAnswerError(
  response: HttpResponse,
  operation: Operation,
  redact: (text: string) => string,
): Promise<AppError> {
  const text = await readText(response.body, response.status);
  return toAnswerError(response, parseJson(text), text, operation, redact);
}

async function readText(body: Readable, status: number): Promise<string> {
  try {
    return await readToEnd(body, status);
  } catch (cause) {
    throw toNetworkFailure(cause);
  }
}

/** By events: an async iterator costs as much as all the rest of a small upload's answer. */
function readToEnd(body: Readable, status: number): Promise<string> {
  const parts: string[] = [];
  let length = 0;
  // Part by part: all bytes put together first would be a copy of each page.
  body.setEncoding('utf8');
  return new Promise((resolve, reject) => {
    body.on('data', (part: string) => {
      parts.push(part);
      length += part.length;
      if (length > MAX_JSON_LENGTH)
        body.destroy(new AppFailure({ code: 'unexpectedAnswer', status, detail: 'tooLarge' }));
    });
    body.once('end', () => resolve(parts.join('')));
    body.once('error', reject);
    body.once('close', () => {
      if (!body.readableEnded) reject(new AppFailure({ code: 'connectionLost' }));
    });
    // Of one that was over before it was listened to no event tells.
    if (body.destroyed) reject(body.errored ?? new AppFailure({ code: 'connectionLost' }));
  });
}

/** Gives undefined for what is not JSON: no JSON text means undefined. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function toAnswerError(
  response: HttpResponse,
  body: unknown,
  text: string,
  operation: Operation,
  redact: (text: string) => string,
): AppError {
  const { status, headers } = response;
  const serverMessage = redact(parseErrorMessage(body) ?? '').slice(0, MAX_MESSAGE_LENGTH);
  switch (status) {
    case 400:
      if (operation === 'download') return { code: 'notSaveable' };
      return operation === 'upload'
        ? { code: 'invalidFile', serverMessage }
        : { code: 'badRequest', serverMessage };
    case 401:
      return { code: 'unauthorized' };
    case 402:
      return { code: 'paymentRequired', serverMessage };
    case 403:
      // A full workspace answers an upload with 403, as do a key's limits and scope: only the message tells (contract, section 3).
      return operation === 'upload'
        ? { code: 'uploadForbidden', serverMessage }
        : { code: 'forbidden', serverMessage };
    case 404:
      // An unknown route answers an HTML page: that is a wrong endpoint, not a deleted file.
      return body === undefined || !ONE_FILE.has(operation)
        ? toUnexpected(response, text)
        : { code: 'notFound' };
    case 408:
    case 504:
      return { code: 'timedOut' };
    case 413:
      return { code: 'fileTooLarge', sizeBytes: null };
    case 429:
      return { code: 'rateLimited', retryAfterMs: parseRetryAfter(headers) };
    case 500:
      return { code: 'serverFailed', serverMessage };
    case 502:
      return { code: 'providerFailed', serverMessage };
    case 503:
      return { code: 'unavailable', retryAfterMs: parseRetryAfter(headers) };
    default:
      return toUnexpected(response, text);
  }
}

function toUnexpected({ status }: HttpResponse, text: string): AppError {
  if (status >= 300 && status < 400) return { code: 'unexpectedAnswer', status, detail: 'redirect' };
  const detail = /^\s*<(!doctype|html)/i.test(text) ? 'html' : isSuccess(status) ? 'malformed' : 'status';
  return { code: 'unexpectedAnswer', status, detail };
}

function parseRetryAfter(headers: ReadonlyMap<string, string>): number | null {
  const value = headers.get('retry-after');
  if (value === undefined) return null;
  // RFC 9110, section 10.2.3: seconds, or a date.
  const milliseconds = /^\d+$/.test(value.trim()) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isFinite(milliseconds) ? Math.min(Math.max(milliseconds, 0), MAX_RETRY_AFTER_MS) : null;
}
