import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createBufferContent } from './content.ts';
import type { Fault } from './faults.ts';
import { callServer, openRequest, type RawAnswer, toRows, toUpload, uploadBytes } from './raw-client.ts';
import { type LocalServer, startServer } from './server.ts';

const BYTES = Buffer.from('0123456789'.repeat(100));

let server: LocalServer;

beforeEach(async () => {
  server = await startServer();
});

afterEach(async () => {
  await server.close();
});

/** Downloads a file of 1,000 bytes with a fault in the way. */
function download(fault: Fault): Promise<RawAnswer> {
  const file = server.files.add({ name: 'r.txt', content: createBufferContent(BYTES) });
  server.faults.inject({ on: 'download', fault });
  return callServer(server, `/files/${file.id}/content`);
}

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

  test('online again waits for its port while another has it', async () => {
    await server.goOffline();
    const port = Number(new URL(server.baseUrl).port);
    const other = createServer((socket) => socket.destroy()).listen(port, '127.0.0.1');
    await once(other, 'listening');
    const online = server.goOnline();
    // By the time that a connection stands the server has been refused its port.
    await once(connect(port, '127.0.0.1'), 'connect');
    other.close();
    await online;
    expect((await callServer(server, '/files')).status).toBe(200);
  });
});
