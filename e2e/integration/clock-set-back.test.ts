import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createGeneratedContent } from '../server/content.ts';
import { type LocalServer, startServer } from '../server/server.ts';
import { openTestLocation } from './location.ts';
import { openWindowLocation } from './window-location.ts';

const HOUR_MS = 3_600_000;

describe('a clock that is set back by an hour', () => {
  let server: LocalServer;
  let folder: string;
  beforeEach(async () => {
    server = await startServer();
    folder = await mkdtemp(join(tmpdir(), 'files-for-openrouter-'));
    // The computer's time alone: everything else goes on as it does.
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
  });
  afterEach(async () => {
    vi.useRealTimers();
    await server.close();
    await rm(folder, { recursive: true, force: true });
  });
  const setBack = () => vi.setSystemTime(Date.now() - HOUR_MS);

  it('holds up no transfer that waits for its next attempt, and nothing that the window is told', async () => {
    const { id } = server.files.add({ name: 'a.txt', content: createGeneratedContent(1000, 1) });
    const location = await openTestLocation(server, { folder: join(folder, 'records') });
    await location.index.whenRead(new AbortController().signal);
    server.faults.inject({ on: 'download', fault: { kind: 'status', status: 503, retryAfterSeconds: 1 } });
    const file = location.index.find(id);
    if (!file) throw new Error('The listing does not have the file');
    const target = { path: join(folder, 'a.txt'), replaces: null };
    location.transfers.queue.add([{ direction: 'save', file, target }]);
    await location.waitFor(({ error }) => error?.code === 'unavailable');
    setBack();
    const done = await location.waitFor(({ state }) => state === 'done');
    expect(done.attempts).toBe(2);
    await location.close();
  });

  it('holds up no deletion, neither in its time to undo nor while it waits for the server', async () => {
    const [file] = server.seed(1);
    const opened = await openWindowLocation(server, { folder, undoMs: 500 });
    const refusal = server.faults.inject({
      on: 'delete',
      fault: { kind: 'status', status: 429, retryAfterSeconds: 1 },
    });
    const draft = await opened.handlers.draftDeletion({ target: { kind: 'rows', keys: [file?.id ?? ''] } });
    await opened.handlers.beginDeletion({ id: draft.id, count: 1 });
    setBack();
    await expect.poll(() => server.requests.all('delete').length).toBe(1);
    setBack();
    const { deletedCount } = await opened.waitForDeletion(({ phase }) => phase === 'finished');
    expect(deletedCount).toBe(1);
    refusal.remove();
    await opened.close();
  });
});
