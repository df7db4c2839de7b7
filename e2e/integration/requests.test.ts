import { getEventListeners, once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { text as readText } from 'node:stream/consumers';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { toNetworkError } from '../../main/openrouter/network-errors.ts';
import { createTransport, type Transport, type TransportParts } from '../../main/openrouter/transport.ts';
import { errorOf, never } from './client-bench.ts';
import { keepProxies } from './proxies.ts';

const { startHttpProxy } = keepProxies();
const cleanUps: (() => void)[] = [];

afterEach(() => {
  for (const cleanUp of cleanUps.splice(0)) cleanUp();
});

/** A server that answers as it is told, and its connections in order. */
interface OwnServer {
  readonly url: string;
  readonly connections: readonly Socket[];
}

async function listen(server: Server): Promise<OwnServer> {
  const connections: Socket[] = [];
  server.on('connection', (socket) => {
    connections.push(socket);
    socket.on('error', () => undefined);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanUps.push(() => {
    server.close();
    for (const socket of connections) socket.destroy();
  });
  // A listening TCP server's address is never a pipe's name.
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/files`, connections };
}

const serve = (answer: RequestListener): Promise<OwnServer> => listen(createServer(answer));

function openTransport(parts: TransportParts = {}): Transport {
  const transport = createTransport({ readAuthorities: async () => [], ...parts });
  cleanUps.push(transport.close);
  return transport;
}

/** Sends a request and gives its head; of the body nothing is read. */
const ask = (transport: Transport, { url }: OwnServer, method: 'GET' | 'DELETE' = 'GET', signal = never) =>
  transport.send({ method, url, headers: {}, signal });

const askForText = async (transport: Transport, server: OwnServer, method: 'GET' | 'DELETE' = 'GET') =>
  readText((await ask(transport, server, method)).body);

/** Gives what a body's failure means; one that ends well fails the test. */
const failureOf = async (body: Promise<unknown>) =>
  body.then(() => expect.fail('The body came to its end'), toNetworkError);

describe('requests', () => {
  it('are served by one connection, one after the other', async () => {
    const server = await serve((_request, response) => response.end('hello'));
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
    const server = await serve((_request, response) => response.end('hello'));
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
    const server = await serve((_request, response) => response.end('hello'));
    const transport = openTransport({
      resolveProxy: () => new Promise(() => undefined),
      timeouts: { connectMs: 50 },
    });
    expect(await errorOf(ask(transport, server))).toEqual({ code: 'timedOut' });
    expect(server.connections).toHaveLength(0);
  });
});

/** Answers the first request of a connection and tears it at the next one. `staleConnections` are so, the others serve for ever. */
async function serveForgetfully(staleConnections: number): Promise<OwnServer> {
  const inner = createServer((_request, response) => response.end('hello'));
  const server = await listen(
    createTcpServer((socket) => {
      inner.emit('connection', socket);
      if (server.connections.length >= staleConnections) return;
      let heads = 0;
      socket.prependListener('data', () => {
        heads += 1;
        if (heads > 1) socket.resetAndDestroy();
      });
    }),
  );
  return server;
}

describe('a connection that the server had just closed', () => {
  it.each(['GET', 'DELETE'] as const)('is replaced by a fresh one (%s)', async (method) => {
    const server = await serveForgetfully(1);
    const transport = openTransport();
    await askForText(transport, server);
    expect(await askForText(transport, server, method)).toBe('hello');
    expect(server.connections).toHaveLength(2);
  });

  it('is not followed by another idle one', async () => {
    const server = await serveForgetfully(3);
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
  const openImpatient = () => openTransport({ timeouts: { silenceMs: 50 } });

  it('before an answer is given up', async () => {
    const server = await serve(() => undefined);
    expect(await errorOf(ask(openImpatient(), server))).toEqual({ code: 'timedOut' });
    await whenClosed(server);
  });

  it('in the middle of an answer is given up', async () => {
    const server = await serve((_request, response) => {
      response.writeHead(200, { 'Content-Length': 10 }).write('hello');
    });
    const { body } = await ask(openImpatient(), server);
    expect(await failureOf(readText(body))).toEqual({ code: 'timedOut' });
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
    const failed = failureOf(readText(body));
    cancelled.abort();
    expect(await failed).toEqual({ code: 'cancelled' });
    await whenClosed(server);
  });

  it('that came first opens no connection', async () => {
    const server = await serve((_request, response) => response.end('hello'));
    const error = await errorOf(ask(openTransport(), server, 'GET', AbortSignal.abort()));
    expect(error).toEqual({ code: 'cancelled' });
    expect(server.connections).toHaveLength(0);
  });

  it('is no matter to a connection that has done its work', async () => {
    const server = await serve((_request, response) => response.end('hello'));
    const transport = openTransport();
    const late = new AbortController();
    await readText((await ask(transport, server, 'GET', late.signal)).body);
    expect(getEventListeners(late.signal, 'abort')).toEqual([]);
    late.abort();
    expect(await askForText(transport, server)).toBe('hello');
    expect(server.connections).toHaveLength(1);
  });
});

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

  it.each([
    ['that is not what it says', Buffer.from(LONG)],
    ['that lacks its end', gzipSync(LONG).subarray(0, -20)],
  ])('in gzip %s fails', async (_name, bytes) => {
    const server = await serve((_request, response) => {
      response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(bytes);
    });
    expect(await failureOf(askForText(openTransport(), server))).toEqual({ code: 'connectionLost' });
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
    const failed = failureOf(readText(body));
    cancelled.abort();
    expect(await failed).toEqual({ code: 'cancelled' });
    await whenClosed(server);
  });

  it('that breaks off fails', async () => {
    const server = await serve((_request, response) => {
      response.writeHead(200, { 'Content-Length': 10 }).write('hello', () => response.destroy());
    });
    expect(await failureOf(askForText(openTransport(), server))).toEqual({ code: 'connectionLost' });
  });
});

/** Settles when the only connection of a server is closed; it is already if the news was quicker. */
async function whenClosed({ connections }: OwnServer): Promise<void> {
  const [socket] = connections;
  if (!socket) throw new Error('There was no connection');
  if (!socket.destroyed) await once(socket, 'close');
}
