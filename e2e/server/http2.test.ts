import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type ClientHttp2Session, type ClientHttp2Stream, connect, constants } from 'node:http2';
import { get } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Authority, createAuthority, type IssuedCertificate } from './authority.ts';
import { createBufferContent } from './content.ts';
import { type LocalServer, startServer } from './server.ts';

let folder: string;
let authority: Authority;
let certificate: IssuedCertificate;
let server: LocalServer;
let client: ClientHttp2Session;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'http2-'));
  authority = await createAuthority(folder);
  certificate = await authority.issue('IP:127.0.0.1');
});

afterAll(() => rm(folder, { recursive: true }));

beforeEach(async () => {
  server = await startServer({ tls: certificate, http2: true });
  client = connect(server.baseUrl, { ca: authority.cert });
  client.on('error', () => undefined);
});

afterEach(async () => {
  client.destroy();
  await server.close();
});

function ask(path = '/files'): ClientHttp2Stream {
  const stream = client.request({ ':path': `/api/v1${path}`, authorization: `Bearer ${server.apiKey}` });
  return stream.on('error', () => undefined);
}

/** How a stream ended: 0 is well. */
function errorCodeOf(stream: ClientHttp2Stream): Promise<number | undefined> {
  stream.resume();
  return new Promise((resolve) => stream.once('close', () => resolve(stream.rstCode)));
}

const askForText = (path?: string) => text(ask(path));

test('HTTP/2 with a client that offers it, one connection for all; HTTP/1.1 with others', async () => {
  server.seed(3);
  const [first, second] = await Promise.all([askForText(), askForText()]);
  expect(JSON.parse(first)).toEqual(JSON.parse(second));
  const { authorization } = { authorization: `Bearer ${server.apiKey}` };
  const [answer] = await once(
    get(`${server.baseUrl}/key`, { ca: authority.cert, headers: { authorization } }),
    'response',
  );
  answer.resume();
  await once(answer, 'end');
  expect(server.requests.all().map(({ httpVersion, connection }) => [httpVersion, connection])).toEqual([
    ['2', 1],
    ['2', 1],
    ['1.1', 2],
  ]);
  expect(server.requests.last('key')?.status).toBe(200);
});

test('a whole upload, and its content again', async () => {
  const stream = client.request({
    ':path': '/api/v1/files',
    ':method': 'POST',
    authorization: `Bearer ${server.apiKey}`,
    'content-type': 'multipart/form-data; boundary=x',
  });
  const head = '--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n';
  stream.end(`${head}hello\r\n--x--\r\n`);
  expect(JSON.parse(await text(stream))).toMatchObject({ filename: 'a.txt', size_bytes: 5 });
  const { id } = server.files.add({ name: 'b.txt', content: createBufferContent(Buffer.from('made')) });
  expect(await askForText(`/files/${id}/content`)).toBe('made');
});

describe('faults of HTTP/2', () => {
  test('a stream that is reset ends one request and leaves the connection', async () => {
    server.faults.inject({ on: 'key', fault: { kind: 'resetStream', at: 'headers', code: 'refusedStream' } });
    expect(await errorCodeOf(ask('/key'))).toBe(constants.NGHTTP2_REFUSED_STREAM);
    expect(await errorCodeOf(ask())).toBe(constants.NGHTTP2_NO_ERROR);
    expect(server.requests.last('list')?.connection).toBe(1);
    expect(server.requests.last('key')).toMatchObject({ status: null, isAbortedByClient: false });
  });

  test('GOAWAY in an answer, which comes to its end', async () => {
    const fault = { kind: 'goAway', at: { answerBytes: 2 }, refusesThis: false } as const;
    const { id } = server.files.add({ name: 'b.txt', content: createBufferContent(Buffer.from('made')) });
    server.faults.inject({ on: 'download', fault });
    const goAway = once(client, 'goaway');
    expect(await askForText(`/files/${id}/content`)).toBe('made');
    expect((await goAway).slice(0, 2)).toEqual([constants.NGHTTP2_NO_ERROR, 1]);
  });

  test('GOAWAY before a request that it refuses', async () => {
    await askForText();
    server.faults.inject({ on: 'list', fault: { kind: 'goAway', at: 'headers', refusesThis: true } });
    const refused = errorCodeOf(ask());
    const [, lastStream] = await once(client, 'goaway');
    expect(lastStream).toBe(1);
    expect(await refused).not.toBe(constants.NGHTTP2_NO_ERROR);
  });

  test('over HTTP/1.1 they are a mistake of the test, and close() says so', async () => {
    const own = await startServer({ tls: certificate, http2: true });
    own.faults.inject({ on: 'key', fault: { kind: 'goAway', at: 'headers', refusesThis: true } });
    const request = get(`${own.baseUrl}/key`, { ca: authority.cert });
    await once(request, 'error');
    await expect(own.close()).rejects.toThrow('The local server failed');
  });
});

describe('faults of both versions', () => {
  test('a connection that is torn takes all its requests with it', async () => {
    const hang = server.faults.inject({ on: 'list', fault: { kind: 'hang', at: 'headers' } });
    const other = errorCodeOf(ask());
    await server.waitFor((request) => request.isHeld);
    server.faults.inject({ on: 'key', fault: { kind: 'reset', at: 'headers' } });
    const closed = once(client, 'close');
    ask('/key');
    await Promise.all([other, closed]);
    hang.release();
    const listed = await server.waitFor(({ connectionClosedBy }) => connectionClosedBy !== null);
    expect(listed.connectionClosedBy).toBe('server');
  });

  const downloadTruncated = (framing: 'contentLength' | 'chunked' | 'untilClose') => {
    const { id } = server.files.add({ name: 'b.txt', content: createBufferContent(Buffer.from('made')) });
    server.faults.inject({ on: 'download', fault: { kind: 'truncatedBody', afterBytes: 3, framing } });
    return ask(`/files/${id}/content`);
  };

  test.each(['chunked', 'untilClose'] as const)(
    'an answer that ends early and does not show it (%s)',
    async (framing) => expect(await text(downloadTruncated(framing))).toBe('mad'),
  );

  test('an answer that ends before the length it announced', async () => {
    // What Node's own client makes of it.
    expect(await errorCodeOf(downloadTruncated('contentLength'))).toBe(constants.NGHTTP2_PROTOCOL_ERROR);
  });

  test('a client that cancels is noted, and its connection stays', async () => {
    const hang = server.faults.inject({ on: 'key', fault: { kind: 'hang', at: 'headers' } });
    const stream = ask('/key');
    const held = await server.waitFor((request) => request.isHeld);
    stream.close(constants.NGHTTP2_CANCEL);
    await server.waitFor((request) => request.endedAt !== null);
    expect(held).toMatchObject({ isAbortedByClient: true, connectionClosedBy: null });
    hang.release();
    await askForText();
  });
});
