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
    bench.server.faults.inject({ on: 'list', fault: { kind: 'status', status, message: 'told' } });
    expect(await errorOf(bench.client.listFiles(null, never))).toEqual(error);
  });

  it.each([429, 503])('%i with Retry-After says when to come back', async (status) => {
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
