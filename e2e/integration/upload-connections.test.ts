import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { keepOwnServers, type OwnServer } from './own-server.ts';
import { failureOf, keepUploads, send, sha256, text } from './upload-setup.ts';

const { createTransport, openFile } = keepUploads();
const { listen, serve, serveForgetfully } = keepOwnServers();

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
    const server = await serve(takeUploads());
    const transport = createTransport();
    for (let upload = 0; upload < 5; upload += 1)
      await send(transport, server, await openFile(text(sizeBytes)));
    expect(server.connections).toHaveLength(1);
  });

  it('are as many as there are uploads at once', async () => {
    const server = await serve(takeUploads());
    const transport = createTransport();
    const source = await openFile(text(100_000));
    for (let round = 0; round < 5; round += 1)
      await Promise.all(Array.from({ length: 8 }, () => send(transport, server, source)));
    expect(server.connections).toHaveLength(8);
  });

  it('are closed after a while without an upload', async () => {
    const server = await serve(takeUploads());
    const transport = createTransport({ timeouts: { idleMs: 50 } });
    await send(transport, server, await openFile('hello'));
    const [first] = server.connections;
    if (first && !first.destroyed) await once(first, 'close');
    await send(transport, server, await openFile('hello'));
    expect(server.connections).toHaveLength(2);
  });

  it('are closed sooner where the server says so', async () => {
    const server = await serve(takeUploads({ 'Keep-Alive': 'timeout=1' }));
    const transport = createTransport({ timeouts: { idleMs: 60_000 } });
    await send(transport, server, await openFile('hello'));
    const [first] = server.connections;
    if (first && !first.destroyed) await once(first, 'close');
    expect(server.connections).toHaveLength(1);
  });

  it('are not kept where the server closes them', async () => {
    const server = await serve(takeUploads({ Connection: 'close' }));
    const transport = createTransport();
    await send(transport, server, await openFile('hello'));
    await send(transport, server, await openFile('hello'));
    expect(server.connections).toHaveLength(2);
  });

  it('are all closed with the transport', async () => {
    const server = await serve(takeUploads());
    const transport = createTransport({ timeouts: { idleMs: 60_000 } });
    await send(transport, server, await openFile('hello'));
    const [first] = server.connections;
    transport.close();
    if (first && !first.destroyed) await once(first, 'close');
    expect(first?.destroyed).toBe(true);
  });
});

/** What a forgetful server has taken, in bytes each. */
async function createForgetfulServer(
  staleConnections: number,
): Promise<OwnServer & { readonly taken: readonly number[] }> {
  const taken: number[] = [];
  const server = await serveForgetfully(staleConnections, (request, response) => {
    let sizeBytes = 0;
    request.on('data', (piece: Buffer) => {
      sizeBytes += piece.byteLength;
    });
    request.once('end', () => {
      taken.push(sizeBytes);
      response.writeHead(200).end(FILE);
    });
  });
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
