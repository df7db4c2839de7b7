import { describe, expect, it } from 'vitest';
import type { AppError } from '#app/errors.ts';
import type { Fault } from '../server/faults.ts';
import { startServer } from '../server/server.ts';
import { errorOf, never, setUpClient } from './client-bench.ts';

const bench = setUpClient();

describe('every row of the error table', () => {
  const failures: readonly [number, AppError][] = [
    [400, { code: 'badRequest', serverMessage: 'told' }],
    [401, { code: 'unauthorized' }],
    [402, { code: 'paymentRequired', serverMessage: 'told' }],
    [403, { code: 'forbidden', serverMessage: 'told' }],
    // The listing itself cannot be gone: the key belongs elsewhere, or the endpoint is wrong.
    [404, { code: 'keyWithoutFiles', serverMessage: 'told' }],
    [408, { code: 'timedOut' }],
    [413, { code: 'fileTooLarge', sizeBytes: null, limitBytes: 104_857_600 }],
    [429, { code: 'rateLimited', retryAfterMs: null }],
    [500, { code: 'serverFailed', serverMessage: 'told' }],
    [502, { code: 'providerFailed', serverMessage: 'told' }],
    [503, { code: 'unavailable', retryAfterMs: null }],
    [409, { code: 'unexpectedAnswer', status: 409, detail: 'status', serverMessage: 'told' }],
    [415, { code: 'unexpectedAnswer', status: 415, detail: 'status', serverMessage: 'told' }],
    [418, { code: 'unexpectedAnswer', status: 418, detail: 'status', serverMessage: 'told' }],
    [422, { code: 'unexpectedAnswer', status: 422, detail: 'status', serverMessage: 'told' }],
    [425, { code: 'unavailable', retryAfterMs: null }],
    [499, { code: 'connectionLost' }],
    [507, { code: 'serverFailed', serverMessage: 'told' }],
    [520, { code: 'providerFailed', serverMessage: 'told' }],
    [521, { code: 'unavailable', retryAfterMs: null }],
    [522, { code: 'timedOut' }],
    [523, { code: 'unavailable', retryAfterMs: null }],
    [524, { code: 'timedOut' }],
    [525, { code: 'unavailable', retryAfterMs: null }],
    [526, { code: 'unavailable', retryAfterMs: null }],
    [529, { code: 'unavailable', retryAfterMs: null }],
    [530, { code: 'unavailable', retryAfterMs: null }],
  ];

  it.each(failures)('%i of the listing', async (status, error) => {
    bench.server.faults.inject({ on: 'list', fault: { kind: 'status', status, message: 'told' } });
    expect(await errorOf(bench.client.listFiles(null, never))).toEqual(error);
  });

  it.each([429, 503, 529])('%i with Retry-After says when to come back', async (status) => {
    bench.server.faults.inject({ on: 'list', fault: { kind: 'status', status, retryAfterSeconds: 7 } });
    expect(await errorOf(bench.client.listFiles(null, never))).toMatchObject({ retryAfterMs: 7000 });
  });

  it('reads a Retry-After that is a date', async () => {
    const date = new Date(Date.now() + 60_000).toUTCString();
    const fault: Fault = { kind: 'status', status: 429, headers: { 'Retry-After': date } };
    bench.server.faults.inject({ on: 'list', fault });
    const error = await errorOf(bench.client.listFiles(null, never));
    expect(error).toMatchObject({ code: 'rateLimited' });
    if (error.code !== 'rateLimited') return;
    expect(error.retryAfterMs).toBeGreaterThan(50_000);
    expect(error.retryAfterMs).toBeLessThanOrEqual(60_000);
  });

  it.each([
    '{"error":{"message":"No such purpose"}}',
    '{"error":"No such purpose"}',
    '{"message":"No such purpose"}',
    '{"detail":"No such purpose"}',
    '{"detail":[{"loc":["body"],"msg":"No such purpose","type":"missing"}]}',
    '{"type":"about:blank","title":"Conflict","detail":"No such purpose"}',
    '{"status":409,"error":"Conflict","message":"No such purpose"}',
    '{"errors":[{"message":"No such purpose"}]}',
    '\uFEFF{"message":"No such purpose"}',
  ])('quotes the server’s own words in %s', async (body) => {
    for (const status of [400, 409, 415, 422]) {
      bench.server.faults.inject({ on: 'list', fault: { kind: 'answer', status, body } });
      expect(await errorOf(bench.client.listFiles(null, never))).toMatchObject({
        serverMessage: 'No such purpose',
      });
    }
  });

  it('quotes words that are no JSON only where the answer says that they are text', async () => {
    for (const [type, serverMessage] of [
      ['text/plain; charset=utf-8', 'Wrong door'],
      ['application/octet-stream', ''],
    ] as const) {
      const headers = { 'Content-Type': type };
      const fault: Fault = { kind: 'answer', status: 409, headers, body: 'Wrong door\n' };
      bench.server.faults.inject({ on: 'list', fault });
      expect(await errorOf(bench.client.listFiles(null, never))).toMatchObject({ serverMessage });
    }
  });

  it('reads a listing that begins with a byte order mark', async () => {
    const body = '\uFEFF{"data":[],"has_more":false}';
    bench.server.faults.inject({ on: 'list', fault: { kind: 'answer', status: 200, body } });
    expect(await bench.client.listFiles(null, never)).toMatchObject({ files: [], next: null });
  });

  it('404 of one file means that it is gone', async () => {
    for (const action of [bench.client.readFile, bench.client.deleteFile]) {
      expect(await errorOf(action('or_file_gone', never))).toEqual({ code: 'notFound' });
    }
    expect(await errorOf(bench.client.openContent('or_file_gone', { signal: never }))).toEqual({
      code: 'notFound',
    });
  });

  it('400 of a download means that an upload can never be downloaded', async () => {
    const [file] = bench.server.seed(1, { generatedEvery: 0 });
    expect(await errorOf(bench.client.openContent(file?.id ?? '', { signal: never }))).toEqual({
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
    bench.server.seed(1);
    bench.server.faults.inject({ on: 'list', fault });
    expect(await errorOf(bench.client.listFiles(null, never))).toEqual(error);
  });

  it('follows no redirect with the key', async () => {
    const other = await startServer();
    bench.server.faults.inject({
      on: 'list',
      fault: { kind: 'redirect', location: `${other.baseUrl}/files` },
    });
    expect(await errorOf(bench.client.listFiles(null, never))).toEqual({
      code: 'unexpectedAnswer',
      status: 302,
      detail: 'redirect',
    });
    expect(other.requests.all()).toEqual([]);
    await other.close();
  });

  it('says offline when nobody listens', async () => {
    await bench.server.goOffline();
    expect(await errorOf(bench.client.listFiles(null, never))).toEqual({ code: 'offline' });
  });

  it('ends at once when it is cancelled', async () => {
    bench.server.faults.inject({ on: 'list', fault: { kind: 'hang', at: 'headers' } });
    const controller = new AbortController();
    const error = errorOf(bench.client.listFiles(null, controller.signal));
    await bench.server.waitFor((request) => request.isHeld);
    controller.abort();
    expect(await error).toEqual({ code: 'cancelled' });
  });

  it('keeps the key out of what the server says', async () => {
    const message = `Bad key ${bench.server.apiKey}`;
    bench.server.faults.inject({ on: 'list', fault: { kind: 'status', status: 500, message } });
    const error = await errorOf(bench.client.listFiles(null, never));
    expect(JSON.stringify(error)).not.toContain(bench.server.apiKey);
  });
});
