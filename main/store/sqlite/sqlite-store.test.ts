import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createManualClock, type ManualClock } from '../../engine/manual-clock.ts';
import type { Store, StoreChange } from '../store.ts';
import { findDatabaseFiles } from './database-files.ts';
import { NewerDatabaseError, openDatabase } from './open-database.ts';
import { openSqliteStore, type SqliteStoreParts } from './open-sqlite-store.ts';
import { MIGRATIONS } from './schema.ts';
import { startSqliteThread } from './sqlite-thread.ts';

const putJob = (id: string): StoreChange => ({
  op: 'putJob',
  locationId: 'here',
  kind: 'deletion',
  id,
  state: 'waiting',
  detail: { count: 3 },
});
const putItems = (jobId: string, ids: readonly string[]): StoreChange => ({
  op: 'putItems',
  jobId,
  state: 'open',
  detail: null,
  ids,
});
const setState = (id: string, state: string): StoreChange => ({ op: 'setJobState', id, state });

let folder: string;
let clock: ManualClock;
let problems: unknown[];
const stores: Store[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'files-for-openrouter-'));
  clock = createManualClock();
  problems = [];
});
afterEach(async () => {
  for (const store of stores.splice(0)) await store.close().catch(() => undefined);
  await rm(folder, { recursive: true, force: true });
});

async function open(parts: Partial<SqliteStoreParts> = {}): Promise<Store> {
  const store = await openSqliteStore({
    folder,
    clock,
    onProblem: (cause) => problems.push(cause),
    ...parts,
  });
  stores.push(store);
  return store;
}
const read = (store: Store) => store.readJobs('here', 'deletion');
const filePath = (number = 1) => join(folder, `records-${number}.sqlite`);

/** Puts two jobs into a store and closes it; gives its file. */
async function fill(): Promise<Buffer> {
  const store = await open();
  await store.commit([putJob('job-a'), putItems('job-a', ['file-1', 'file-2', 'file-3'])]);
  await store.commit([putJob('job-b'), putItems('job-b', ['file-4'])]);
  await store.close();
  return readFile(filePath());
}

describe('a store’s database', () => {
  it('is synced with each commit, and has a log', async () => {
    const files = await findDatabaseFiles(folder);
    for (let run = 0; run < 2; run += 1) {
      const { thread } = await openDatabase(await findDatabaseFiles(folder), {
        migrations: MIGRATIONS,
        maxPageCount: 100,
        canSync: true,
      });
      expect(await thread.read('PRAGMA synchronous')).toEqual([{ synchronous: 2 }]);
      expect(await thread.read('PRAGMA journal_mode')).toEqual([{ journal_mode: 'wal' }]);
      await thread.close();
    }
    expect(files.current).toBeNull();
  });

  it.skipIf(process.platform === 'win32')('is for this user alone, with its log and its backup', async () => {
    const store = await open();
    await store.commit([putJob('a')]);
    await clock.pass(60_000);
    await expect.poll(() => readdir(folder)).toContain('backup.sqlite');
    const names = await readdir(folder);
    expect(names).toContain('records-1.sqlite-wal');
    for (const name of names) expect((await stat(join(folder, name))).mode & 0o077, name).toBe(0);
  });

  it('of a newer version is refused and stays as it is', async () => {
    const store = await open({ migrations: [...MIGRATIONS, ['CREATE TABLE more (id TEXT)']] });
    await store.commit([putJob('a')]);
    await store.close();
    const before = await readFile(filePath());
    await expect(open()).rejects.toBeInstanceOf(NewerDatabaseError);
    expect(await readFile(filePath())).toEqual(before);
    expect(await readdir(folder)).not.toContain('records-2.sqlite');
  });

  it('of an older version is brought to the latest, once, with all it holds', async () => {
    await fill();
    const migrations = [...MIGRATIONS, ['CREATE TABLE more (id TEXT)', "UPDATE jobs SET kind = 'deletion'"]];
    for (let run = 0; run < 2; run += 1) {
      const store = await open({ migrations });
      expect(store.condition).toBe('whole');
      expect(await read(store)).toHaveLength(2);
      await store.close();
    }
    expect(problems).toEqual([]);
  });

  it.each(MIGRATIONS.map((_, version) => version + 1))('of version %i is read', async (version) => {
    const old = await open({ migrations: MIGRATIONS.slice(0, version) });
    await old.commit([putJob('a'), putItems('a', ['file-1'])]);
    await old.close();
    const store = await open();
    expect(problems).toEqual([]);
    expect(store.condition).toBe('whole');
    expect(await read(store)).toMatchObject([{ id: 'a', isDamaged: false }]);
  });

  it('that cannot be opened keeps nothing, and is not written to', async () => {
    await mkdir(filePath());
    const store = await open();
    expect(store.condition).toBe('unreadable');
    await expect(store.commit([putJob('a')])).rejects.toThrow('journalUnwritable');
    await expect(store.commitFromReserve([putJob('a')])).rejects.toThrow('journalUnwritable');
    expect(await read(store)).toEqual([]);
    expect(problems).toHaveLength(1);
    expect((await stat(filePath())).isDirectory()).toBe(true);
  });

  it('refuses a commit alone that cannot be made, and not those of the same time', async () => {
    const store = await open();
    const bad = { ...putJob('b'), detail: { toJSON: () => 1n } };
    expect(() => JSON.stringify(bad)).toThrow();
    const commits = [
      store.commit([putJob('a')]),
      store.commit([bad]).catch((cause: unknown) => cause),
      store.commit([putJob('c')]),
    ];
    await Promise.all(commits);
    expect((await read(store)).map(({ id }) => id)).toEqual(['a', 'c']);
  });
});

