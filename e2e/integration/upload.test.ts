import { once } from 'node:events';
import { truncate } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppFailure } from '#app/errors.ts';
import type { Transport } from '../../main/openrouter/transport.ts';
import { type LocalServer, startServer } from '../server/server.ts';
import { failureOf, keepUploads, send, sha256, text } from './upload-setup.ts';

const { createTransport, openFile } = keepUploads();
let server: LocalServer;
let transport: Transport;

beforeEach(async () => {
  server = await startServer();
  transport = createTransport();
});

afterEach(() => server.close());

describe('an upload', () => {
  it.each([1, 10_000, 262_143, 262_144, 262_145, 524_288, 5_000_000])(
    'of %i bytes arrives whole, each byte read once and in order',
    async (sizeBytes) => {
      const bytes = Buffer.from(text(sizeBytes));
      const read: Buffer[] = [];
      const stored = await send(transport, server, await openFile(bytes), {
        onRead: (piece) => read.push(Buffer.from(piece)),
      });
      expect(server.files.get(stored.id)?.sha256).toBe(sha256(bytes));
      expect(stored.sizeBytes).toBe(sizeBytes);
      expect(Buffer.concat(read).equals(bytes)).toBe(true);
    },
  );

  it.each([10_000, 5_000_000])('of %i bytes that were read before reads no file', async (sizeBytes) => {
    const content = Buffer.from(text(sizeBytes));
    const source = await openFile('another');
    const stored = await send(transport, server, { ...source, sizeBytes }, { content });
    expect(server.files.get(stored.id)?.sha256).toBe(sha256(content));
  });

  it.each([10_000, 5_000_000])(
    'of %i bytes tells of its way in order: sent, asked, waiting',
    async (sizeBytes) => {
      const events: (number | string)[] = [];
      await send(transport, server, await openFile(text(sizeBytes)), {
        onSent: (bytes) => events.push(bytes),
        beforeEnd: async () => void events.push('asked'),
        onWaiting: () => events.push('waiting'),
      });
      const sent = events.filter((event) => typeof event === 'number');
      expect(sent).toEqual([...new Set(sent)].sort((a, b) => a - b));
      expect(sent.at(-1)).toBe(sizeBytes);
      expect(events.filter((event) => event === 'asked')).toHaveLength(1);
      expect(events.at(-1)).toBe('waiting');
    },
  );

  it.each([1000, 1_000_000])('of %i bytes has an exact Content-Length', async (sizeBytes) => {
    await send(transport, server, await openFile(text(sizeBytes)));
    const request = server.requests.last('upload');
    expect(Number(request?.headers['content-length'])).toBe(request?.bytesReceived);
    expect(request?.headers['transfer-encoding']).toBeUndefined();
  });

  it.each([
    'naïve café.txt',
    '😀 emoji.txt',
    'مرحبا.txt',
    `${'x'.repeat(251)}.txt`,
    'a/b/c.txt',
    "it's.txt",
    '100%.txt',
  ])('keeps the name %s', async (fileName) => {
    const stored = await send(transport, server, await openFile('hello'), { fileName });
    expect(server.files.get(stored.id)?.name).toBe(fileName);
  });

  // The local server refuses such names, as the real one does: what is on the wire is seen by a plain one.
  it.each([
    ['a"b.txt', 'a%22b.txt'],
    ['a\r\nX-Evil: 1\r\n\r\nb.txt', 'a%0D%0AX-Evil: 1%0D%0A%0D%0Ab.txt'],
    ['é"\n😀.txt', 'é%22%0A😀.txt'],
  ])('lets no name end its own header: %j', async (fileName, onTheWire) => {
    const plain = createServer((request, response) => {
      const pieces: Buffer[] = [];
      request.on('data', (piece: Buffer) => pieces.push(piece));
      request.on('end', () => response.writeHead(413).end(Buffer.concat(pieces)));
    });
    plain.listen(0, '127.0.0.1');
    await once(plain, 'listening');
    // A listening TCP server's address is never a pipe's name.
    const { port } = plain.address() as AddressInfo;
    const response = await transport.upload({
      url: `http://127.0.0.1:${port}/files`,
      headers: {},
      upload: {
        ...(await openFile('hello')),
        fileName,
        signal: new AbortController().signal,
        onSent: () => undefined,
        onWaiting: () => undefined,
      },
    });
    const body = Buffer.concat(await response.body.toArray()).toString('utf8');
    plain.close();
    const [boundary = ''] = body.split('\r\n');
    expect(body).toBe(
      [
        boundary,
        `Content-Disposition: form-data; name="file"; filename="${onTheWire}"`,
        'Content-Type: application/octet-stream',
        '',
        'hello',
        `${boundary}--`,
        '',
      ].join('\r\n'),
    );
  });

  it('that is answered with another success than 200 is done', async () => {
    const body = JSON.stringify({
      id: 'or_file_201',
      filename: 'notes.txt',
      mime_type: 'text/plain',
      size_bytes: 5,
      created_at: '2026-01-01T00:00:00Z',
      downloadable: false,
    });
    server.faults.inject({ on: 'upload', fault: { kind: 'answer', status: 201, body, at: 'applied' } });
    expect((await send(transport, server, await openFile('hello'))).id).toBe('or_file_201');
  });

  it('shows the server’s words of a type that it does not take', async () => {
    const zip = Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(200)]);
    const { error, reached } = await failureOf(send(transport, server, await openFile(zip)));
    expect(error).toMatchObject({ code: 'invalidFile', serverMessage: expect.stringContaining('type') });
    expect(reached).toBe('nothing');
  });
});

