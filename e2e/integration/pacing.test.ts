import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LocalServer, startServer } from '../server/server.ts';
import { openWindowLocation, type WindowLocation } from './window-location.ts';

let servers: LocalServer[];
let folder: string;
let open: WindowLocation[];

beforeEach(async () => {
  servers = [];
  open = [];
  folder = await mkdtemp(join(tmpdir(), 'files-for-openrouter-'));
});

afterEach(async () => {
  for (const { close } of open) await close();
  for (const server of servers) await server.close();
  await rm(folder, { recursive: true, force: true });
});

/** Opens the files of an account of its own. */
async function openAccount(name: string, prepare: (server: LocalServer) => unknown = () => undefined) {
  const server = await startServer();
  servers.push(server);
  await prepare(server);
  const opened = await openWindowLocation(server, { folder: join(folder, name), speed: 50, undoMs: 3000 });
  open.push(opened);
  return { server, ...opened };
}

async function upload({ location }: WindowLocation, name: string) {
  const path = join(folder, name);
  await writeFile(path, name);
  await location.transfers.addUploads([{ direction: 'upload', path, name, sizeBytes: name.length }]);
}

async function deleteAll({ handlers }: WindowLocation) {
  const view = {
    filter: {
      search: '',
      kinds: [],
      isSaveable: null,
      minSizeBytes: null,
      maxSizeBytes: null,
      createdFrom: null,
      createdBefore: null,
    },
    folder: null,
    sort: { by: 'created', isDescending: true },
  } as const;
  const page = { ...view, offset: 0, limit: 100 };
  await handlers.changeSelection({ change: { kind: 'allMatching', view }, page });
  const draft = await handlers.draftDeletion({ target: { kind: 'selection' } });
  await handlers.beginDeletion({ id: draft.id, count: draft.count });
}

const statesOf = ({ location }: WindowLocation) => location.transfers.queue.list().map(({ state }) => state);

describe('what one request of an account is told', () => {
  it('a 429 on a deletion holds up the uploads of its account, and of no other', async () => {
    const one = await openAccount('one', (server) => server.seed(5, { generatedEvery: 0 }));
    const other = await openAccount('other');
    const refusing = one.server.faults.inject({
      on: 'delete',
      times: Number.POSITIVE_INFINITY,
      fault: { kind: 'status', status: 429, retryAfterSeconds: 3600 },
    });
    await deleteAll(one);
    await one.waitForDeletion(({ pause }) => pause?.reason === 'limited');
    // Nobody uploads there: nothing is said of it in the transfers.
    expect(one.location.transfers.queue.status().holds).toEqual([]);

    await upload(one, 'waits.txt');
    await upload(other, 'goes.txt');
    await expect.poll(() => statesOf(other)).toEqual(['done']);
    expect(statesOf(one)).toEqual(['queued']);
    expect(one.location.transfers.queue.status().holds).toMatchObject([
      { scope: 'all', error: { code: 'rateLimited' } },
    ]);
    expect(one.server.requests.all('upload')).toEqual([]);
    expect(other.location.transfers.queue.status().holds).toEqual([]);

    // A person’s word at the deletion lets both go on.
    refusing.remove();
    one.handlers.resumeDeletions({});
    await expect.poll(() => statesOf(one)).toEqual(['done']);
    await one.waitForDeletion(({ phase }) => phase === 'finished');
    expect(one.server.files.all().map(({ name }) => name)).toEqual(['waits.txt']);
  });

  it('a 429 on an upload holds up the deletions of its account', async () => {
    const one = await openAccount('one', (server) => server.seed(5, { generatedEvery: 0 }));
    one.server.faults.inject({
      on: 'upload',
      fault: { kind: 'status', status: 429, retryAfterSeconds: 3600 },
    });
    await upload(one, 'refused.txt');
    await expect.poll(() => one.location.transfers.queue.status().holds).toHaveLength(1);
    await deleteAll(one);
    const waiting = await one.waitForDeletion(({ pause }) => pause !== null);
    expect(waiting.pause).toMatchObject({ reason: 'limited' });
    expect(one.server.requests.all('delete')).toEqual([]);
    one.location.transfers.queue.resume();
    await one.waitForDeletion(({ phase }) => phase === 'finished');
    await expect.poll(() => statesOf(one)).toEqual(['done']);
  });

  it('a key that an upload was refused with ends no wait of a deletion: it is asked for, and told', async () => {
    const one = await openAccount('one', (server) => server.seed(2, { generatedEvery: 0 }));
    one.server.faults.inject({ on: 'upload', fault: { kind: 'status', status: 401 } });
    await upload(one, 'refused.txt');
    await expect.poll(() => one.location.transfers.queue.status().holds).toHaveLength(1);
    await deleteAll(one);
    const done = await one.waitForDeletion(({ phase }) => phase === 'finished');
    expect(done).toMatchObject({ deletedCount: 2, failedCount: 0 });
    expect(statesOf(one)).toEqual(['queued']);
  });
});

describe('no way to the server', () => {
  it('ends for the list, a deletion and an upload alike, once any answer shows that it is there', async () => {
    const one = await openAccount('one', (server) => server.seed(3, { generatedEvery: 0 }));
    await one.server.goOffline();
    await one.location.index.refresh();
    expect(one.location.index.status()).toMatchObject({ phase: 'failed', error: { code: 'offline' } });
    await upload(one, 'waits.txt');
    await deleteAll(one);
    await one.waitForDeletion(({ pause }) => pause?.reason === 'unreachable');
    expect(statesOf(one)).toEqual(['queued']);
    await one.server.goOnline();
    await one.waitForDeletion(({ phase }) => phase === 'finished');
    await expect.poll(() => statesOf(one)).toEqual(['done']);
    await expect.poll(() => one.location.index.status()).toMatchObject({ phase: 'complete', error: null });
  });
});
