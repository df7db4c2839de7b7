import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AppError, AppFailure } from '#app/errors.ts';
import { createOpenRouterClient, type OpenRouterClient } from '../../main/openrouter/client.ts';
import type { FileContent } from '../../main/openrouter/content.ts';
import { createUploadTransport } from '../../main/openrouter/upload-transport.ts';
import type { Fault } from '../server/faults.ts';
import { type LocalServer, startServer } from '../server/server.ts';
import { sendOverNode } from './send-over-node.ts';

const never = new AbortController().signal;
let server: LocalServer;
let client: OpenRouterClient;

beforeEach(async () => {
  server = await startServer();
  client = toClient(server.baseUrl, server.apiKey);
});

afterEach(() => server.close());

function toClient(endpoint: string, key: string): OpenRouterClient {
  return createOpenRouterClient({
    endpoint,
    key,
    send: sendOverNode,
    uploads: createUploadTransport(),
    redact: (text) => text.replaceAll(key, '[redacted]'),
  });
}

async function errorOf(action: Promise<unknown>): Promise<AppError> {
  const failure = await action.then(
    () => undefined,
    (cause: unknown) => cause,
  );
  if (failure instanceof AppFailure) return failure.error;
  throw new Error(`Expected an AppFailure, got ${String(failure)}`);
}

describe('the listing', () => {
  it('is walked by cursor to its end', async () => {
    server.seed(2500);
    const first = await client.listFiles(null, never);
    const second = await client.listFiles(first.next, never);
    const third = await client.listFiles(second.next, never);
    expect([first, second, third].map((page) => page.files.length)).toEqual([1000, 1000, 500]);
    expect(third.next).toBeNull();
    expect(new Set([first, second, third].flatMap((page) => page.files.map((file) => file.id))).size).toBe(
      2500,
    );
  });

  it.each([
    ['without any _shape', () => Object.assign(server.settings, { shapeMarks: 'nowhere' })],
    [
      'with an unknown _shape',
      () => server.faults.inject({ on: 'list', fault: { kind: 'changedBody', set: { _shape: 'novel' } } }),
    ],
    [
      'with a new field',
      () =>
        server.faults.inject({ on: 'list', fault: { kind: 'changedBody', set: { total_of_next_year: 3 } } }),
    ],
  ])('is read %s', async (_name, change) => {
    server.seed(3);
    change();
    expect((await client.listFiles(null, never)).files).toHaveLength(3);
  });

  it.each<[string, Fault]>([
    ['a missing field', { kind: 'changedRow', row: 1, omit: ['size_bytes'] }],
    ['a size that is no integer', { kind: 'changedRow', row: 1, set: { size_bytes: 1.5 } }],
    ['a date that is none', { kind: 'changedRow', row: 1, set: { created_at: 'yesterday' } }],
    ['an id that could leave its URL', { kind: 'changedRow', row: 1, set: { id: '../key' } }],
  ])('loses only the row with %s', async (_name, fault) => {
    server.seed(3);
    server.faults.inject({ on: 'list', fault });
    const page = await client.listFiles(null, never);
    expect(page.files).toHaveLength(2);
    expect(page.unreadableRows).toBe(1);
  });

  it('that says there is more, and not how to ask for it, is not taken for whole', async () => {
    server.seed(3);
    const set = { has_more: true, cursor: null, last_id: null };
    server.faults.inject({ on: 'list', fault: { kind: 'changedBody', set } });
    expect(await errorOf(client.listFiles(null, never))).toMatchObject({ detail: 'malformed' });
  });

  it('accepts ids of the older form', async () => {
    const [file] = server.files.addAll([{ id: 'file_abc123', name: 'old.txt' }]);
    expect((await client.listFiles(null, never)).files[0]?.id).toBe(file?.id);
    expect((await client.readFile('file_abc123', never)).name).toBe('old.txt');
  });
});

