import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createGeneratedContent } from '../server/content.ts';
import { type LocalServer, startServer } from '../server/server.ts';
import { openTestLocation, type TestLocation } from './location.ts';
import { keepTemporaryFolders } from './temporary-folder.ts';

const FREELY = { request: Number.POSITIVE_INFINITY, answer: Number.POSITIVE_INFINITY };
const makeFolder = keepTemporaryFolders();
let server: LocalServer;
let location: TestLocation;

beforeEach(async () => {
  server = await startServer();
  location = await openTestLocation(server, { folder: await makeFolder() });
});

afterEach(async () => {
  await location.close();
  await server.close();
});

async function download(sizeBytes: number): Promise<void> {
  const file = server.files.add({ name: 'a.bin', content: createGeneratedContent(sizeBytes, 1) });
  const target = { path: join(await makeFolder(), 'a.bin'), replaces: null };
  const remote = await location.client.readFile(file.id, new AbortController().signal);
  location.transfers.queue.add([{ direction: 'save', file: remote, target }]);
}

describe('a slow download', () => {
  it('tells its bytes as they come, however few', async () => {
    const held = server.faults.inject({
      on: 'download',
      fault: { kind: 'hang', at: { answerBytes: 30_000 } },
    });
    await download(900_000);
    const arrived = await location.waitFor(({ transferredBytes }) => transferredBytes === 30_000);
    expect(arrived.state).toBe('receiving');
    expect(arrived.progressedAt).not.toBeNull();
    held.release();
    await location.waitFor(({ state }) => state === 'done');
  });

  it('is never told to be faster than its bytes have come', async () => {
    const speed = 250_000;
    server.settings.bytesPerSecond = { ...FREELY, answer: speed };
    await download(1_000_000);
    await location.waitFor(({ state }) => state === 'receiving');
    const told: number[] = [];
    await expect
      .poll(() => {
        told.push(location.transfers.queue.status().bytesPerSecond);
        return location.told.some(({ transferredBytes }) => transferredBytes >= 400_000);
      })
      .toBe(true);
    server.settings.bytesPerSecond = FREELY;
    expect(Math.max(...told)).toBeGreaterThan(0);
    // A busy machine may find two seconds' bytes at once.
    expect(Math.max(...told)).toBeLessThan(speed * 3);
    await location.waitFor(({ state }) => state === 'done');
  });
});
