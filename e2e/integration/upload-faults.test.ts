import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AppError } from '#app/errors.ts';
import type { BodyReach } from '../../main/file-store/upload-failure.ts';
import { createMultipartFrame } from '../../main/openrouter/multipart.ts';
import type { Transport } from '../../main/openrouter/transport.ts';
import type { Fault, Moment } from '../server/faults.ts';
import { type LocalServer, startServer } from '../server/server.ts';
import { failureOf, keepUploads, send, text } from './upload-setup.ts';

const SMALL_BYTES = 10_000;
const LARGE_BYTES = 20_000_000;
/** Far more than the system takes from a sender before the server has read it. */
const HUGE_BYTES = 64_000_000;
const FRAME = createMultipartFrame('notes.txt', `files-for-openrouter-${randomUUID()}`);
const LAST_BYTE = FRAME.head.length + LARGE_BYTES + FRAME.tail.length;

const { createTransport, openFile } = keepUploads();
let server: LocalServer;
let transport: Transport;

beforeEach(async () => {
  server = await startServer();
  transport = createTransport();
});

afterEach(() => server.close());

describe('a connection that is torn', () => {
  it.each<[string, number, Moment, BodyReach]>([
    ['before the body', LARGE_BYTES, 'headers', 'part'],
    ['after one byte', LARGE_BYTES, { requestBytes: 1 }, 'part'],
    ['in the middle', HUGE_BYTES, { requestBytes: 10_000_000 }, 'part'],
    ['at the last byte', LARGE_BYTES, { requestBytes: LAST_BYTE }, 'all'],
    ['after the body', LARGE_BYTES, 'body', 'all'],
    ['before the answer', LARGE_BYTES, 'applied', 'all'],
    ['before the body', SMALL_BYTES, 'headers', 'all'],
    ['after the body', SMALL_BYTES, 'body', 'all'],
    ['before the answer', SMALL_BYTES, 'applied', 'all'],
  ])('%s, of %i bytes', async (_name, sizeBytes, at, reached) => {
    server.faults.inject({ on: 'upload', fault: { kind: 'reset', at } });
    const failure = await failureOf(send(transport, server, await openFile(text(sizeBytes))));
    expect(failure).toEqual({ error: { code: 'connectionLost' }, reached });
    expect(server.requests.all('upload')).toHaveLength(1);
    expect(server.files.size).toBe(at === 'applied' ? 1 : 0);
  });

  it('never is a connection: nothing was sent', async () => {
    await server.goOffline();
    const failure = await failureOf(send(transport, server, await openFile(text(LARGE_BYTES))));
    expect(failure).toEqual({ error: { code: 'offline' }, reached: 'nothing' });
    await server.goOnline();
    await send(transport, server, await openFile('hello'));
  });
});

describe('a server that falls silent', () => {
  it.each<[string, number, Moment, BodyReach]>([
    ['before the body', LARGE_BYTES, 'headers', 'part'],
    ['in the middle', LARGE_BYTES, { requestBytes: 1_000_000 }, 'part'],
    ['after the body', LARGE_BYTES, 'body', 'all'],
    ['before the answer', SMALL_BYTES, 'applied', 'all'],
  ])('%s, of %i bytes, is not waited for without end', async (_name, sizeBytes, at, reached) => {
    server.faults.inject({ on: 'upload', fault: { kind: 'hang', at } });
    // What comes to its end must not stall on its way there.
    const stallMs = reached === 'all' ? 2000 : 300;
    const impatient = createTransport({ timeouts: { stallMs, answerMs: 300 } });
    const failure = await failureOf(send(impatient, server, await openFile(text(sizeBytes))));
    expect(failure).toEqual({ error: { code: 'timedOut' }, reached });
  });

  it('has longer for its answer than for a piece of the body', async () => {
    server.settings.latencyMs.upload = 2000;
    const patient = createTransport({ timeouts: { stallMs: 1000, answerMs: 20_000 } });
    expect((await send(patient, server, await openFile('hello'))).sizeBytes).toBe(5);
  });

  it('is not given up while it takes the body slowly', async () => {
    server.settings.bytesPerSecond.request = LARGE_BYTES / 2;
    const impatient = createTransport({ timeouts: { stallMs: 1000 } });
    const stored = await send(impatient, server, await openFile(text(LARGE_BYTES)));
    expect(stored.sizeBytes).toBe(LARGE_BYTES);
  });
});

