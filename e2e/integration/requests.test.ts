import { getEventListeners } from 'node:events';
import type { RequestListener } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { text as readText } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { errorOf, never } from './client-bench.ts';
import { ask, askForText, failureOfBody, keepOwnServers, whenClosed } from './own-server.ts';
import { keepProxies } from './proxies.ts';

const { startHttpProxy } = keepProxies();
const { listen, serve, serveForgetfully, openTransport } = keepOwnServers();

const hello: RequestListener = (_request, response) => response.end('hello');

describe('requests', () => {
  it('are served by one connection, one after the other', async () => {
    const server = await serve(hello);
    const transport = openTransport();
    for (let turn = 0; turn < 5; turn += 1) expect(await askForText(transport, server)).toBe('hello');
    expect(server.connections).toHaveLength(1);
  });

  it('leave the connections of uploads alone', async () => {
    const server = await serve((request, response) => {
      request.resume().once('end', () => response.end('hello'));
    });
    const transport = openTransport();
    await askForText(transport, server);
    const { body } = await transport.upload({
      url: server.url,
      headers: {},
      upload: {
        file: { read: async () => ({ bytesRead: 0 }) },
        fileName: 'empty.txt',
        sizeBytes: 0,
        signal: never,
        onSent: () => undefined,
        onWaiting: () => undefined,
      },
    });
    expect(await readText(body)).toBe('hello');
    expect(server.connections).toHaveLength(2);
  });

  it('go through the proxy that the system names, which is asked once', async () => {
    const server = await serve(hello);
    const proxy = await startHttpProxy();
    let questions = 0;
    const transport = openTransport({
      resolveProxy: async () => {
        questions += 1;
        return `PROXY ${proxy.address}`;
      },
    });
    await askForText(transport, server);
    await askForText(transport, { ...server, url: `${server.url}?after=or_file_1` });
    expect(proxy.asked).toEqual([new URL(server.url).host]);
    expect(questions).toBe(1);
  });

  it('do not wait for ever for the system to name its proxies', async () => {
    const server = await serve(hello);
    const transport = openTransport({
      resolveProxy: () => new Promise(() => undefined),
      timeouts: { connectMs: 50 },
    });
    expect(await errorOf(ask(transport, server))).toEqual({ code: 'timedOut' });
    expect(server.connections).toHaveLength(0);
  });
});

describe('a connection that the server had just closed', () => {
  it.each(['GET', 'DELETE'] as const)('is replaced by a fresh one (%s)', async (method) => {
    const server = await serveForgetfully(1, hello);
    const transport = openTransport();
    await askForText(transport, server);
    expect(await askForText(transport, server, method)).toBe('hello');
    expect(server.connections).toHaveLength(2);
  });

  it('is not followed by another idle one', async () => {
    const server = await serveForgetfully(3, hello);
    const transport = openTransport();
    await Promise.all([1, 2, 3].map(() => askForText(transport, server)));
    expect(server.connections).toHaveLength(3);
    expect(await askForText(transport, server)).toBe('hello');
    expect(server.connections).toHaveLength(4);
  });

  it('is told as a break when it was new', async () => {
    const server = await listen(
      createTcpServer((socket) => socket.once('data', () => socket.resetAndDestroy())),
    );
    expect(await errorOf(ask(openTransport(), server))).toEqual({ code: 'connectionLost' });
    expect(server.connections).toHaveLength(1);
  });
});

it('closing the transport ends what is under way, and sends nothing again', async () => {
  let requests = 0;
  let onSecond: () => void = () => undefined;
  const second = new Promise<void>((resolve) => {
    onSecond = resolve;
  });
  const server = await serve((_request, response) => {
    requests += 1;
    if (requests === 1) response.end('hello');
    else onSecond();
  });
  const transport = openTransport();
  await askForText(transport, server);
  const failed = errorOf(ask(transport, server, 'DELETE'));
  await second;
  transport.close();
  expect(await failed).toEqual({ code: 'connectionLost' });
  expect(server.connections).toHaveLength(1);
});

describe('a server that falls silent', () => {
  it('before an answer is given up', async () => {
    const server = await serve(() => undefined);
    const impatient = openTransport({ timeouts: { silenceMs: 50 } });
    expect(await errorOf(ask(impatient, server))).toEqual({ code: 'timedOut' });
    await whenClosed(server);
  });

  it('in the middle of an answer is given up', async () => {
    const server = await serve((_request, response) => {
      response.writeHead(200, { 'Content-Length': 10 }).write('hello');
    });
    // Within it the head must come.
    const impatient = openTransport({ timeouts: { silenceMs: 1000 } });
    const { body } = await ask(impatient, server);
    expect(await failureOfBody(readText(body))).toEqual({ code: 'timedOut' });
    await whenClosed(server);
  });

  it('is waited for as long as it says something', async () => {
    const server = await serve((_request, response) => {
      let letters = 0;
      const timer = setInterval(() => {
        letters += 1;
        if (letters <= 15) return response.write('x');
        clearInterval(timer);
        return response.end();
      }, 100);
    });
    const transport = openTransport({ timeouts: { silenceMs: 1000 } });
    expect(await askForText(transport, server)).toBe('x'.repeat(15));
  });
});

describe('a cancel', () => {
  it('before an answer closes the connection', async () => {
    const cancelled = new AbortController();
    const server = await serve(() => cancelled.abort());
    const error = await errorOf(ask(openTransport(), server, 'GET', cancelled.signal));
    expect(error).toEqual({ code: 'cancelled' });
    await whenClosed(server);
  });

  it('in the middle of an answer closes the connection', async () => {
    const cancelled = new AbortController();
    const server = await serve((_request, response) => {
      response.writeHead(200, { 'Content-Length': 10 }).write('hello');
    });
    const { body } = await ask(openTransport(), server, 'GET', cancelled.signal);
    const failed = failureOfBody(readText(body));
    cancelled.abort();
    expect(await failed).toEqual({ code: 'cancelled' });
    await whenClosed(server);
  });

  it('that came first opens no connection', async () => {
    const server = await serve(hello);
    const error = await errorOf(ask(openTransport(), server, 'GET', AbortSignal.abort()));
    expect(error).toEqual({ code: 'cancelled' });
    expect(server.connections).toHaveLength(0);
  });

  it('is no matter to a connection that has done its work', async () => {
    const server = await serve(hello);
    const transport = openTransport();
    const late = new AbortController();
    await readText((await ask(transport, server, 'GET', late.signal)).body);
    expect(getEventListeners(late.signal, 'abort')).toEqual([]);
    late.abort();
    expect(await askForText(transport, server)).toBe('hello');
    expect(server.connections).toHaveLength(1);
  });
});
