import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text as readText } from 'node:stream/consumers';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAppTransport } from '../../main/openrouter/app-transport.ts';
import type { SendHttp } from '../../main/openrouter/http.ts';
import { toNetworkFailure } from '../../main/openrouter/network-errors.ts';
import { createTransport } from '../../main/openrouter/transport.ts';
import { createBufferContent } from '../server/content.ts';
import { type LocalServer, startServer } from '../server/server.ts';
import { beginSave, createOrder, openContentAt } from './save-setup.ts';
import { keepTemporaryFolders } from './temporary-folder.ts';

const BYTES = Buffer.from('out of a model, again and again. '.repeat(9000));
const UNDECODABLE = { error: { code: 'unexpectedAnswer', status: 200, detail: 'undecodable' } };
const makeFolder = keepTemporaryFolders();
let server: LocalServer;
let folder: string;

beforeEach(async () => {
  server = await startServer();
  folder = await makeFolder();
});

afterEach(() => server.close());

/** Saves a file whose contents come with a coding, which nobody has asked for. */
function save(coding: string, body: Uint8Array) {
  const [stored] = server.files.addAll([{ name: 'report.csv', content: createBufferContent(BYTES) }]);
  if (!stored) throw new Error('nothing was stored');
  const headers = { 'content-type': 'application/octet-stream', 'content-encoding': coding };
  server.faults.inject({ on: 'download', fault: { kind: 'answer', status: 200, headers, body } });
  const order = createOrder(stored, join(folder, 'report.csv'));
  return beginSave(order, openContentAt(server.baseUrl, server.apiKey));
}

describe('a download that comes compressed although it may not', () => {
  it.each<[string, Uint8Array]>([
    ['gzip', gzipSync(BYTES)],
    ['X-GZIP', gzipSync(BYTES)],
    ['br', brotliCompressSync(BYTES)],
    ['deflate', deflateSync(BYTES)],
    ['gzip, br', brotliCompressSync(gzipSync(BYTES))],
    ['identity', BYTES],
  ])('with %s arrives whole', async (coding, body) => {
    const { path } = save(coding, body);
    expect((await readFile(await path)).equals(BYTES)).toBe(true);
    expect(server.requests.last('download')?.headers).toMatchObject({ 'accept-encoding': 'identity' });
  });

  it.each<[string, string, Uint8Array]>([
    ['is none', 'gzip', BYTES],
    ['is none', 'br', BYTES],
    ['is damaged', 'gzip', damage(gzipSync(BYTES))],
    ['nobody knows', 'compress', BYTES],
    ['is applied again and again', 'gzip, gzip, gzip', gzipSync(gzipSync(gzipSync(BYTES)))],
  ])('in a way that %s (%s) says so, and leaves nothing', async (_name, coding, body) => {
    await expect(save(coding, body).path).rejects.toMatchObject(UNDECODABLE);
    expect(await readdir(folder)).toEqual([]);
  });

  it.each([
    ['more', Buffer.concat([BYTES, Buffer.from('x')])],
    ['far more', Buffer.alloc(200_000_000)],
    ['less', BYTES.subarray(1)],
  ])('and is %s than the file has fails, and fills no disk', async (_name, body) => {
    const attempt = save('gzip', gzipSync(body));
    await expect(attempt.path).rejects.toMatchObject({
      error: { code: 'incompleteDownload', expectedBytes: BYTES.length },
    });
    expect(Math.max(...attempt.progress)).toBeLessThanOrEqual(BYTES.length);
    expect(await readdir(folder)).toEqual([]);
  });

  it('and ends too early has broken off', async () => {
    const body = gzipSync(BYTES);
    const { path } = save('gzip', body.subarray(0, body.length / 2));
    await expect(path).rejects.toMatchObject({ error: { code: 'connectionLost' } });
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('contents that Chromium does not read as they are compressed', () => {
  it('are read over Node, from then on at once', async () => {
    let triedCount = 0;
    const chromium: SendHttp = async () => {
      triedCount += 1;
      throw toNetworkFailure(new Error('net::ERR_CONTENT_DECODING_FAILED'));
    };
    const transport = createTransport();
    const { sendForContent } = createAppTransport({
      chromium: { send: chromium, sendForContent: chromium },
      node: transport,
    });
    const headers = { 'content-encoding': 'gzip' };
    server.faults.inject({
      on: 'download',
      times: 2,
      fault: { kind: 'answer', status: 200, headers, body: gzipSync('content') },
    });
    for (const _ of [1, 2]) {
      const { signal } = new AbortController();
      const url = `${server.baseUrl}/files/or_file_1/content`;
      const request = {
        method: 'GET',
        url,
        headers: { Authorization: `Bearer ${server.apiKey}` },
        signal,
      } as const;
      expect(await readText((await sendForContent(request)).body)).toBe('content');
    }
    expect(triedCount).toBe(1);
    transport.close();
  });
});

/** Changes the sum at the end. */
function damage(bytes: Buffer): Buffer {
  const damaged = Buffer.from(bytes);
  damaged.writeUInt32LE((damaged.readUInt32LE(damaged.length - 8) ^ 1) >>> 0, damaged.length - 8);
  return damaged;
}
