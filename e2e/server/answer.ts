import type { JsonObject } from './json.ts';

/** What the server is about to send; bytes come in chunks so that no file is held in memory. */
export type Answer =
  | {
      readonly kind: 'json';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: JsonObject;
    }
  | {
      readonly kind: 'bytes';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly sizeBytes: number;
      readonly chunks: Iterable<Uint8Array>;
    };

/** Answers with a JSON body. */
export function createJsonAnswer(
  status: number,
  body: JsonObject,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return { kind: 'json', status, headers, body };
}

/** Answers with bytes or text as they are. */
export function createBytesAnswer(
  status: number,
  body: string | Uint8Array,
  headers: Readonly<Record<string, string>>,
): Answer {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  return { kind: 'bytes', status, headers, sizeBytes: bytes.byteLength, chunks: [bytes] };
}

/** Answers with a page of HTML, as a CDN or an unknown route of the real server does (contract, section 3). */
export function createHtmlAnswer(status: number, title: string): Answer {
  const html = `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"/><title>${status}: ${title}</title></head><body><h1>${status}</h1><h2>${title}</h2></body></html>`;
  return createBytesAnswer(status, html, { 'content-type': 'text/html; charset=utf-8' });
}
