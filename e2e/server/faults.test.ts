import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Fault } from './faults.ts';
import { callServer, type RawAnswer, toBody, toRows, uploadBytes } from './raw-client.ts';
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

  test('empty pages in a row have cursors of their own', async () => {
    const ids = server.seed(3).map((file) => file.id);
    server.faults.inject({ on: 'list', times: 30, fault: { kind: 'emptyPage' } });
    const cursors = new Set<unknown>();
    for (let page = 0; page < 30; page += 1) {
      const asked = page === 0 ? '' : `?cursor=${[...cursors].at(-1)}`;
      cursors.add(toBody(await callServer(server, `/files${asked}`))['cursor']);
    }
    expect(cursors.size).toBe(30);
    const rows = toRows(await callServer(server, `/files?cursor=${[...cursors].at(-1)}`));
    expect(rows.map(({ id }) => id)).toEqual(ids);
  });

  test('a row too many, behind those of the page', async () => {
    const [first, second] = server.seed(2);
    const row = { id: first?.id, filename: 'again.txt' };
    injectOnList({ kind: 'addedRow', row });
    const rows = toRows(await callServer(server, '/files'));
    expect(rows.map(({ id }) => id)).toEqual([first?.id, second?.id, first?.id]);
    expect(rows.at(-1)).toEqual(row);
  });

  test('a fault that does not fit its call is a mistake of the test, and close() says so', async () => {
    const own = await startServer();
    own.faults.inject({ on: 'list', fault: { kind: 'changedRow', row: 5, omit: ['id'] } });
    await expect(callServer(own, '/files')).rejects.toThrow();
    await expect(own.close()).rejects.toThrow('The local server failed');
  });
});
