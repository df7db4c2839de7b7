import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createBufferContent } from '../server/content.ts';
import { type LocalServer, startServer } from '../server/server.ts';
import { createKeyedClient, errorOf, never } from './client-bench.ts';
import { openWindowLocation } from './window-location.ts';

let server: LocalServer;
let folder: string;

beforeEach(async () => {
  server = await startServer();
  folder = await mkdtemp(join(tmpdir(), 'files-for-openrouter-'));
});

afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

const WITHOUT_FILES = { code: 'keyWithoutFiles', serverMessage: 'Resource not found' } as const;

describe('a key that is confined to another place', () => {
  it('is said to have no files, whatever is asked for', async () => {
    const { id } = server.files.add({ name: 'a.txt', content: createBufferContent(Buffer.from('a')) });
    const client = createKeyedClient(server.baseUrl, server.keys.add({ isConfined: true }).key);
    expect(await errorOf(client.listFiles(null, never))).toEqual(WITHOUT_FILES);
    // To a key of the workspace a 404 would mean that the file is gone.
    expect(await errorOf(client.readFile(id, never))).toEqual(WITHOUT_FILES);
    expect(await errorOf(client.deleteFile(id, never))).toEqual(WITHOUT_FILES);
    expect(await errorOf(client.openContent(id, { signal: never }))).toEqual(WITHOUT_FILES);
  });

  it('calls no file gone while the listing, which would tell, cannot be read', async () => {
    const { id } = server.files.add({ name: 'a.txt' });
    const client = createKeyedClient(server.baseUrl, server.keys.add({ isConfined: true }).key);
    server.faults.inject({ on: 'list', fault: { kind: 'status', status: 503, at: 'headers' }, times: 2 });
    expect(await errorOf(client.deleteFile(id, never))).toMatchObject({ code: 'unavailable' });
    expect(await errorOf(client.readFile(id, never))).toMatchObject({ code: 'unavailable' });
    expect(await errorOf(client.deleteFile(id, never))).toEqual(WITHOUT_FILES);
  });

  it('deletes nothing of the list that was kept from the last run, and does not say that it did', async () => {
    const [file] = server.seed(3);
    const before = await openWindowLocation(server, { folder });
    await before.close();
    server.keys.add({ key: server.apiKey, isConfined: true });
    const opened = await openWindowLocation(server, { folder, speed: 200 });
    expect(opened.location.index.status()).toMatchObject({ phase: 'failed', error: WITHOUT_FILES });
    const { id, count } = await opened.handlers.draftDeletion({
      target: { kind: 'rows', keys: [file?.id ?? ''] },
    });
    await opened.handlers.beginDeletion({ id, count });
    const outcome = await opened.waitForDeletion(({ phase }) => phase === 'finished');
    expect(outcome).toMatchObject({ deletedCount: 0, failures: [{ error: WITHOUT_FILES }] });
    expect(opened.location.index.find(file?.id ?? '')).toBeDefined();
    await opened.close();
  });

  it('holds all uploads with one reason', async () => {
    const { key } = server.keys.add({ isConfined: true });
    const opened = await openWindowLocation({ ...server, apiKey: key }, { folder, speed: 200 });
    const { queue } = opened.location.transfers;
    const requests = ['a.txt', 'b.txt'].map((name) => join(folder, name));
    await Promise.all(requests.map((path) => writeFile(path, path)));
    queue.add(
      requests.map((path) => ({ direction: 'upload' as const, path, name: path.slice(-5), sizeBytes: 10 })),
    );
    await expect.poll(() => queue.status().holds).toMatchObject([{ scope: 'uploads', error: WITHOUT_FILES }]);
    await expect.poll(() => queue.list().map(({ state }) => state)).toEqual(['queued', 'queued']);
    await opened.close();
  });
});
