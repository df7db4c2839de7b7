import type { Readable } from 'node:stream';
import { type AppError, AppFailure } from '#app/errors.ts';
import type { RemoteFile } from '#app/files/remote-file.ts';
import type { HttpResponse } from './http.ts';
import { toNetworkFailure } from './network-errors.ts';
import { parseRetryAfter } from './retry-after.ts';
import { toStatusError } from './statuses.ts';
import { isDeletionOf, parseErrorMessage, parseFile, parseReportedError } from './wire.ts';

/** What was asked for: the same status means different things for different requests. */
export type Operation = 'checkKey' | 'list' | 'read' | 'delete' | 'upload' | 'download';

/** A page of 1,000 rows with names of 255 characters is under 2 MB even if each character is escaped; this much is no listing. */
const MAX_JSON_LENGTH = 16 * 1024 * 1024;
const MAX_MESSAGE_LENGTH = 500;

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
  if (body === undefined) throw new AppFailure(toUnreadable(response, text));
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
  if (text.trim() !== '' && !isDeletionOf(body, id)) throw new AppFailure(toUnreadable(response, text));
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
  const reported = parseReportedError(body);
  if (reported !== null) throw new AppFailure(toReported(reported, response.status, redact));
  return { text, body };
}

function toReported(message: string, status: number, redact: (text: string) => string): AppError {
  return { code: 'reportedError', status, serverMessage: redact(message).slice(0, MAX_MESSAGE_LENGTH) };
}

/** Gives the error that the body of a success is, in the server's own words where it has some, or is as a web page; null when it is neither. */
export function toErrorInstead(
  bytes: Buffer,
  status: number,
  redact: (text: string) => string,
): AppError | null {
  const text = bytes.toString('utf8');
  const body = parseJson(text);
  const words = parseReportedError(body) ?? parseErrorMessage(body);
  if (words !== null) return toReported(words, status, redact);
  return isHtml(text) ? { code: 'unexpectedAnswer', status, detail: 'html' } : null;
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
    // A byte order mark is no JSON (RFC 8259, section 8.1), and some servers send one.
    return JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text);
  } catch {
    return undefined;
  }
}

function toAnswerError(
  { status, headers }: HttpResponse,
  body: unknown,
  text: string,
  operation: Operation,
  redact: (text: string) => string,
): AppError {
  const words = parseErrorMessage(body) ?? (body === undefined ? toPlainWords(headers, text) : '');
  return toStatusError({
    status,
    operation,
    serverMessage: redact(words).slice(0, MAX_MESSAGE_LENGTH),
    retryAfterMs: parseRetryAfter(headers),
    body: body !== undefined ? 'json' : isHtml(text) ? 'html' : 'other',
  });
}

/** Gives a body that is neither JSON nor a page, but words by its own account. */
function toPlainWords(headers: ReadonlyMap<string, string>, text: string): string {
  const isPlain = /^text\/plain\b/i.test(headers.get('content-type') ?? '');
  return isPlain && !isHtml(text) ? text.trim() : '';
}

/** Of a success that cannot be read. */
function toUnreadable({ status }: HttpResponse, text: string): AppError {
  return { code: 'unexpectedAnswer', status, detail: isHtml(text) ? 'html' : 'malformed' };
}

function isHtml(text: string): boolean {
  return /^\s*<(!doctype|html)/i.test(text);
}
