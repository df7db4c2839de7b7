import { once } from 'node:events';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { failureOf, keepUploads, send, sha256, text, type UploadTarget } from './upload-setup.ts';

const { createTransport, openFile } = keepUploads();
const servers: Server[] = [];
const sockets = new Set<Socket>();

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
  for (const socket of sockets) socket.destroy();
  sockets.clear();
});

/** A server whose connections are counted. */
interface CountedServer extends UploadTarget {
  readonly connections: Socket[];
}

async function listen(server: Server): Promise<CountedServer> {
  const connections: Socket[] = [];
  server.on('connection', (socket) => {
    connections.push(socket);
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A listening TCP server's address is never a pipe's name.
  const { port } = server.address() as AddressInfo;
  return { baseUrl: `http://127.0.0.1:${port}`, apiKey: 'key', connections };
}

const FILE = JSON.stringify({
  id: 'or_file_1',
  filename: 'notes.txt',
  mime_type: 'text/plain',
  size_bytes: 5,
  created_at: '2026-01-01T00:00:00Z',
  downloadable: false,
});

/** Takes uploads whole and answers with a file; `headers` go along. */
const takeUploads =
  (headers: Readonly<Record<string, string>> = {}): RequestListener =>
  (request, response) => {
    request.resume();
    request.once('end', () => response.writeHead(200, headers).end(FILE));
  };

describe('connections', () => {
  it.each([5, 1_000_000])('serve one upload of %i bytes after another', async (sizeBytes) => {
    const server = await listen(createHttpServer(takeUploads()));
    const transport = createTransport();
    for (let upload = 0; upload < 5; upload += 1)
      await send(transport, server, await openFile(text(sizeBytes)));
    expect(server.connections).toHaveLength(1);
  });

  it('are as many as there are uploads at once', async () => {
    const server = await listen(createHttpServer(takeUploads()));
    const transport = createTransport();
    const source = await openFile(text(100_000));
    for (let round = 0; round < 5; round += 1)
      await Promise.all(Array.from({ length: 8 }, () => send(transport, server, source)));
    expect(server.connections).toHaveLength(8);
  });

  it('are closed after a while without an upload', async () => {
    const server = await listen(createHttpServer(takeUploads()));
    const transport = createTransport({ timeouts: { idleMs: 50 } });
    await send(transport, server, await openFile('hello'));
    const [first] = server.connections;
    if (first && !first.destroyed) await once(first, 'close');
    await send(transport, server, await openFile('hello'));
    expect(server.connections).toHaveLength(2);
  });

  it('are closed sooner where the server says so', async () => {
    const server = await listen(createHttpServer(takeUploads({ 'Keep-Alive': 'timeout=1' })));
    const transport = createTransport({ timeouts: { idleMs: 60_000 } });
    await send(transport, server, await openFile('hello'));
    const [first] = server.connections;
    if (first && !first.destroyed) await once(first, 'close');
    expect(server.connections).toHaveLength(1);
  });

  it('are not kept where the server closes them', async () => {
    const server = await listen(createHttpServer(takeUploads({ Connection: 'close' })));
    const transport = createTransport();
    await send(transport, server, await openFile('hello'));
    await send(transport, server, await openFile('hello'));
    expect(server.connections).toHaveLength(2);
  });

  it('are all closed with the transport', async () => {
    const server = await listen(createHttpServer(takeUploads()));
    const transport = createTransport({ timeouts: { idleMs: 60_000 } });
    await send(transport, server, await openFile('hello'));
    const [first] = server.connections;
    transport.close();
    if (first && !first.destroyed) await once(first, 'close');
    expect(first?.destroyed).toBe(true);
  });
});

/**
 * Answers the first request of a connection and tears it when a second one begins, as a server does that had just
 * decided to close it. `staleConnections` are so, the others serve for ever.
 */
async function createForgetfulServer(
  staleConnections: number,
): Promise<CountedServer & { readonly taken: number[] }> {
  const taken: number[] = [];
  const inner = createHttpServer((request, response) => {
    let sizeBytes = 0;
    request.on('data', (piece: Buffer) => {
      sizeBytes += piece.byteLength;
    });
    request.once('end', () => {
      taken.push(sizeBytes);
      response.writeHead(200).end(FILE);
    });
  });
  const server = await listen(
    createServer((socket) => {
      inner.emit('connection', socket);
      if (server.connections.length > staleConnections) return;
      // The second request's first bytes are its head.
      let heads = 0;
      socket.prependListener('data', (piece: Buffer) => {
        heads += piece.toString('latin1').split('POST /files').length - 1;
        if (heads > 1) socket.resetAndDestroy();
      });
    }),
  );
  return { ...server, taken };
}

describe('a connection that the server had just closed', () => {
  it('is replaced by a fresh one, and the file is read out once', async () => {
    const server = await createForgetfulServer(1);
    const transport = createTransport();
    await send(transport, server, await openFile('hello'));
    const bytes = text(20_000_000);
    const pieces: Buffer[] = [];
    let asked = 0;
    await send(transport, server, await openFile(bytes), {
      onRead: (piece) => pieces.push(Buffer.from(piece)),
      beforeEnd: async () => {
        asked += 1;
      },
    });
    expect(server.connections).toHaveLength(2);
    expect(server.taken).toHaveLength(2);
    expect(sha256(Buffer.concat(pieces))).toBe(sha256(bytes));
    expect(asked).toBe(1);
  });

  it('is not followed by another idle one', async () => {
    const server = await createForgetfulServer(3);
    const transport = createTransport();
    const small = await openFile(text(100_000));
    await Promise.all([1, 2, 3].map(() => send(transport, server, small)));
    expect(server.connections).toHaveLength(3);
    await send(transport, server, await openFile(text(20_000_000)));
    expect(server.connections).toHaveLength(4);
    expect(server.taken).toHaveLength(4);
  });

  it('may have brought a small file whole: it is not sent again', async () => {
    const server = await createForgetfulServer(1);
    const transport = createTransport();
    await send(transport, server, await openFile('hello'));
    const failure = await failureOf(send(transport, server, await openFile('hello')));
    expect(failure).toEqual({ error: { code: 'connectionLost' }, reached: 'all' });
    expect(server.connections).toHaveLength(1);
  });

  it('is told as a break when it was new', async () => {
    const server = await listen(
      createServer((socket) => socket.once('data', () => socket.resetAndDestroy())),
    );
    const failure = await failureOf(send(createTransport(), server, await openFile(text(20_000_000))));
    expect(failure).toEqual({ error: { code: 'connectionLost' }, reached: 'part' });
    expect(server.connections).toHaveLength(1);
  });
});
