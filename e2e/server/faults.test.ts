import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createBufferContent } from './content.ts';
import type { Fault } from './faults.ts';
import {
  callServer,
  openRequest,
  type RawAnswer,
  toBody,
  toRows,
  toUpload,
  uploadBytes,
} from './raw-client.ts';
import { type LocalServer, startServer } from './server.ts';

const BYTES = Buffer.from('0123456789'.repeat(100));

let server: LocalServer;

beforeEach(async () => {
  server = await startServer();
});

afterEach(async () => {
  await server.close();
});

function injectOnList(fault: Fault): void {
  server.faults.inject({ on: 'list', fault });
}

/** Downloads a file of 1,000 bytes with a fault in the way. */
function download(fault: Fault): Promise<RawAnswer> {
  const file = server.files.add({ name: 'r.txt', content: createBufferContent(BYTES) });
  server.faults.inject({ on: 'download', fault });
  return callServer(server, `/files/${file.id}/content`);
}

describe('which calls are hit', () => {
  test('from the nth on, so many times, of the matching ones only', async () => {
    const fault = server.faults.inject({
      on: 'list',
      from: 2,
      times: 2,
      matching: (request) => request.query['limit'] === '5',
      fault: { kind: 'status', status: 500 },
    });
    const statuses: number[] = [];
    for (const query of ['limit=5', 'limit=6', 'limit=5', 'limit=6', 'limit=5', 'limit=5']) {
      statuses.push((await callServer(server, `/files?${query}`)).status);
    }
    expect(statuses).toEqual([200, 200, 500, 200, 500, 200]);
    expect(fault.hits).toBe(2);
  });

  test('every call of any operation, until removed', async () => {
    const fault = server.faults.inject({
      on: 'any',
      times: Number.POSITIVE_INFINITY,
      fault: { kind: 'status', status: 503, at: 'headers' },
    });
    for (const path of ['/files', '/key', '/nowhere'])
      expect((await callServer(server, path)).status).toBe(503);
    fault.remove();
    expect((await callServer(server, '/files')).status).toBe(200);
    expect(server.requests.all().map((request) => request.fault)).toEqual([
      'status',
      'status',
      'status',
      null,
    ]);
  });
});

