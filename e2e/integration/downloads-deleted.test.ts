import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TransferState } from '#app/transfers/transfer.ts';
import { createGeneratedContent } from '../server/content.ts';
import { type LocalServer, startServer } from '../server/server.ts';
import { keepTemporaryFolders } from './temporary-folder.ts';
import { openWindowLocation, type WindowLocation } from './window-location.ts';

/** Transfers that the location has under way at once. */
const CONCURRENCY = 3;
const FILE_BYTES = 3_000_000;
const makeFolder = keepTemporaryFolders();
let server: LocalServer;
let folder: string;
let target: string;
let opened: WindowLocation | null;

beforeEach(async () => {
  server = await startServer();
  folder = await makeFolder();
  target = await makeFolder();
  opened = null;
});

afterEach(async () => {
  await opened?.close();
  await server.close();
});

/** Puts downloadable files on the server and opens the location; `speed` is its clock's. */
async function openWith(fileCount: number, speed = 50) {
  const names = Array.from({ length: fileCount }, (_, index) => `out/${index}.bin`);
  const files = server.files.addAll(
    names.map((name) => ({ name, content: createGeneratedContent(FILE_BYTES, 1) })),
  );
  return { ids: files.map(({ id }) => id), ...(await openAgain(speed)) };
}

async function openAgain(speed = 50) {
  await opened?.close();
  const location = await openWindowLocation(server, {
    folder,
    speed,
    system: {
      chooseTargets: async (files) =>
        files.map(({ name }) => ({ path: join(target, name.replace('out/', '')), replaces: null })),
      chooseReplacement: async () => join(folder, 'new.txt'),
    },
  });
  opened = location;
  const { queue } = location.location.transfers;
  const transferOf = (fileId: string) => queue.list().find((transfer) => transfer.fileId === fileId);
  return {
    ...location,
    queue,
    transferOf,
    whenIn: (fileId: string, state: TransferState) =>
      expect.poll(() => transferOf(fileId)?.state).toBe(state),
  };
}

/** Holds downloads in the middle of their answer. */
function holdDownloads() {
  return server.faults.inject({
    on: 'download',
    times: Number.POSITIVE_INFINITY,
    fault: { kind: 'hang', at: { answerBytes: 1_500_000 } },
  });
}

const rows = (keys: readonly string[]) => ({ kind: 'rows', keys }) as const;

async function deleteFiles({ handlers, waitForDeletion }: WindowLocation, ids: readonly string[]) {
  const draft = await handlers.draftDeletion({ target: rows(ids) });
  const { id } = await handlers.beginDeletion({ id: draft.id, count: draft.count });
  await waitForDeletion((change) => change.id === id && change.phase === 'finished');
}

const DELETED_HERE = { state: 'failed', error: { code: 'deletedHere' }, retryAt: null };

describe('the question before a deletion', () => {
  it('counts the files that still wait to be downloaded or are downloading', async () => {
    const { ids, handlers } = await openWith(CONCURRENCY + 4);
    const held = holdDownloads();
    await handlers.saveFiles({ target: rows(ids.slice(0, CONCURRENCY + 2)) });
    await expect
      .poll(() => server.requests.all('download').filter(({ isHeld }) => isHeld))
      .toHaveLength(CONCURRENCY);
    const draft = await handlers.draftDeletion({ target: rows(ids) });
    expect(draft).toMatchObject({ count: CONCURRENCY + 4, unfinishedDownloadCount: CONCURRENCY + 2 });
    const others = await handlers.draftDeletion({ target: rows(ids.slice(CONCURRENCY + 1)) });
    expect(others).toMatchObject({ count: 3, unfinishedDownloadCount: 1 });
    held.release();
  });

  it('counts no file that has arrived, or whose download the person has cancelled, and counts one that failed', async () => {
    const { ids, handlers, whenIn, transferOf, queue } = await openWith(3);
    const [arrived = '', failed = '', cancelled = ''] = ids;
    await handlers.saveFiles({ target: rows([arrived]) });
    await whenIn(arrived, 'done');
    server.faults.inject({ on: 'download', fault: { kind: 'status', status: 403 } });
    await handlers.saveFiles({ target: rows([failed]) });
    await whenIn(failed, 'failed');
    queue.pause();
    await handlers.saveFiles({ target: rows([cancelled, arrived]) });
    queue.cancel([transferOf(cancelled)?.id ?? '']);
    expect(await handlers.draftDeletion({ target: rows(ids) })).toMatchObject({
      count: 3,
      unfinishedDownloadCount: 1,
    });
  });
});

