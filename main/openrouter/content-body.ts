import { Readable } from 'node:stream';
import { AppFailure } from '#app/errors.ts';
import type { ListedContent } from '../file-store/file-content.ts';
import { toErrorInstead } from './answer.ts';
import type { HttpResponse } from './http.ts';
import { toNetworkFailure } from './network-errors.ts';

/** In these types a server, or a proxy on the way, says something; contents come as `application/octet-stream` (contract, section 2). */
const ANSWER_TYPE = /^(?:application\/(?:json|problem\+json|xhtml\+xml)|text\/html)$/;
/** No error or page of a proxy needs more to be recognized. */
const MAX_ANSWER_BYTES = 64 * 1024;

/**
 * Gives the body of a success that was asked for a whole file. Throws `AppFailure` when it is not the file but an error or
 * a web page: by its type, whatever its length, or, where its length is not the listed one, by what it says.
 */
export async function takeContentBody(
  response: HttpResponse,
  announcedBytes: number | null,
  listed: ListedContent | undefined,
  redact: (text: string) => string,
): Promise<Readable> {
  const { status, body } = response;
  const type = toEssence(response.headers.get('content-type') ?? '');
  // A file of such a type may be sent under its own.
  if (ANSWER_TYPE.test(type) && type !== toEssence(listed?.mimeType ?? '')) {
    const said = await readStart(body);
    throw new AppFailure(
      toErrorInstead(said, status, redact) ?? { code: 'unexpectedAnswer', status, detail: 'malformed' },
    );
  }
  const isOfListedLength = announcedBytes === null || announcedBytes === listed?.sizeBytes;
  if (!listed || isOfListedLength || announcedBytes > MAX_ANSWER_BYTES) return body;
  const bytes = await readStart(body);
  const error = toErrorInstead(bytes, status, redact);
  if (error) throw new AppFailure(error);
  return Readable.from([bytes]);
}

function toEssence(type: string): string {
  return type.replace(/;.*/s, '').trim().toLowerCase();
}

/** Reads a body as far as it may be an answer. Throws `AppFailure` when it breaks before. */
async function readStart(body: Readable): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  try {
    // A response's stream holds bytes unless an encoding is set.
    for await (const piece of body as AsyncIterable<Uint8Array>) {
      pieces.push(piece);
      length += piece.byteLength;
      if (length >= MAX_ANSWER_BYTES) break;
    }
  } catch (cause) {
    throw toNetworkFailure(cause);
  }
  return Buffer.concat(pieces);
}