describe('an answer that is a failure', () => {
  it.each<[number, string, BodyReach]>([
    [400, 'invalidFile', 'nothing'],
    [401, 'unauthorized', 'nothing'],
    [402, 'paymentRequired', 'nothing'],
    [403, 'uploadForbidden', 'nothing'],
    [413, 'fileTooLarge', 'nothing'],
    [429, 'rateLimited', 'nothing'],
    [415, 'invalidFile', 'nothing'],
    [422, 'unexpectedAnswer', 'nothing'],
    [408, 'timedOut', 'all'],
    [409, 'unexpectedAnswer', 'all'],
    [425, 'unavailable', 'all'],
    [499, 'connectionLost', 'all'],
    [500, 'serverFailed', 'all'],
    [502, 'providerFailed', 'all'],
    [503, 'unavailable', 'all'],
    [504, 'timedOut', 'all'],
  ])('%i is %s', async (status, code, reached) => {
    server.faults.inject({ on: 'upload', fault: { kind: 'status', status, at: 'body' } });
    const failure = await failureOf(send(transport, server, await openFile('hello')));
    expect(failure).toMatchObject({ error: { code }, reached });
    expect(server.requests.all('upload')).toHaveLength(1);
  });

  it.each([429, 503])('%i says when to come back', async (status) => {
    server.faults.inject({ on: 'upload', fault: { kind: 'status', status, retryAfterSeconds: 7 } });
    const { error } = await failureOf(send(transport, server, await openFile('hello')));
    expect(error).toMatchObject({ retryAfterMs: 7000 });
  });

  it.each<[number, BodyReach]>([
    [401, 'nothing'],
    [403, 'nothing'],
    [413, 'nothing'],
    [429, 'nothing'],
    [500, 'part'],
    [502, 'part'],
    [503, 'part'],
  ])('%i is read while the body is still being sent', async (status, reached) => {
    server.faults.inject({ on: 'upload', fault: { kind: 'status', status, at: 'headers' } });
    server.settings.bytesPerSecond.request = 50_000_000;
    const failure = await failureOf(send(transport, server, await openFile(text(LARGE_BYTES))));
    expect(failure.error.code).not.toBe('connectionLost');
    expect(failure.reached).toBe(reached);
    const request = server.requests.last('upload');
    expect(request?.bytesReceived).toBeLessThan(LARGE_BYTES);
  });

  it('413 is read although the server closes behind it', async () => {
    server.settings.closesAfterEarlyAnswer = true;
    server.settings.bytesPerSecond.request = 50_000_000;
    server.faults.inject({ on: 'upload', fault: { kind: 'status', status: 413, at: 'headers' } });
    const failure = await failureOf(send(transport, server, await openFile(text(LARGE_BYTES))));
    expect(failure).toEqual({
      error: { code: 'fileTooLarge', sizeBytes: LARGE_BYTES, limitBytes: 104_857_600 },
      reached: 'nothing',
    });
  });

  it('in the middle of a body ends the connection for the next upload', async () => {
    server.faults.inject({ on: 'upload', fault: { kind: 'status', status: 429, at: 'headers' } });
    await failureOf(send(transport, server, await openFile(text(LARGE_BYTES))));
    expect((await send(transport, server, await openFile('hello'))).sizeBytes).toBe(5);
  });
});

describe('an answer that cannot be read', () => {
  it.each<[string, Fault, AppError, BodyReach]>([
    ['cut', { kind: 'malformedJson' }, { code: 'unexpectedAnswer', status: 200, detail: 'malformed' }, 'all'],
    ['empty', { kind: 'emptyBody' }, { code: 'unexpectedAnswer', status: 200, detail: 'malformed' }, 'all'],
    [
      'another object',
      { kind: 'answer', status: 200, body: '{"id":"or_file_1"}', at: 'applied' },
      { code: 'unexpectedAnswer', status: 200, detail: 'malformed' },
      'all',
    ],
    [
      'an HTML page as success',
      { kind: 'html', status: 200 },
      { code: 'unexpectedAnswer', status: 200, detail: 'html' },
      'all',
    ],
    ['an HTML page', { kind: 'html' }, { code: 'providerFailed', serverMessage: '' }, 'all'],
    [
      'an HTML 404',
      { kind: 'html', status: 404 },
      { code: 'unexpectedAnswer', status: 404, detail: 'html' },
      'nothing',
    ],
    [
      'torn',
      { kind: 'truncatedBody', afterBytes: 5, framing: 'contentLength' },
      { code: 'connectionLost' },
      'all',
    ],
  ])('%s', async (_name, fault, error, reached) => {
    server.faults.inject({ on: 'upload', fault });
    const failure = await failureOf(send(transport, server, await openFile('hello')));
    expect(failure).toEqual({ error, reached });
  });

  it('is a success with a whole body even if it comes before the body’s end', async () => {
    server.faults.inject({ on: 'upload', fault: { kind: 'html', status: 200, at: 'headers' } });
    const failure = await failureOf(send(transport, server, await openFile(text(LARGE_BYTES))));
    expect(failure.reached).toBe('all');
  });

  it('is a redirect, which is not followed', async () => {
    const other = await startServer();
    const fault = { kind: 'redirect', status: 307, location: `${other.baseUrl}/files` } as const;
    server.faults.inject({ on: 'upload', fault });
    expect(await failureOf(send(transport, server, await openFile('hello')))).toEqual({
      error: { code: 'unexpectedAnswer', status: 307, detail: 'redirect' },
      reached: 'nothing',
    });
    expect(other.requests.all()).toEqual([]);
    await other.close();
  });
});