describe('a download whose file the person deletes', () => {
  it('says, when it still waited, that it was deleted here and not by another program', async () => {
    const location = await openWith(CONCURRENCY + 2);
    const { ids, handlers, transferOf, whenIn } = location;
    const held = holdDownloads();
    await handlers.saveFiles({ target: rows(ids) });
    await server.waitFor(({ isHeld }) => isHeld);
    const [waiting = ''] = ids.filter((id) => transferOf(id)?.state === 'queued');
    await deleteFiles(location, [waiting]);
    expect(transferOf(waiting)).toMatchObject(DELETED_HERE);
    held.release();
    for (const id of ids.filter((id) => id !== waiting)) await whenIn(id, 'done');
    expect(await readdir(target)).toHaveLength(ids.length - 1);
  });

  it('says the same when it is tried again, in the next run of the app too', async () => {
    const location = await openWith(1);
    const [id = ''] = location.ids;
    location.queue.pause();
    await location.handlers.saveFiles({ target: rows([id]) });
    await deleteFiles(location, [id]);
    expect(location.transferOf(id)).toMatchObject(DELETED_HERE);
    const again = await openAgain();
    again.queue.resume();
    again.queue.retry([again.transferOf(id)?.id ?? '']);
    await again.whenIn(id, 'failed');
    expect(again.transferOf(id)).toMatchObject(DELETED_HERE);
    expect(await readdir(target)).toEqual([]);
  });

  it('arrives whole when the server still sends all of it', async () => {
    const location = await openWith(1);
    const [id = ''] = location.ids;
    const held = holdDownloads();
    await location.handlers.saveFiles({ target: rows([id]) });
    await server.waitFor(({ isHeld }) => isHeld);
    await deleteFiles(location, [id]);
    expect(location.transferOf(id)?.state).toBe('receiving');
    held.release();
    await location.whenIn(id, 'done');
    expect(await readdir(target)).toEqual(['0.bin']);
  });

  it('says that it was deleted here when the server breaks it off, and leaves nothing', async () => {
    const location = await openWith(1);
    const [id = ''] = location.ids;
    server.faults.inject({ on: 'download', fault: { kind: 'reset', at: { answerBytes: 1_500_000 } } });
    const held = server.faults.inject({ on: 'download', from: 2, fault: { kind: 'hang', at: 'headers' } });
    await location.handlers.saveFiles({ target: rows([id]) });
    // The second attempt is on its way when the file goes.
    await server.waitFor(({ isHeld }) => isHeld);
    await deleteFiles(location, [id]);
    held.release();
    await location.whenIn(id, 'failed');
    expect(location.transferOf(id)).toMatchObject(DELETED_HERE);
    expect(await readdir(target)).toEqual([]);
  });

  it('says that another deleted it when this app did not', async () => {
    const { ids, handlers, whenIn, transferOf } = await openWith(1);
    const [id = ''] = ids;
    server.files.delete(id);
    await handlers.saveFiles({ target: rows([id]) });
    await whenIn(id, 'failed');
    expect(transferOf(id)?.error).toEqual({ code: 'notFound' });
  });
});

describe('a file that is replaced while it is downloaded', () => {
  it.each(['arrived', 'cancelled'])('is deleted only when its download has %s', async (end) => {
    const { ids, handlers, queue, transferOf, waitForDeletion } = await openWith(1);
    const [id = ''] = ids;
    await writeFile(join(folder, 'new.txt'), 'new');
    const held = holdDownloads();
    await handlers.saveFiles({ target: rows([id]) });
    await server.waitFor(({ isHeld }) => isHeld);
    await handlers.replaceFile({ id });
    await expect.poll(() => queue.list().map(({ state }) => state)).toEqual(['receiving', 'done']);
    expect(server.requests.all('delete')).toEqual([]);
    if (end === 'cancelled') queue.cancel([transferOf(id)?.id ?? '']);
    else held.release();
    await waitForDeletion(({ phase }) => phase === 'finished');
    expect(server.files.get(id)).toBeUndefined();
    expect(await readdir(target)).toEqual(end === 'cancelled' ? [] : ['0.bin']);
  });
});
