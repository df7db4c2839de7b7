import type { RequestListener, ServerResponse } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { text as readText } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { createOpenRouterClient } from '../../main/openrouter/client.ts';
import type { Transport } from '../../main/openrouter/transport.ts';
import { errorOf, never } from './client-bench.ts';
import { keepOwnServers, type OwnServer } from './own-server.ts';
import { failureOf, keepUploads, send, text } from './upload-setup.ts';

const { listen, serve, openTransport } = keepOwnServers();
const { createTransport, openFile } = keepUploads();

/** Far more often than a silence is noticed. */
const TRICKLE_MS = 50;
const PATIENCE = { silenceMs: 10_000, stallMs: 10_000, totalMs: 500 };
/** Far more than the system takes from a sender before the server has read it. */
const HUGE_BYTES = 64_000_000;

const trickle = (response: Pick<ServerResponse, 'write' | 'once'>) => {
  const timer = setInterval(() => response.write(' '), TRICKLE_MS);
  response.once('close', () => clearInterval(timer));
};
const trickleBody: RequestListener = (request, response) => {
  request.resume();
  request.once('end', () => {
    response.writeHead(200, { 'Content-Type': 'application/json' });
    trickle(response);
  });
};
const toClient = ({ baseUrl }: OwnServer, transport: Transport) =>
  createOpenRouterClient({
    endpoint: baseUrl,
    key: 'key',
    transport,
    sendForContent: transport.sendForContent,
    redact: (words) => words,
  });

describe('an answer that comes a byte at a time', () => {
  it('ends a listing, a deletion and an upload in good time', async () => {
    const server = await serve(trickleBody);
    const transport = openTransport({ timeouts: PATIENCE });
    const client = toClient(server, transport);
    expect(await errorOf(client.listFiles(null, never))).toEqual({ code: 'timedOut' });
    expect(await errorOf(client.deleteFile('or_file_1', never))).toEqual({ code: 'timedOut' });
    const failure = await failureOf(send(transport, server, await openFile('hello')));
    expect(failure).toEqual({ error: { code: 'timedOut' }, reached: 'all' });
  });

  it('ends a request whose head never comes to its end', async () => {
    const server = await listen(
      createTcpServer((socket) => {
        socket.resume();
        socket.write('HTTP/1.1 200 OK\r\nX-Slow: ');
        const timer = setInterval(() => socket.write('.'), TRICKLE_MS);
        socket.once('close', () => clearInterval(timer));
      }),
    );
    const client = toClient(server, openTransport({ timeouts: PATIENCE }));
    expect(await errorOf(client.listFiles(null, never))).toEqual({ code: 'timedOut' });
    expect(await errorOf(client.openContent('or_file_1', { signal: never }))).toEqual({ code: 'timedOut' });
  });

  it('ends a download that was refused', async () => {
    const server = await serve((_request, response) => {
      response.writeHead(500);
      trickle(response);
    });
    const client = toClient(server, openTransport({ timeouts: PATIENCE }));
    expect(await errorOf(client.openContent('or_file_1', { signal: never }))).toEqual({ code: 'timedOut' });
  });

  it('is waited for where it is the content of a file', async () => {
    const bytes = 20;
    const server = await serve((_request, response) => {
      response.writeHead(200, { 'Content-Length': bytes });
      let sent = 0;
      const timer = setInterval(() => {
        sent += 1;
        response.write('x');
        if (sent === bytes) clearInterval(timer);
      }, TRICKLE_MS);
    });
    const client = toClient(server, openTransport({ timeouts: PATIENCE }));
    const { body } = await client.openContent('or_file_1', { signal: never });
    expect(await readText(body)).toBe('x'.repeat(bytes));
  });
});

describe('a server that stops reading', () => {
  it('is given up when the time is over, not when it is over twice', async () => {
    const stallMs = 2000;
    const server = await listen(createTcpServer((socket) => void socket.once('data', () => socket.pause())));
    const transport = createTransport({ timeouts: { stallMs } });
    let takenAt = performance.now();
    const failure = await failureOf(
      send(transport, server, await openFile(text(HUGE_BYTES)), {
        onSent: () => {
          takenAt = performance.now();
        },
      }),
    );
    expect(failure).toEqual({ error: { code: 'timedOut' }, reached: 'part' });
    expect(performance.now() - takenAt).toBeLessThan(1.7 * stallMs);
  });
});