describe('every row of the error table', () => {
  const failures: readonly [number, AppError][] = [
    [400, { code: 'badRequest', serverMessage: 'told' }],
    [401, { code: 'unauthorized' }],
    [402, { code: 'paymentRequired', serverMessage: 'told' }],
    [403, { code: 'forbidden', serverMessage: 'told' }],
    // The listing itself cannot be gone: that is a wrong endpoint.
    [404, { code: 'unexpectedAnswer', status: 404, detail: 'status' }],
    [408, { code: 'timedOut' }],
    [413, { code: 'fileTooLarge', sizeBytes: null }],
    [429, { code: 'rateLimited', retryAfterMs: null }],
    [500, { code: 'serverFailed', serverMessage: 'told' }],
    [502, { code: 'providerFailed', serverMessage: 'told' }],
    [503, { code: 'unavailable', retryAfterMs: null }],
    [418, { code: 'unexpectedAnswer', status: 418, detail: 'status' }],
  ];

  it.each(failures)('%i of the listing', async (status, error) => {
    server.faults.inject({ on: 'list', fault: { kind: 'status', status, message: 'told' } });
    expect(await errorOf(client.listFiles(null, never))).toEqual(error);
  });

  it.each([429, 503])('%i with Retry-After says when to come back', async (status) => {
    server.faults.inject({ on: 'list', fault: { kind: 'status', status, retryAfterSeconds: 7 } });
    expect(await errorOf(client.listFiles(null, never))).toMatchObject({ retryAfterMs: 7000 });
  });

  it('reads a Retry-After that is a date', async () => {
    const date = new Date(Date.now() + 60_000).toUTCString();
    const fault: Fault = { kind: 'status', status: 429, headers: { 'Retry-After': date } };
    server.faults.inject({ on: 'list', fault });
    const error = await errorOf(client.listFiles(null, never));
    expect(error).toMatchObject({ code: 'rateLimited' });
    if (error.code !== 'rateLimited') return;
    expect(error.retryAfterMs).toBeGreaterThan(50_000);
    expect(error.retryAfterMs).toBeLessThanOrEqual(60_000);
  });

  it('404 of one file means that it is gone', async () => {
    for (const action of [client.readFile, client.deleteFile]) {
      expect(await errorOf(action('or_file_gone', never))).toEqual({ code: 'notFound' });
    }
    expect(await errorOf(client.openContent('or_file_gone', { signal: never }))).toEqual({
      code: 'notFound',
    });
  });

  it('400 of a download means that an upload can never be downloaded', async () => {
    const [file] = server.seed(1, { generatedEvery: 0 });
    expect(await errorOf(client.openContent(file?.id ?? '', { signal: never }))).toEqual({
      code: 'notSaveable',
    });
  });

  it.each<[string, Fault, AppError]>([
    ['an HTML page', { kind: 'html' }, { code: 'providerFailed', serverMessage: '' }],
    [
      'an HTML page as success',
      { kind: 'html', status: 200 },
      { code: 'unexpectedAnswer', status: 200, detail: 'html' },
    ],
    ['an HTML 404', { kind: 'html', status: 404 }, { code: 'unexpectedAnswer', status: 404, detail: 'html' }],
    [
      'half a body',
      { kind: 'malformedJson' },
      { code: 'unexpectedAnswer', status: 200, detail: 'malformed' },
    ],
    ['no body', { kind: 'emptyBody' }, { code: 'unexpectedAnswer', status: 200, detail: 'malformed' }],
    [
      'another JSON',
      { kind: 'answer', status: 200, body: '[1]' },
      { code: 'unexpectedAnswer', status: 200, detail: 'malformed' },
    ],
    ['a torn connection', { kind: 'reset', at: 'headers' }, { code: 'connectionLost' }],
    [
      'a body that ends early',
      { kind: 'truncatedBody', afterBytes: 5, framing: 'contentLength' },
      { code: 'connectionLost' },
    ],
  ])('tells %s apart', async (_name, fault, error) => {
    server.seed(1);
    server.faults.inject({ on: 'list', fault });
    expect(await errorOf(client.listFiles(null, never))).toEqual(error);
  });

  it('follows no redirect with the key', async () => {
    const other = await startServer();
    server.faults.inject({ on: 'list', fault: { kind: 'redirect', location: `${other.baseUrl}/files` } });
    expect(await errorOf(client.listFiles(null, never))).toEqual({
      code: 'unexpectedAnswer',
      status: 302,
      detail: 'redirect',
    });
    expect(other.requests.all()).toEqual([]);
    await other.close();
  });

  it('says offline when nobody listens', async () => {
    await server.goOffline();
    expect(await errorOf(client.listFiles(null, never))).toEqual({ code: 'offline' });
  });

  it('ends at once when it is cancelled', async () => {
    server.faults.inject({ on: 'list', fault: { kind: 'hang', at: 'headers' } });
    const controller = new AbortController();
    const error = errorOf(client.listFiles(null, controller.signal));
    await server.waitFor((request) => request.isHeld);
    controller.abort();
    expect(await error).toEqual({ code: 'cancelled' });
  });

  it('keeps the key out of what the server says', async () => {
    const message = `Bad key ${server.apiKey}`;
    server.faults.inject({ on: 'list', fault: { kind: 'status', status: 500, message } });
    const error = await errorOf(client.listFiles(null, never));
    expect(JSON.stringify(error)).not.toContain(server.apiKey);
  });
});

