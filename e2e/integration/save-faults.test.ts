import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { discardPartialSave } from '../../main/transfers/saves/part-file.ts';
import { readIdentity, type SaveOrder } from '../../main/transfers/saves/save-target.ts';
import { createGeneratedContent } from '../server/content.ts';
import { type LocalServer, startServer } from '../server/server.ts';
import { beginSave, createOrder, openContentAt, SAVE_DISK } from './save-setup.ts';
import { keepTemporaryFolders } from './temporary-folder.ts';

const makeFolder = keepTemporaryFolders();
let server: LocalServer;
let folder: string;
let content: ReturnType<typeof openContentAt>;

beforeEach(async () => {
  server = await startServer();
  content = openContentAt(server.baseUrl, server.apiKey);
  folder = await makeFolder();
});

afterEach(() => server.close());

/** Puts a file on the server that shall replace what stands in its place. */
async function orderFor(sizeBytes: number): Promise<SaveOrder> {
  const [stored] = server.files.addAll([
    { name: 'out/report.csv', content: createGeneratedContent(sizeBytes, 1) },
  ]);
  if (!stored) throw new Error('nothing was stored');
  const path = join(folder, 'report.csv');
  return createOrder(stored, path, await readIdentity(path));
}

describe('a save', () => {
  it.each([
    ['is cut', { kind: 'truncatedBody', afterBytes: 5000, framing: 'contentLength' }],
    ['is cut in chunks', { kind: 'truncatedBody', afterBytes: 5000, framing: 'chunked' }],
    ['is cut without a sign', { kind: 'truncatedBody', afterBytes: 5000, framing: 'untilClose' }],
    ['is longer than listed', { kind: 'resizedBody', byBytes: 10 }],
    ['is shorter than listed', { kind: 'resizedBody', byBytes: -10 }],
    ['is announced shorter', { kind: 'wrongContentLength', byBytes: -10 }],
    ['is announced longer', { kind: 'wrongContentLength', byBytes: 10 }],
    ['is empty', { kind: 'emptyBody' }],
    ['is a page', { kind: 'html', status: 200 }],
    ['breaks at its first byte', { kind: 'reset', at: { answerBytes: 1 } }],
    ['breaks', { kind: 'reset', at: { answerBytes: 4000 } }],
    ['breaks at its last byte', { kind: 'reset', at: { answerBytes: 99_999 } }],
  ] as const)('whose body %s fails, and works at the next try', async (_name, fault) => {
    await writeFile(join(folder, 'report.csv'), 'old');
    const order = await orderFor(100_000);
    server.faults.inject({ on: 'download', fault });
    const failure: unknown = await beginSave(order, content).path.catch((cause: unknown) => cause);
    expect(failure).toMatchObject({
      error: { code: expect.stringMatching(/^(incompleteDownload|connectionLost|unexpectedAnswer)$/) },
    });
    expect(await readFile(join(folder, 'report.csv'), 'utf8')).toBe('old');

    await beginSave(order, content).path;
    expect(await readdir(folder)).toEqual(['report.csv']);
    expect((await readFile(join(folder, 'report.csv'))).length).toBe(100_000);
  });

  it.each([
    ['is cut', { kind: 'truncatedBody', afterBytes: 5000, framing: 'contentLength' }],
    ['breaks', { kind: 'reset', at: { answerBytes: 4000 } }],
  ] as const)('whose body %s leaves nothing when it is given up', async (_name, fault) => {
    const order = await orderFor(100_000);
    server.faults.inject({ on: 'download', fault });
    await expect(beginSave(order, content).path).rejects.toThrow();
    expect(await readdir(folder)).toEqual([`.openrouter-${order.id}.part`]);
    await discardPartialSave(order, SAVE_DISK);
    expect(await readdir(folder)).toEqual([]);
  });

  it.each([
    ['of which nobody knows the length', { kind: 'truncatedBody', afterBytes: 5000, framing: 'chunked' }],
    ['of another length', { kind: 'resizedBody', byBytes: -10 }],
    ['that is a page', { kind: 'html', status: 200 }],
  ] as const)('keeps no bytes of a body %s', async (_name, fault) => {
    const order = await orderFor(100_000);
    server.faults.inject({ on: 'download', fault });
    await expect(beginSave(order, content).path).rejects.toThrow();
    expect(await readdir(folder)).toEqual([]);
  });

  it.each([
    [404, 'notFound'],
    [400, 'notSaveable'],
    [401, 'unauthorized'],
    [429, 'rateLimited'],
    [503, 'unavailable'],
  ] as const)('that is answered with %i fails with %s and leaves nothing', async (status, code) => {
    const order = await orderFor(1000);
    server.faults.inject({ on: 'download', fault: { kind: 'status', status } });
    await expect(beginSave(order, content).path).rejects.toMatchObject({ error: { code } });
    expect(await readdir(folder)).toEqual([]);
  });

  it('of a slow server takes every byte when it comes', async () => {
    const order = await orderFor(200_000);
    server.settings.bytesPerSecond = { request: 1_000_000, answer: 1_000_000 };
    await beginSave(order, content).path;
    expect((await readFile(join(folder, 'report.csv'))).length).toBe(200_000);
  });
});

describe('a save that is cancelled', () => {
  it.each([
    ['before the answer', 'headers'],
    ['at the first byte', { answerBytes: 1 }],
    ['in the middle', { answerBytes: 3_000_000 }],
    ['at the last byte', { answerBytes: 4_999_999 }],
  ] as const)('%s leaves nothing and closes the connection', async (_name, at) => {
    const order = await orderFor(5_000_000);
    server.faults.inject({ on: 'download', fault: { kind: 'hang', at } });
    const attempt = beginSave(order, content);
    await server.waitFor((request) => request.isHeld);
    attempt.abort();
    await expect(attempt.path).rejects.toMatchObject({ error: { code: 'cancelled' } });
    expect(await readdir(folder)).toEqual([]);
    await server.waitFor((request) => request.operation === 'download' && request.isAbortedByClient);
  });

  it('before it began leaves nothing', async () => {
    const attempt = beginSave(await orderFor(1000), content);
    attempt.abort();
    await expect(attempt.path).rejects.toMatchObject({ error: { code: 'cancelled' } });
    expect(await readdir(folder)).toEqual([]);
  });

  it('while its placing is being recorded leaves nothing and does not wait', async () => {
    const order = await orderFor(1000);
    const attempt = beginSave(order, content, () => {
      attempt.abort();
      return new Promise(() => undefined);
    });
    await expect(attempt.path).rejects.toMatchObject({ error: { code: 'cancelled' } });
    expect(await readdir(folder)).toEqual([]);
  });
});