describe('what the caller sees of the file', () => {
  it.each([10_000, 1_000_000])(
    'stops an upload of %i bytes before its end has left, and nothing is stored',
    async (sizeBytes) => {
      const beforeEnd = () => Promise.reject(new AppFailure({ code: 'fileChanged' }));
      const { error, reached } = await failureOf(
        send(transport, server, await openFile(text(sizeBytes)), { beforeEnd }),
      );
      expect(error).toEqual({ code: 'fileChanged' });
      // A small one has not even begun.
      expect(reached).toBe(sizeBytes === 10_000 ? 'nothing' : 'part');
      await send(transport, server, await openFile('another'));
      expect(server.files.size).toBe(1);
    },
  );

  it.each([10_000, 1_000_000])('stops an upload of %i bytes in the middle', async (sizeBytes) => {
    const onRead = () => {
      throw new AppFailure({ code: 'unsupportedType', contentKind: 'unknown' });
    };
    const { error } = await failureOf(send(transport, server, await openFile(text(sizeBytes)), { onRead }));
    expect(error).toEqual({ code: 'unsupportedType', contentKind: 'unknown' });
    expect(server.files.size).toBe(0);
  });

  it('a small file that is shorter than it was fails', async () => {
    const source = await openFile(text(9999));
    const failure = await failureOf(send(transport, server, { ...source, sizeBytes: 10_000 }));
    expect(failure).toEqual({ error: { code: 'fileChanged' }, reached: 'nothing' });
    expect(server.files.size).toBe(0);
  });

  it('a file that shrinks meanwhile fails', async () => {
    const source = await openFile(text(20_000_000));
    server.settings.bytesPerSecond.request = 4_000_000;
    const failure = failureOf(send(transport, server, source));
    await server.waitFor((request) => request.operation === 'upload' && request.bytesReceived > 500_000);
    await truncate(source.path, 1000);
    server.settings.bytesPerSecond.request = Number.POSITIVE_INFINITY;
    expect(await failure).toEqual({ error: { code: 'fileChanged' }, reached: 'part' });
    expect(server.files.size).toBe(0);
  });

  it('a file that can no longer be read fails', async () => {
    const source = await openFile(text(20_000_000));
    server.settings.bytesPerSecond.request = 4_000_000;
    const failure = failureOf(send(transport, server, source));
    await server.waitFor((request) => request.operation === 'upload' && request.bytesReceived > 500_000);
    // As when its disk goes: the system no longer knows the file behind the handle.
    await source.file.close();
    server.settings.bytesPerSecond.request = Number.POSITIVE_INFINITY;
    expect(await failure).toEqual({ error: { code: 'fileUnreadable' }, reached: 'part' });
    expect(server.files.size).toBe(0);
  });

  it('a file that grew is sent as long as it was', async () => {
    const bytes = text(1_000_000);
    const stored = await send(transport, server, { ...(await openFile(bytes)), sizeBytes: 900_000 });
    expect(server.files.get(stored.id)?.sizeBytes).toBe(900_000);
  });
});