describe('opening content', () => {
  const answer = (status: number, headers: Readonly<Record<string, string>>, body = '56789'): Fault => ({
    kind: 'answer',
    status,
    headers,
    body,
    at: 'headers',
  });
  const open = (fromByte?: number) =>
    client.openContent('or_file_1', { signal: never, ...(fromByte === undefined ? {} : { fromByte }) });
  const bytesOf = async ({ body }: FileContent) => Buffer.concat(await body.toArray()).toString('latin1');

  it('asks for no part and no compression from the start', async () => {
    server.faults.inject({ on: 'download', fault: answer(200, {}, '0123456789') });
    const content = await open();
    expect(content).toMatchObject({ announcedBytes: 10, startByte: 0, totalBytes: 10 });
    expect(await bytesOf(content)).toBe('0123456789');
    const { headers } = server.requests.last('download') ?? {};
    expect(headers).toMatchObject({ 'accept-encoding': 'identity' });
    expect(headers).not.toHaveProperty('range');
  });

  it.each([
    ['bytes 5-9/10', 10],
    ['bytes 5-9/*', null],
  ])('starts at the byte asked for when the server proves it: %s', async (range, totalBytes) => {
    server.faults.inject({ on: 'download', fault: answer(206, { 'Content-Range': range }) });
    const content = await open(5);
    expect(content).toMatchObject({ announcedBytes: 5, startByte: 5, totalBytes });
    expect(await bytesOf(content)).toBe('56789');
    expect(server.requests.last('download')?.headers['range']).toBe('bytes=5-');
  });

  it('starts anew when the server sends all of it', async () => {
    server.faults.inject({ on: 'download', fault: answer(200, {}, '0123456789') });
    const content = await open(5);
    expect(content).toMatchObject({ announcedBytes: 10, startByte: 0, totalBytes: 10 });
    content.body.destroy();
  });

  it('asks once more, for all of it, when the server has no such part', async () => {
    server.faults.inject({ on: 'download', fault: answer(416, {}) });
    server.faults.inject({ on: 'download', from: 2, fault: answer(200, {}, '0123456789') });
    const content = await open(5);
    expect(content).toMatchObject({ startByte: 0, totalBytes: 10 });
    expect(server.requests.all('download').map(({ headers }) => headers['range'])).toEqual([
      'bytes=5-',
      undefined,
    ]);
    content.body.destroy();
  });

  it.each([
    ['elsewhere', 'bytes 4-8/10'],
    ['nowhere', undefined],
    ['in other units', 'lines 5-9/10'],
    ['and ends before it', 'bytes 5-4/10'],
    ['and ends behind the end', 'bytes 5-9/9'],
    ['with another length', 'bytes 5-8/10'],
    ['in parts', 'bytes 5-6,8-9/10'],
  ])('believes no part that starts %s: %s', async (_name, range) => {
    const headers: Readonly<Record<string, string>> = range === undefined ? {} : { 'Content-Range': range };
    server.faults.inject({ on: 'download', fault: answer(206, headers) });
    expect(await errorOf(open(5))).toEqual({ code: 'unexpectedAnswer', status: 206, detail: 'malformed' });
  });

  it('believes no part that nobody asked for', async () => {
    server.faults.inject({
      on: 'download',
      fault: answer(206, { 'Content-Range': 'bytes 0-4/10' }),
    });
    expect(await errorOf(open())).toEqual({ code: 'unexpectedAnswer', status: 206, detail: 'malformed' });
  });
});

describe('checking a key', () => {
  it('gives the server’s abbreviation of it', async () => {
    expect(await client.checkKey(never)).toBe(server.key.label);
  });

  it('asks for one row of the listing where a key may not read itself', async () => {
    const { key } = server.keys.add({ canReadKey: false });
    expect(await toClient(server.baseUrl, key).checkKey(never)).toBeNull();
    expect(server.requests.last('list')?.query).toEqual({ limit: '1' });
  });

  it('refuses an unknown key', async () => {
    expect(await errorOf(toClient(server.baseUrl, 'sk-or-v1-wrong').checkKey(never))).toEqual({
      code: 'unauthorized',
    });
  });

  it('tells a wrong endpoint from a deleted file', async () => {
    const fault: Fault = { kind: 'status', status: 404 };
    server.faults.inject({ on: 'any', times: Number.POSITIVE_INFINITY, fault });
    expect(await errorOf(client.checkKey(never))).toEqual({
      code: 'unexpectedAnswer',
      status: 404,
      detail: 'status',
    });
  });

  it('sends the attribution that the API asks of apps', async () => {
    await client.checkKey(never);
    expect(server.requests.last('key')?.headers).toMatchObject({
      'x-openrouter-title': 'Files for OpenRouter',
    });
  });
});