describe('answers in place of the own one', () => {
  test.each([
    [400, { error: { code: 400, message: 'Invalid request parameters' } }],
    [401, { error: { code: 401, message: 'Missing Authentication header' } }],
    [403, { error: { code: 403, message: 'Only management keys can perform this operation' } }],
    [404, { error: { code: 404, message: 'Resource not found' } }],
    [413, { error: { code: 413, message: 'Request payload too large' } }],
    [
      429,
      {
        error: { code: 429, message: 'Rate limit exceeded', metadata: { error_type: 'rate_limit_exceeded' } },
      },
    ],
    [500, { error: { code: 500, message: 'Internal Server Error' } }],
    [502, { error: { code: 502, message: 'Provider returned error' } }],
    [
      503,
      {
        error: { code: 503, message: 'Service temporarily unavailable' },
        user_id: 'user_abc',
        openrouter_metadata: null,
      },
    ],
  ])('%i has the body of the specification', async (status, body) => {
    injectOnList({ kind: 'status', status });
    const answer = await callServer(server, '/files');
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toBe('application/json');
    expect(toBody(answer)).toEqual(body);
    expect(answer.headers['retry-after']).toBeUndefined();
    expect(answer.headers['x-ratelimit-remaining']).toBe(status === 429 ? '0' : undefined);
  });

  test('a status has a message, metadata, user id and headers of its own if told', async () => {
    injectOnList({
      kind: 'status',
      status: 429,
      message: 'Slow down',
      metadata: null,
      userId: null,
      openrouterMetadata: { region: 'iad' },
      retryAfterSeconds: 7,
      headers: { 'x-trace': 'abc' },
    });
    const answer = await callServer(server, '/files');
    expect(toBody(answer)).toEqual({
      error: { code: 429, message: 'Slow down', metadata: null },
      user_id: null,
      openrouter_metadata: { region: 'iad' },
    });
    expect(answer.headers).toMatchObject({ 'retry-after': '7', 'x-ratelimit-limit': '20', 'x-trace': 'abc' });
  });

  test('HTML, malformed JSON, nothing at all, anything', async () => {
    const answers: RawAnswer[] = [];
    for (const fault of [
      { kind: 'html' },
      { kind: 'malformedJson' },
      { kind: 'emptyBody' },
      { kind: 'answer', status: 418, headers: { 'content-type': 'text/plain' }, body: 'teapot' },
    ] as const) {
      injectOnList(fault);
      answers.push(await callServer(server, '/files'));
    }
    const [html, malformed, empty, teapot] = answers.map((answer) => answer.bytes.toString());
    expect(answers.map((answer) => answer.status)).toEqual([502, 200, 200, 418]);
    expect(answers.every((answer) => answer.isComplete)).toBe(true);
    expect(html).toMatch(/^<!DOCTYPE html>/);
    expect(malformed).toMatch(/^\{"_shape/);
    expect(() => JSON.parse(malformed ?? '')).toThrow(SyntaxError);
    expect(empty).toBe('');
    expect(teapot).toBe('teapot');
  });

  test('a redirect to another host', async () => {
    const elsewhere = await startServer();
    injectOnList({ kind: 'redirect', location: `${elsewhere.baseUrl}/files` });
    const answer = await callServer(server, '/files');
    expect(answer.status).toBe(302);
    expect(answer.headers.location).toBe(`${elsewhere.baseUrl}/files`);
    expect(elsewhere.requests.all()).toEqual([]);
    await elsewhere.close();
  });

  test('before the action nothing has happened, after it everything has', async () => {
    server.faults.inject({ on: 'upload', fault: { kind: 'status', status: 502 } });
    expect((await uploadBytes(server, 'a.txt', BYTES)).status).toBe(502);
    expect(server.files.size).toBe(0);
    server.faults.inject({ on: 'upload', fault: { kind: 'status', status: 502, at: 'applied' } });
    expect((await uploadBytes(server, 'a.txt', BYTES)).status).toBe(502);
    expect(server.files.named('a.txt')).toHaveLength(1);
    server.faults.inject({ on: 'delete', fault: { kind: 'reset', at: 'applied' } });
    const [file] = server.files.all();
    await expect(callServer(server, `/files/${file?.id}`, { method: 'DELETE' })).rejects.toThrow(
      /hang up|RESET/,
    );
    expect(server.files.size).toBe(0);
  });
});

describe('connections that break or hang', () => {
  test('a reset after so many bytes of the answer: exactly those were sent', async () => {
    const answer = await download({ kind: 'reset', at: { answerBytes: 700 } });
    expect(answer.isComplete).toBe(false);
    const logged = await server.waitFor((request) => request.endedAt !== null);
    expect(logged).toMatchObject({ bytesSent: 700, isAbortedByClient: false, connectionClosedBy: 'server' });
  });

  test('a reset after so many bytes of the request leaves no file', async () => {
    server.faults.inject({ on: 'upload', fault: { kind: 'reset', at: { requestBytes: 500_000 } } });
    await expect(uploadBytes(server, 'a.txt', Buffer.alloc(20_000_000, 'a'))).rejects.toThrow();
    const logged = await server.waitFor((request) => request.endedAt !== null);
    expect(logged.bytesReceived).toBeGreaterThanOrEqual(500_000);
    expect(logged.bytesReceived).toBeLessThan(700_000);
    expect(server.files.size).toBe(0);
  });

  test('a hang in a download holds at its byte, and goes on when released', async () => {
    const file = server.files.add({ name: 'r.txt', content: createBufferContent(BYTES) });
    const hang = server.faults.inject({ on: 'download', fault: { kind: 'hang', at: { answerBytes: 300 } } });
    const running = callServer(server, `/files/${file.id}/content`);
    const held = await server.waitFor((request) => request.isHeld);
    expect(held).toMatchObject({ bytesSent: 300, status: 200, endedAt: null });
    hang.release();
    expect((await running).bytes).toEqual(BYTES);
    expect(held.isHeld).toBe(false);
  });

  test('a hang in an upload holds the client back, and goes on when released', async () => {
    const hang = server.faults.inject({
      on: 'upload',
      fault: { kind: 'hang', at: { requestBytes: 200_000 } },
    });
    const running = uploadBytes(server, 'a.txt', Buffer.alloc(50_000_000, 'a'));
    const held = await server.waitFor((request) => request.isHeld);
    expect(held.bytesReceived).toBeLessThan(400_000);
    hang.release();
    expect((await running).status).toBe(200);
  });

  test('a hang before the answer shows when the client leaves', async () => {
    server.faults.inject({ on: 'upload', fault: { kind: 'hang', at: 'applied' } });
    const { headers, body } = toUpload('a.txt', BYTES);
    const request = openRequest(server, '/files', { method: 'POST', headers });
    request.on('error', () => undefined);
    request.end(body);
    await server.waitFor((logged) => logged.isHeld);
    expect(server.files.size).toBe(1);
    request.destroy();
    const logged = await server.waitFor((entry) => entry.connectionClosedBy === 'client');
    expect(logged).toMatchObject({ status: null, isAbortedByClient: true, isHeld: false });
  });

  test('closing ends what hangs', async () => {
    server.faults.inject({ on: 'list', fault: { kind: 'hang', at: 'headers' } });
    const running = callServer(server, '/files');
    const failed = expect(running).rejects.toThrow(/hang up|RESET/);
    await server.waitFor((logged) => logged.isHeld);
    await server.close();
    await failed;
  });
});

describe('bodies of another length', () => {
  test.each([
    ['contentLength', false, '1000'],
    ['chunked', false, undefined],
    ['untilClose', true, undefined],
  ] as const)('truncated, framed by %s', async (framing, isComplete, contentLength) => {
    const answer = await download({ kind: 'truncatedBody', afterBytes: 400, framing });
    expect(answer.bytes).toEqual(BYTES.subarray(0, 400));
    expect(answer.isComplete).toBe(isComplete);
    expect(answer.headers['content-length']).toBe(contentLength);
    const logged = await server.waitFor((request) => request.connectionClosedBy !== null);
    expect(logged).toMatchObject({ connectionClosedBy: 'server', isAbortedByClient: false, bytesSent: 400 });
  });

  test.each([
    [200, 1200],
    [-200, 800],
  ])('resized by %i, truthfully', async (byBytes, sizeBytes) => {
    const answer = await download({ kind: 'resizedBody', byBytes });
    expect(answer.headers['content-length']).toBe(String(sizeBytes));
    expect(answer.bytes).toHaveLength(sizeBytes);
    expect(answer.isComplete).toBe(true);
  });

  test('a Content-Length that is too large leaves the answer open-ended', async () => {
    const answer = await download({ kind: 'wrongContentLength', byBytes: 5 });
    expect(answer.headers['content-length']).toBe('1005');
    expect(answer.bytes).toEqual(BYTES);
    expect(answer.isComplete).toBe(false);
  });

  test('a Content-Length that is too small sends more than it says', async () => {
    const file = server.files.add({ name: 'r.txt', content: createBufferContent(BYTES) });
    server.faults.inject({ on: 'download', fault: { kind: 'wrongContentLength', byBytes: -5 } });
    // Node's client gives up at the first byte too many, so the wire itself is looked at.
    const socket = connect(Number(new URL(server.baseUrl).port), '127.0.0.1');
    socket.write(`GET /api/v1/files/${file.id}/content HTTP/1.1\r\nHost: localhost\r\n`);
    socket.write(`Authorization: Bearer ${server.apiKey}\r\n\r\n`);
    const [head = '', body] = (await text(socket)).split('\r\n\r\n');
    expect(head.toLowerCase()).toContain('content-length: 995');
    expect(body).toBe(BYTES.toString());
  });
});

describe('pages that mislead', () => {
  test('rows with a field missing or changed, and a body with one', async () => {
    server.seed(3);
    injectOnList({ kind: 'changedRow', row: 1, omit: ['size_bytes', '_shape'], set: { filename: 7 } });
    const [before, changed, after] = toRows(await callServer(server, '/files'));
    expect(Object.keys(changed ?? {})).toEqual([
      'id',
      'type',
      'filename',
      'mime_type',
      'created_at',
      'downloadable',
    ]);
    expect(changed?.['filename']).toBe(7);
    expect([before, after].map((row) => typeof row?.['size_bytes'])).toEqual(['number', 'number']);
    injectOnList({ kind: 'changedRow', row: 0, set: { size_bytes: 1.5, _shape: 'unheard-of' } });
    expect(toRows(await callServer(server, '/files'))[0]).toMatchObject({
      size_bytes: 1.5,
      _shape: 'unheard-of',
    });
    injectOnList({ kind: 'changedBody', omit: ['_shape'], set: { has_more: 'yes' } });
    const body = toBody(await callServer(server, '/files'));
    expect(body).not.toHaveProperty('_shape');
    expect(body['has_more']).toBe('yes');
  });

  test('a cursor that repeats itself for ever', async () => {
    server.seed(30);
    server.faults.inject({ on: 'list', times: Number.POSITIVE_INFINITY, fault: { kind: 'repeatedCursor' } });
    const first = toBody(await callServer(server, '/files?limit=10'));
    const second = toBody(await callServer(server, `/files?limit=10&cursor=${first['cursor']}`));
    const third = toBody(await callServer(server, `/files?limit=10&cursor=${second['cursor']}`));
    expect(second['cursor']).toBe(first['cursor']);
    expect(third).toEqual(second);
    expect(third['has_more']).toBe(true);
  });

  test.each([0, 10])('an empty page after %i rows has a new cursor that loses none', async (rowsBefore) => {
    const ids = server.seed(20).map((file) => file.id);
    const asked =
      rowsBefore === 0 ? '' : `&cursor=${toBody(await callServer(server, '/files?limit=10'))['cursor']}`;
    injectOnList({ kind: 'emptyPage' });
    const empty = toBody(await callServer(server, `/files?limit=10${asked}`));
    expect(empty).toMatchObject({ data: [], has_more: true, first_id: null, last_id: null });
    expect(`&cursor=${empty['cursor']}`).not.toBe(asked);
    const next = toRows(await callServer(server, `/files?limit=100&cursor=${empty['cursor']}`));
    expect(next.map(({ id }) => id)).toEqual(ids.slice(rowsBefore));
  });

  test('a fault that does not fit its call is a mistake of the test, and close() says so', async () => {
    const own = await startServer();
    own.faults.inject({ on: 'list', fault: { kind: 'changedRow', row: 5, omit: ['id'] } });
    await expect(callServer(own, '/files')).rejects.toThrow();
    await expect(own.close()).rejects.toThrow('The local server failed');
  });
});

describe('speed', () => {
  test('latency delays the answer', async () => {
    server.settings.latencyMs = { any: 5, list: 80 };
    const started = performance.now();
    await callServer(server, '/files');
    expect(performance.now() - started).toBeGreaterThanOrEqual(79);
  });

  test('bytes per second slow both directions down', async () => {
    server.settings.bytesPerSecond = { request: 1_000_000, answer: 10_000 };
    let started = performance.now();
    await uploadBytes(server, 'a.txt', Buffer.alloc(200_000, 'a'));
    expect(performance.now() - started).toBeGreaterThanOrEqual(199);
    started = performance.now();
    const file = server.files.add({ name: 'r.txt', content: createBufferContent(BYTES) });
    expect((await callServer(server, `/files/${file.id}/content`)).bytes).toEqual(BYTES);
    expect(performance.now() - started).toBeGreaterThanOrEqual(99);
  });

  test('offline refuses connections; online again has the same port and files', async () => {
    server.seed(2);
    await server.goOffline();
    await expect(callServer(server, '/files')).rejects.toThrow('ECONNREFUSED');
    await server.goOnline();
    expect(toRows(await callServer(server, '/files'))).toHaveLength(2);
  });
});

test('closing leaves no timer and no socket behind', async () => {
  const count = (kind: string) => process.getActiveResourcesInfo().filter((one) => one === kind).length;
  const timersBefore = count('Timeout');
  const own = await startServer();
  own.settings.latencyMs = { any: 60_000 };
  const failed = expect(callServer(own, '/files')).rejects.toThrow(/hang up|RESET/);
  await own.waitFor((logged) => logged.operation === 'list');
  expect(count('Timeout')).toBe(timersBefore + 1);
  await own.close();
  await failed;
  expect(count('Timeout')).toBe(timersBefore);
  // The server of beforeEach still listens.
  expect(count('TCPServerWrap')).toBe(1);
});