describe('a full disk', () => {
  const many = Array.from({ length: 20_000 }, (_, index) => `file-${index}-of-a-large-deletion`);

  it('is told, nothing is acknowledged, and what is small still fits', async () => {
    const store = await open({ maxPageCount: 60 });
    await store.commit([putJob('a')]);
    const results = await Promise.allSettled([
      store.commit([putJob('b'), putItems('b', many)]),
      store.commit([setState('a', 'started')]),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    expect(results[0]).toMatchObject({ reason: { error: { code: 'journalUnwritable' } } });
    await store.close();
    const again = await open();
    expect(await read(again)).toMatchObject([{ id: 'a', state: 'started' }]);
    expect(problems).toEqual([]);
  });

  describe.runIf(process.getuid?.() === 0 && process.platform === 'linux')('that is one', () => {
    beforeEach(() => execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', folder]));
    afterEach(() => execFileSync('umount', ['--lazy', folder]));

    it('takes last records all the same, which outlast it', async () => {
      const store = await open();
      await store.commit([putJob('a'), putItems('a', many.slice(0, 100))]);
      // Not a byte is left.
      await writeFile(join(folder, 'filler'), Buffer.alloc(4_000_000)).catch(() => undefined);
      await expect(store.commit([putJob('b'), putItems('b', many)])).rejects.toThrow('journalUnwritable');
      await expect(store.commit([setState('a', 'started')])).rejects.toThrow('journalUnwritable');
      await store.commitFromReserve([setState('a', 'cancelled')]);
      await rm(join(folder, 'filler'));
      await store.commit([putJob('c')]);
      await store.close();
      const again = await open();
      expect(await read(again)).toMatchObject([
        { id: 'a', state: 'cancelled', items: [{ ids: many.slice(0, 100) }] },
        { id: 'c' },
      ]);
    });
  });
});

describe('a damaged database', () => {
  /** Opens the store, and shows that it is damaged once only and that the damaged file has been kept. */
  async function openDamaged(bytes: Uint8Array) {
    await writeFile(filePath(), bytes);
    const store = await open();
    expect(store.condition).toBe('damaged');
    expect(problems).toHaveLength(1);
    const jobs = await read(store);
    await store.commit([putJob('next')]);
    await store.close();
    expect((await readFile(filePath())).equals(bytes)).toBe(true);
    const again = await open();
    expect(again.condition).toBe('whole');
    expect((await read(again)).slice(0, -1)).toEqual(jobs);
    return jobs;
  }

  it('in which one letter of a file has changed gives all others, and its job as damaged', async () => {
    const bytes = await fill();
    bytes[bytes.indexOf('file-2') + 5] = '9'.charCodeAt(0);
    const jobs = await openDamaged(bytes);
    expect(jobs).toMatchObject([
      { id: 'job-a', isDamaged: true, items: [{ ids: ['file-1', 'file-3'] }] },
      { id: 'job-b', isDamaged: true, items: [{ ids: ['file-4'] }] },
    ]);
  });

  it('in which a state has changed gives the job as damaged', async () => {
    const bytes = await fill();
    bytes[bytes.indexOf('waiting')] = 'W'.charCodeAt(0);
    expect(await openDamaged(bytes)).toMatchObject([{ isDamaged: true }, { isDamaged: true }]);
  });

  it.each([
    ['empty', () => Buffer.alloc(0)],
    ['zeros', (bytes: Buffer) => Buffer.alloc(bytes.length)],
    ['rubbish', () => Buffer.from('rubbish'.repeat(1000))],
    ['cut off', (bytes: Buffer) => bytes.subarray(0, 4096 + 100)],
    [
      'of which the tables are zeros',
      (bytes: Buffer) => Buffer.concat([bytes.subarray(0, 4096), Buffer.alloc(bytes.length - 4096)]),
    ],
  ])('that is %s is set aside whole, and the store can be written to', async (_what, damage) => {
    await openDamaged(damage(await fill()));
  });

  it('with any page overwritten gives no job as whole', async () => {
    const bytes = await fill();
    for (let page = 1; page < bytes.length / 4096; page += 1) {
      await rm(folder, { recursive: true });
      await mkdir(folder);
      problems = [];
      const damaged = Buffer.from(bytes).fill(0x5a, page * 4096, page * 4096 + 4096);
      await writeFile(filePath(), damaged);
      const store = await open();
      const jobs = await read(store);
      if (store.condition === 'damaged') expect(jobs.every(({ isDamaged }) => isDamaged)).toBe(true);
      // What is not in use may be overwritten.
      else
        expect(jobs).toMatchObject([{ items: [{ ids: ['file-1', 'file-2', 'file-3'] }] }, { id: 'job-b' }]);
      await store.close();
    }
  });

  it('of which nothing can be read gives what the day’s backup has, as damaged', async () => {
    const first = await open();
    await first.commit([putJob('job-a'), putItems('job-a', ['file-1'])]);
    await clock.pass(60_000);
    await expect.poll(() => readdir(folder)).toContain('backup.sqlite');
    await first.close();
    expect(await openDamaged(Buffer.from('rubbish'.repeat(1000)))).toMatchObject([
      { id: 'job-a', isDamaged: true, items: [{ ids: ['file-1'] }] },
    ]);
  });

  it('keeps the five latest of them', async () => {
    for (let run = 1; run <= 8; run += 1) {
      await writeFile(filePath(run), 'rubbish'.repeat(1000));
      await (await open()).close();
    }
    const names = (await readdir(folder)).filter((name) => name.endsWith('.sqlite'));
    expect(names.sort()).toEqual([4, 5, 6, 7, 8, 9].map((number) => `records-${number}.sqlite`));
  });
});

describe('the backup of a database', () => {
  const backupTime = async () => (await stat(join(folder, 'backup.sqlite'))).mtimeMs;

  it('is made when there is none of the last day, and not before', async () => {
    const store = await open();
    await store.commit([putJob('a')]);
    await clock.pass(59_000);
    expect(await readdir(folder)).not.toContain('backup.sqlite');
    await clock.pass(1000);
    await expect.poll(() => readdir(folder)).toContain('backup.sqlite');
    await store.close();
    const thread = startSqliteThread();
    await thread.open(join(folder, 'backup.sqlite'), []);
    expect(await thread.read('SELECT id FROM jobs')).toEqual([{ id: 'a' }]);
    await thread.close();

    const made = await backupTime();
    const second = await open();
    await clock.pass(60_000);
    await second.close();
    expect(await backupTime()).toBe(made);

    const yesterday = new Date(Date.now() - 25 * 60 * 60 * 1000);
    await utimes(join(folder, 'backup.sqlite'), yesterday, yesterday);
    await open();
    await clock.pass(60_000);
    await expect.poll(backupTime).toBeGreaterThanOrEqual(made);
  });

  it('that cannot be written is told, and nothing else suffers', async () => {
    await mkdir(join(folder, 'backup.sqlite.new', 'in the way'), { recursive: true });
    await chmod(folder, 0o700);
    const store = await open();
    await clock.pass(60_000);
    await expect.poll(() => problems).toHaveLength(1);
    await store.commit([putJob('a')]);
    expect(await read(store)).toHaveLength(1);
  });
});
