import { createServer as createTcpServer } from 'node:net';
import { text as readText } from 'node:stream/consumers';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { AppError } from '#app/errors.ts';
import { errorOf } from './client-bench.ts';
import { ask, askForText, failureOfBody, keepOwnServers, whenClosed } from './own-server.ts';

const { listen, serve, openTransport } = keepOwnServers();

describe('an answer', () => {
  const LONG = 'The quick brown fox.\n'.repeat(20_000);

  it.each([
    ['gzip', gzipSync(LONG)],
    ['br', brotliCompressSync(LONG)],
  ])('that is compressed by %s is read', async (coding, bytes) => {
    const server = await serve(({ headers }, response) => {
      expect(headers['accept-encoding']?.split(', ')).toContain(coding);
      response.writeHead(200, { 'Content-Encoding': coding }).end(bytes);
    });
    const transport = openTransport();
    expect(await askForText(transport, server)).toBe(LONG);
    expect(await askForText(transport, server)).toBe(LONG);
    expect(server.connections).toHaveLength(1);
  });

  it.each<[string, Buffer, AppError]>([
    [
      'that is not what it says',
      Buffer.from(LONG),
      { code: 'unexpectedAnswer', status: 200, detail: 'undecodable' },
    ],
    ['that lacks its end', gzipSync(LONG).subarray(0, -20), { code: 'connectionLost' }],
  ])('in gzip %s fails', async (_name, bytes, error) => {
    const server = await serve((_request, response) => {
      response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(bytes);
    });
    expect(await failureOfBody(askForText(openTransport(), server))).toEqual(error);
  });

  it.each([
    ['204', 204, {}],
    ['304', 304, {}],
    ['an empty 200', 200, { 'Content-Length': 0 }],
  ])('without a body may be said to be compressed: %s', async (_name, status, headers) => {
    const server = await serve((_request, response) => {
      response.writeHead(status, { ...headers, 'Content-Encoding': 'gzip' }).end();
    });
    expect(await askForText(openTransport(), server, 'DELETE')).toBe('');
  });

  it.each(['constructor', '__proto__', 'identity'])('in the coding %j is given as it is', async (coding) => {
    const server = await serve((_request, response) => {
      response.writeHead(200, { 'Content-Encoding': coding }).end('hello');
    });
    expect(await askForText(openTransport(), server)).toBe('hello');
  });

  it('that would change the protocol is a broken connection', async () => {
    const server = await listen(
      createTcpServer((socket) =>
        socket.once('data', () =>
          socket.end('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n'),
        ),
      ),
    );
    expect(await errorOf(ask(openTransport(), server))).toEqual({ code: 'connectionLost' });
  });

  it('that is cancelled while it is decompressed fails as cancelled', async () => {
    const cancelled = new AbortController();
    const server = await serve((_request, response) => {
      response.writeHead(200, { 'Content-Encoding': 'gzip' }).write(gzipSync(LONG).subarray(0, 500));
    });
    const { body } = await ask(openTransport(), server, 'GET', cancelled.signal);
    const failed = failureOfBody(readText(body));
    cancelled.abort();
    expect(await failed).toEqual({ code: 'cancelled' });
    await whenClosed(server);
  });

  it('that breaks off fails', async () => {
    const server = await serve((_request, response) => {
      response.writeHead(200, { 'Content-Length': 10 }).write('hello', () => response.destroy());
    });
    expect(await failureOfBody(askForText(openTransport(), server))).toEqual({ code: 'connectionLost' });
  });
});
