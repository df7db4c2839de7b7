import { type ClientRequest, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import type { JsonObject } from './json.ts';
import type { LocalServer } from './server.ts';

/** What a bare client saw of one answer. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
  /** False when the connection ended before the framing said so. */
  readonly isComplete: boolean;
}

/** What to send; the server's own key unless `headers` has another authorization. */
export interface RawRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

const BOUNDARY = '----boundary-of-the-raw-client';

/** Calls the server with nothing between the test and the wire; rejects with the socket's error when no answer came. */
export function callServer(server: LocalServer, path: string, options: RawRequest = {}): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const outgoing = openRequest(server, path, options);
    outgoing.once('error', reject);
    outgoing.once('response', (incoming) => {
      // From here on the answer tells how it ends; newer Node tells the request, too.
      outgoing.off('error', reject).on('error', () => undefined);
      void readAnswer(incoming).then(resolve, reject);
    });
    outgoing.end(options.body);
  });
}

/** Starts a request whose body the test writes itself. */
export function openRequest(server: LocalServer, path: string, options: RawRequest = {}): ClientRequest {
  const length: Readonly<Record<string, string>> =
    options.body === undefined ? {} : { 'content-length': String(options.body.byteLength) };
  return request(server.baseUrl + path, {
    method: options.method ?? 'GET',
    headers: { authorization: `Bearer ${server.apiKey}`, ...length, ...options.headers },
  });
}

/** Reads an answer as far as it comes. */
export async function readAnswer(incoming: IncomingMessage): Promise<RawAnswer> {
  const chunks: Buffer[] = [];
  try {
    // Without an encoding set, an answer gives nothing but buffers.
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
  } catch {
    // A torn answer is a result here: isComplete tells.
  }
  const { statusCode = 0, headers, complete: isComplete } = incoming;
  return { status: statusCode, headers, bytes: Buffer.concat(chunks), isComplete };
}

/** Uploads bytes under a name that goes over the wire as it is. */
export function uploadBytes(
  server: LocalServer,
  name: string,
  bytes: Uint8Array,
  options: { readonly query?: string; readonly headers?: Readonly<Record<string, string>> } = {},
): Promise<RawAnswer> {
  return callServer(server, `/files${options.query ?? ''}`, {
    ...toUpload(name, bytes),
    headers: { ...toUpload(name, bytes).headers, ...options.headers },
  });
}

/** Gives the multipart request of an upload. */
export function toUpload(name: string, bytes: Uint8Array, field = 'file'): Required<RawRequest> {
  const head = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${field}"; filename="${name}"\r\nContent-Type: application/octet-stream\r\n\r\n`;
  const body = Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${BOUNDARY}--\r\n`)]);
  return { method: 'POST', headers: { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` }, body };
}

/** Reads an answer's body as a JSON object, or throws. */
export function toBody(answer: RawAnswer): JsonObject {
  const body: unknown = JSON.parse(answer.bytes.toString('utf8'));
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw new Error('Not a JSON object');
  // A JSON object has string keys and whatever values.
  return body as JsonObject;
}

/** Gives the rows of a page. */
export function toRows(answer: RawAnswer): readonly JsonObject[] {
  const { data } = toBody(answer);
  if (!Array.isArray(data)) throw new Error('The body has no rows');
  return data;
}