describe('a cancelled upload', () => {
  /** Of a cancel that closes its connection, in milliseconds; no timeout, of which the shortest is 30 s, is so short. */
  const AT_ONCE_MS = 5000;

  it('before it has begun connects to nothing', async () => {
    const failure = failureOf(
      send(transport, server, await openFile('hello'), { signal: AbortSignal.abort() }),
    );
    expect(await failure).toEqual({ error: { code: 'cancelled' }, reached: 'nothing' });
    expect(server.requests.all()).toEqual([]);
  });

  it('while the system looks for its proxy ends at once', async () => {
    const cancel = new AbortController();
    const lost = createTransport({ resolveProxy: () => new Promise(() => undefined) });
    const failure = failureOf(send(lost, server, await openFile('hello'), { signal: cancel.signal }));
    cancel.abort();
    expect(await failure).toEqual({ error: { code: 'cancelled' }, reached: 'nothing' });
  });

  it.each([
    ['TLS', 'https', 'DIRECT'],
    ['a proxy', 'http', 'PROXY'],
    ['a proxy over TLS', 'http', 'HTTPS'],
    ['a SOCKS proxy', 'http', 'SOCKS5'],
  ])('while %s is silent closes the connection', async (_name, scheme, proxy) => {
    const silent = createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    // A listening TCP server's address is never a pipe's name.
    const address = `127.0.0.1:${(silent.address() as AddressInfo).port}`;
    const cancel = new AbortController();
    const connected = once(silent, 'connection') as Promise<[Socket]>;
    const through = createTransport({ resolveProxy: async () => `${proxy} ${address}` });
    const target = { baseUrl: `${scheme}://${address}`, apiKey: 'key' };
    const failure = failureOf(send(through, target, await openFile('hello'), { signal: cancel.signal }));
    const [socket] = await connected;
    socket.resume();
    const cancelledAt = performance.now();
    cancel.abort();
    await once(socket, 'close');
    expect(performance.now() - cancelledAt).toBeLessThan(AT_ONCE_MS);
    expect(await failure).toEqual({ error: { code: 'cancelled' }, reached: 'nothing' });
    silent.close();
  });

  it.each<[string, Moment, BodyReach]>([
    ['while it is sent', { requestBytes: 1_000_000 }, 'part'],
    ['while the server works on it', 'body', 'all'],
    ['while the server has it already', 'applied', 'all'],
  ])('%s closes the connection and says how far it came', async (_name, at, reached) => {
    const hang = server.faults.inject({ on: 'upload', fault: { kind: 'hang', at } });
    const cancel = new AbortController();
    const source = await openFile(text(LARGE_BYTES));
    const failure = failureOf(send(transport, server, source, { signal: cancel.signal }));
    const held = await server.waitFor((request) => request.isHeld);
    const cancelledAt = performance.now();
    cancel.abort();
    expect(await failure).toEqual({ error: { code: 'cancelled' }, reached });
    if (reached === 'part') hang.release();
    await server.waitFor((request) => request === held && request.connectionClosedBy === 'client');
    expect(performance.now() - cancelledAt).toBeLessThan(AT_ONCE_MS);
    expect(server.files.size).toBe(at === 'applied' ? 1 : 0);
  });

  it('whose answer is on its way says that the server has it', async () => {
    server.faults.inject({ on: 'upload', fault: { kind: 'hang', at: { answerBytes: 10 } } });
    const cancel = new AbortController();
    const failure = failureOf(send(transport, server, await openFile('hello'), { signal: cancel.signal }));
    await server.waitFor((request) => request.isHeld);
    cancel.abort();
    expect(await failure).toEqual({ error: { code: 'cancelled' }, reached: 'all' });
  });
});
