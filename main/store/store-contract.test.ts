import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createManualClock } from '../engine/manual-clock.ts';
import { createMemoryStore, type StoreContent } from './memory-store.ts';
import { openSqliteStore } from './sqlite/open-sqlite-store.ts';
import type { HistoryEntry, Store, StoreChange } from './store.ts';

const putJob = (id: string, more: Partial<Extract<StoreChange, { op: 'putJob' }>> = {}): StoreChange => ({
  op: 'putJob',
  locationId: 'here',
  kind: 'deletion',
  id,
  state: 'waiting',
  detail: { count: 2 },
  ...more,
});
const putItems = (jobId: string, ids: readonly string[], state = 'open', detail: unknown = null) =>
  ({ op: 'putItems', jobId, state, detail, ids }) as const;
const JOB = { state: 'waiting', detail: { count: 2 }, items: [], isDamaged: false };

/** A place that a store can be opened at again and again. */
interface Place {
  readonly open: () => Promise<Store>;
  readonly remove: () => Promise<void>;
}

async function createDiskPlace(): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), 'files-for-openrouter-'));
  const onProblem = (cause: unknown) => {
    throw cause;
  };
  return {
    open: () => openSqliteStore({ folder, clock: createManualClock(), onProblem }),
    remove: () => rm(folder, { recursive: true }),
  };
}

async function createMemoryPlace(): Promise<Place> {
  let read: () => StoreContent | undefined = () => undefined;
  return {
    open: async () => {
      const content = read();
      const store = createMemoryStore(content ? { content } : {});
      read = store.content;
      return store;
    },
    remove: async () => undefined,
  };
}

describe.each([
  ['in memory', createMemoryPlace],
  ['of SQLite', createDiskPlace],
])('a store %s', (_, createPlace) => {
  let place: Place;
  let store: Store;
  beforeEach(async () => {
    place = await createPlace();
    store = await place.open();
  });
  afterEach(async () => {
    await store.close();
    await place.remove();
  });
  const reopen = async () => {
    await store.close();
    store = await place.open();
  };
  const read = () => store.readJobs('here', 'deletion');

  it('begins empty and whole', async () => {
    expect(store.condition).toBe('whole');
    expect(await read()).toEqual([]);
    expect(await store.hasImported('a')).toBe(false);
  });

  it('gives the jobs of a location in the order in which they were first put, in this run and in the next', async () => {
    await store.commit([putJob('b'), putJob('a'), putJob('c', { locationId: 'elsewhere' })]);
    await store.commit([putJob('b', { state: 'started' })]);
    const jobs = [
      { ...JOB, id: 'b', state: 'started' },
      { ...JOB, id: 'a' },
    ];
    expect(await read()).toEqual(jobs);
    await reopen();
    expect(await read()).toEqual(jobs);
    expect(await store.readJobs('elsewhere', 'deletion')).toMatchObject([{ id: 'c' }]);
  });

  it('keeps items in groups of one state and detail, in their order', async () => {
    const names = ['z', 'a', 'Ünï "code" 文件', 'line\nfeed\u0000', "it's", 'm'];
    await store.commit([putJob('a'), putItems('a', names)]);
    await store.commit([
      putItems('a', ['a', 'm'], 'gone'),
      putItems('a', ['z'], 'failed', { name: 'z.txt' }),
    ]);
    await reopen();
    const [job] = await read();
    expect(job?.items).toHaveLength(3);
    expect(job?.items).toContainEqual({ state: 'open', detail: null, ids: names.slice(2, 5) });
    expect(job?.items).toContainEqual({ state: 'gone', detail: null, ids: ['a', 'm'] });
    expect(job?.items).toContainEqual({ state: 'failed', detail: { name: 'z.txt' }, ids: ['z'] });
  });

  it('changes a state alone, and removes items or all of a job', async () => {
    await store.commit([putJob('a'), putItems('a', ['1', '2']), putJob('b'), putItems('b', ['1'])]);
    await store.commit([{ op: 'setJobState', id: 'a', state: 'cancelled' }]);
    await store.commit([
      { op: 'removeItems', jobId: 'a' },
      { op: 'removeJob', id: 'b' },
    ]);
    await store.commit([putJob('b')]);
    await reopen();
    expect(await read()).toEqual([
      { ...JOB, id: 'a', state: 'cancelled' },
      { ...JOB, id: 'b' },
    ]);
  });

  it('passes over what is about a job that is not there', async () => {
    await store.commit([
      { op: 'setJobState', id: 'a', state: 'cancelled' },
      putItems('a', ['1']),
      { op: 'removeItems', jobId: 'a' },
      { op: 'removeJob', id: 'a' },
    ]);
    expect(await read()).toEqual([]);
  });

  it('applies commits in the order of their calls, as the changes were then', async () => {
    const ids = ['1'];
    const commits = [
      store.commit([putJob('a'), putItems('a', ids)]),
      store.commit([{ op: 'setJobState', id: 'a', state: 'started' }]),
      store.commitFromReserve([{ op: 'setJobState', id: 'a', state: 'cancelled' }]),
    ];
    ids.push('2');
    await Promise.all(commits);
    const items = [{ state: 'open', detail: null, ids: ['1'] }];
    expect(await read()).toEqual([{ ...JOB, id: 'a', state: 'cancelled', items }]);
  });

  it('waits for what was given to it before it closes', async () => {
    const commit = store.commit([putJob('a')]);
    await reopen();
    await commit;
    expect(await read()).toHaveLength(1);
  });

  it('keeps the history of a location, what was put last behind all others', async () => {
    const put = (fileId: string, detail: unknown, kind: 'upload' | 'download' = 'upload') =>
      ({ op: 'putHistory', locationId: 'here', kind, fileId, detail }) as const;
    await store.commit([put('a', 1), put('b', { name: 'b.txt' }), put('a', 2, 'download'), put('c', null)]);
    await store.commit([{ ...put('a', 'other'), locationId: 'elsewhere' }, put('a', 3)]);
    await store.commit([
      { op: 'removeHistory', locationId: 'here', kind: 'upload', fileIds: ['c', 'never there'] },
    ]);
    await reopen();
    const entries: HistoryEntry[] = [];
    await store.readHistory('here', (part) => entries.push(...part));
    expect(entries).toEqual([
      { kind: 'upload', fileId: 'b', detail: { name: 'b.txt' } },
      { kind: 'download', fileId: 'a', detail: 2 },
      { kind: 'upload', fileId: 'a', detail: 3 },
    ]);
  });

  it('gives a long history whole', async () => {
    const fileIds = Array.from({ length: 2500 }, (_, index) => `file-${index}`);
    await store.commit(
      fileIds.map((fileId) => ({
        op: 'putHistory',
        locationId: 'here',
        kind: 'upload',
        fileId,
        detail: null,
      })),
    );
    const found: string[] = [];
    await store.readHistory('here', (part) => found.push(...part.map(({ fileId }) => fileId)));
    expect(found).toEqual(fileIds);
  });

  it('remembers what it has taken over', async () => {
    await store.commit([
      { op: 'noteImport', hash: 'a' },
      { op: 'noteImport', hash: 'a' },
    ]);
    await reopen();
    expect(await store.hasImported('a')).toBe(true);
    expect(await store.hasImported('b')).toBe(false);
  });
});
