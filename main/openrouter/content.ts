import { AppFailure } from '#app/errors.ts';
import type { FileContent, OpenContentOptions } from '../file-store/file-content.ts';
import { isSuccess, readAnswerError } from './answer.ts';
import { takeContentBody } from './content-body.ts';
import { isCoded, isDecodable } from './content-coding.ts';
import type { HttpRequest, HttpResponse, SendHttp } from './http.ts';

/**
 * Opens the bytes of a file, all of them or those from a byte on. Whether the server can give a part is unpublished
 * (contract, section 2): a 206 counts only with a Content-Range that fits (RFC 9110, section 14.4), a 200 and a 416
 * mean the whole file. A 200 with an error or a web page is a failure. No `If-Range`: the API has no way to change a file's content, so an id always means the same bytes.
 */
export async function openContent(
  request: Omit<HttpRequest, 'method' | 'signal'>,
  { signal, fromByte = 0, listed }: OpenContentOptions,
  send: SendHttp,
  redact: (text: string) => string,
): Promise<FileContent> {
  // Of compressed bytes the announced length could not be checked, and no part could be asked for. Some servers compress
  // them all the same: see `createAppTransport`.
  const headers = { ...request.headers, Accept: 'application/octet-stream', 'Accept-Encoding': 'identity' };
  const range = fromByte > 0 ? { Range: `bytes=${fromByte}-` } : {};
  const response = await send({ method: 'GET', url: request.url, headers: { ...headers, ...range }, signal });
  if (response.status === 416 && fromByte > 0) {
    response.body.destroy();
    return openContent(request, listed ? { signal, listed } : { signal }, send, redact);
  }
  if (!isSuccess(response.status)) throw new AppFailure(await readAnswerError(response, 'download', redact));
  if (!isDecodable(response.headers)) {
    response.body.destroy();
    throw new AppFailure({ code: 'unexpectedAnswer', status: response.status, detail: 'undecodable' });
  }
  if (response.status !== 206) {
    const announcedBytes = parseLength(response);
    const body = await takeContentBody(response, announcedBytes, listed, redact);
    return { announcedBytes, startByte: 0, totalBytes: announcedBytes, body };
  }
  const part = toPart(response, fromByte);
  if (part) return part;
  response.body.destroy();
  throw new AppFailure({ code: 'unexpectedAnswer', status: response.status, detail: 'malformed' });
}

/** Gives null for a part that nobody asked for, that starts elsewhere or whose lengths contradict each other. */
function toPart(response: HttpResponse, fromByte: number): FileContent | null {
  const [, first, last, total] =
    /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15}|\*)$/.exec(response.headers.get('content-range') ?? '') ?? [];
  // A part of compressed bytes is no part of the file.
  if (isCoded(response.headers)) return null;
  if (fromByte === 0 || first === undefined || Number(first) !== fromByte) return null;
  const rangeBytes = Number(last) - fromByte + 1;
  const totalBytes = total === '*' ? null : Number(total);
  const announcedBytes = parseLength(response);
  if (rangeBytes < 1 || (totalBytes !== null && Number(last) >= totalBytes)) return null;
  if (announcedBytes !== null && announcedBytes !== rangeBytes) return null;
  return { announcedBytes: rangeBytes, startByte: fromByte, totalBytes, body: response.body };
}

/** What a server announces of a body that it compressed is not the length that arrives. */
function parseLength({ headers }: HttpResponse): number | null {
  const value = headers.get('content-length');
  if (value === undefined || isCoded(headers)) return null;
  const length = /^\d+$/.test(value) ? Number(value) : Number.NaN;
  return Number.isSafeInteger(length) ? length : null;
}
