import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FileIndexStatus } from '#app/files/file-index-status.ts';
import { type FileQuery, NO_FILTER } from '#app/files/file-query.ts';
import type { RemoteFile } from '#app/files/remote-file.ts';
import { createFileIndex, type FileIndex, type FileIndexParts } from '../../main/file-index/file-index.ts';
import { createSavedListing } from '../../main/file-index/saved-listing.ts';
import { type LocalServer, startServer } from '../server/server.ts';
import { createTestClient } from './location.ts';
import { keepTemporaryFolders } from './temporary-folder.ts';

let server: LocalServer;
let index: FileIndex;
let changes: FileIndexStatus[];
let watchers: Set<() => void>;

beforeEach(async () => {
  server = await startServer();
  changes = [];
  watchers = new Set();
  index = openIndex();
});

function openIndex(parts: Partial<FileIndexParts> = {}): FileIndex {
  return createFileIndex({
    listFiles: createTestClient(server).listFiles,
    onChange: (status) => {
      changes.push(status);
      for (const watch of watchers) watch();
    },
    toUnexpected: (cause) => {
      throw cause;
    },
    ...parts,
  });
}

/** Settles when the index has told of a status for which the predicate holds, or has it. */
function until(predicate: (status: FileIndexStatus) => boolean): Promise<void> {
  return new Promise((resolve) => {
    const watch = () => {
      if (!predicate(index.status())) return;
      watchers.delete(watch);
      resolve();
    };
    watchers.add(watch);
    watch();
  });
}

afterEach(async () => {
  await index.close();
  await server.close();
});

const all: FileQuery = {
  filter: NO_FILTER,
  folder: null,
  sort: { by: 'created', isDescending: true },
  offset: 0,
  limit: 1000,
};
const query = (next: Partial<FileQuery> = {}) => index.query({ ...all, ...next });
const find = (search: string) => names({ filter: { ...NO_FILTER, search } });
const names = async (next: Partial<FileQuery> = {}) =>
  (await query(next)).rows.map((row) => ('kind' in row ? `${row.path}/` : row.name));

const toRow = (id: string): RemoteFile => ({
  id,
  name: 'new',
  mimeType: 'text/plain',
  sizeBytes: 1,
  createdAt: Date.now(),
  isSaveable: false,
});

describe('the file index', () => {
  it('reads the listing to its end and answers newest first', async () => {
    server.seed(2300);
    await index.refresh();
    const page = await query({ limit: 50 });
    expect(page.total).toBe(2300);
    expect(page.status.phase).toBe('complete');
    const listed = server.files.all().map((file) => file.id);
    expect(page.rows.map((row) => 'id' in row && row.id)).toEqual(listed.reverse().slice(0, 50));
    expect(server.requests.all('list')).toHaveLength(3);
  });

  it('puts files of the same moment in the reverse of the listing', async () => {
    server.files.addAll(['a', 'b', 'c'].map((name) => ({ name, createdAt: 1_700_000_000_000 })));
    await index.refresh();
    expect(await names()).toEqual(['c', 'b', 'a']);
  });

  it('answers from the first page while it reads on', async () => {
    server.seed(2500);
    server.faults.inject({ on: 'list', from: 2, fault: { kind: 'hang', at: 'headers' } });
    void index.refresh();
    await until(({ knownFiles }) => knownFiles === 1000);
    const page = await query();
    expect(page.total).toBe(1000);
    expect(page.status.phase).toBe('reading');
  });

  it('keeps what it has read when a page fails, and reads all of it at the next try', async () => {
    server.seed(2500);
    server.faults.inject({ on: 'list', from: 2, fault: { kind: 'status', status: 503 } });
    await index.refresh();
    expect(index.status()).toMatchObject({
      phase: 'failed',
      knownFiles: 1000,
      error: { code: 'unavailable' },
    });
    await index.refresh();
    expect(index.status()).toMatchObject({ phase: 'complete', knownFiles: 2500, error: null });
  });

  it('keeps showing the last reading while it reads again, and when that fails', async () => {
    server.seed(1500);
    await index.refresh();
    server.faults.inject({ on: 'list', fault: { kind: 'status', status: 500 } });
    await index.refresh();
    expect((await query()).total).toBe(1500);
    expect(index.status().phase).toBe('failed');
    expect(Math.min(...changes.slice(-3).map((status) => status.knownFiles))).toBe(1500);
  });

  it('does not exchange what it knows for less when the first reading failed and is tried again', async () => {
    server.seed(3500);
    server.faults.inject({ on: 'list', from: 3, fault: { kind: 'status', status: 503 } });
    await index.refresh();
    expect((await query()).total).toBe(2000);
    const before = changes.length;
    await index.refresh();
    const known = changes.slice(before).map((status) => status.knownFiles);
    expect(Math.min(...known)).toBe(2000);
    expect(known.at(-1)).toBe(3500);
  });

  it('says nothing new for a file that is as it was', async () => {
    server.seed(3);
    await index.refresh();
    const [file] = (await query()).rows;
    const before = changes.length;
    if (file && 'id' in file) index.put({ ...file });
    expect(changes).toHaveLength(before);
  });

  it('takes in what another reading finds, but for what was deleted meanwhile', async () => {
    const [kept, deleted] = server.seed(2);
    await index.refresh();
    const rows = (await query()).rows.flatMap((row) => ('id' in row ? [row] : []));
    const take = index.followReading();
    index.remove([deleted?.id ?? '']);
    take([...rows, ...['x', 'y'].map((id) => ({ ...toRow(id), name: 'of another program' }))]);
    const ids = (await query()).rows.map((row) => ('id' in row ? row.id : row.path));
    expect(new Set(ids)).toEqual(new Set([kept?.id, 'x', 'y']));
    expect(new Set(index.findSame('of another program', 1).map(({ id }) => id))).toEqual(new Set(['x', 'y']));
    // One that began afterwards is told the truth.
    index.followReading()(rows);
    expect(index.find(deleted?.id ?? '')).toBeDefined();
  });

  it('drops what is gone after a new reading', async () => {
    const [first] = server.seed(3);
    await index.refresh();
    server.files.delete(first?.id ?? '');
    await index.refresh();
    expect((await query()).total).toBe(2);
  });

  it('forgets neither an upload nor a deletion of this app that happens while it reads', async () => {
    const seeded = server.seed(1500);
    await index.refresh();
    const held = server.faults.inject({ on: 'list', from: 2, fault: { kind: 'hang', at: 'applied' } });
    const reading = index.refresh();
    await server.waitFor((request) => request.operation === 'list' && request.isHeld);
    index.put(toRow('or_file_new'));
    index.remove([seeded[0]?.id ?? '']);
    held.release();
    await reading;
    expect((await query()).total).toBe(1500);
    expect(index.find('or_file_new')).toBeDefined();
    expect(index.find(seeded[0]?.id ?? '')).toBeUndefined();
  });

  it.each([['a repeated cursor', { kind: 'repeatedCursor' }]] as const)(
    'stops at %s instead of reading for ever',
    async (_name, fault) => {
      server.seed(2500);
      server.faults.inject({ on: 'list', from: 2, times: Number.POSITIVE_INFINITY, fault });
      await index.refresh();
      expect(index.status()).toMatchObject({
        phase: 'failed',
        error: { code: 'unexpectedAnswer', detail: 'endless' },
      });
      expect(server.requests.all('list').length).toBeLessThan(5);
    },
  );

  it('reads on over an empty page that has a cursor', async () => {
    server.seed(2500);
    server.faults.inject({ on: 'list', from: 2, fault: { kind: 'emptyPage' } });
    await index.refresh();
    expect(index.status()).toMatchObject({ phase: 'complete', knownFiles: 2500 });
  });

  it('counts the rows that it cannot read', async () => {
    server.seed(5);
    server.faults.inject({ on: 'list', fault: { kind: 'changedRow', row: 2, omit: ['filename'] } });
    await index.refresh();
    expect(index.status()).toMatchObject({ phase: 'complete', knownFiles: 4, unreadableRows: 1 });
  });

  it('finds by words in any case and without accents, and by a whole id', async () => {
    const [file] = server.files.addAll([
      { name: 'reports/Résumé Q3.pdf' },
      { name: 'notes.txt' },
      { name: 'Q3 plan.md' },
    ]);
    await index.refresh();
    expect(await find('resume q3')).toEqual(['reports/Résumé Q3.pdf']);
    expect((await find('q3')).sort()).toEqual(['Q3 plan.md', 'reports/Résumé Q3.pdf']);
    expect(await find(file?.id ?? '')).toEqual(['reports/Résumé Q3.pdf']);
    expect(await find('nothing')).toEqual([]);
  });

  it('answers the last page for an offset past the end', async () => {
    server.seed(45);
    await index.refresh();
    expect(await query({ offset: 500, limit: 20 })).toMatchObject({ offset: 40, total: 45 });
    expect(
      await query({ filter: { ...NO_FILTER, search: 'no such file' }, offset: 500, limit: 20 }),
    ).toMatchObject({
      offset: 0,
      total: 0,
    });
  });

  it('asks for the next page before it has taken one in', async () => {
    server.seed(2500);
    const held = server.faults.inject({ on: 'list', from: 2, fault: { kind: 'hang', at: 'headers' } });
    const reading = index.refresh();
    await server.waitFor((request) => request.operation === 'list' && request.isHeld);
    expect(index.status().readFiles).toBeLessThan(2000);
    held.release();
    await reading;
    expect(index.status().knownFiles).toBe(2500);
  });

  it('loses no file and has none twice when files come and go while it reads', async () => {
    const seeded = server.seed(3500);
    const held = server.faults.inject({ on: 'list', from: 3, fault: { kind: 'hang', at: 'headers' } });
    const reading = index.refresh();
    await server.waitFor((request) => request.operation === 'list' && request.isHeld);
    server.files.delete(seeded[10]?.id ?? '');
    server.files.delete(seeded[3000]?.id ?? '');
    server.files.addAll(Array.from({ length: 600 }, (_, number) => ({ name: `new ${number}` })));
    held.release();
    await reading;
    const listed = server.files.all().map(({ id }) => id);
    const set = await index.toSet({ kind: 'rows', keys: listed });
    expect(set.count).toBe(listed.length);
    // What went behind the reader's back is found gone at the next reading.
    expect(index.status().knownFiles).toBe(listed.length + 1);
    await index.refresh();
    expect(index.status()).toMatchObject({ phase: 'complete', knownFiles: listed.length });
  });

  it('stops at pages that bring nothing new, and keeps what it has', async () => {
    server.seed(10);
    const client = createTestClient(server);
    let pages = 0;
    await index.close();
    index = openIndex({
      listFiles: async (_from, signal) => {
        pages += 1;
        return { ...(await client.listFiles(null, signal)), next: { by: 'cursor', cursor: String(pages) } };
      },
    });
    await index.refresh();
    expect(index.status()).toMatchObject({
      phase: 'failed',
      knownFiles: 10,
      error: { code: 'unexpectedAnswer', detail: 'endless' },
    });
  });

  it('stops at the most files that it can hold, and says so', async () => {
    server.seed(2500);
    await index.close();
    index = openIndex({ maxFiles: 1500 });
    await index.refresh();
    expect(index.status()).toMatchObject({
      phase: 'complete',
      isFull: true,
      knownFiles: 1500,
      completedAt: null,
      error: null,
    });
    expect(index.totalBytes()).toBeNull();
    await index.catchUp();
    expect(server.requests.all('list').length).toBeLessThan(4);
  });

  describe('catching up', () => {
    it('asks for what is behind the last file only, and knows its own uploads', async () => {
      server.seed(2500);
      await index.refresh();
      const own = server.files.add({ name: 'own.txt' });
      server.files.addAll([{ name: 'other 1' }, { name: 'other 2' }]);
      index.put({
        id: own.id,
        name: own.name,
        mimeType: own.mimeType,
        sizeBytes: own.sizeBytes,
        createdAt: Math.floor(own.createdAt / 1000) * 1000,
        isSaveable: own.downloadable,
      });
      const before = server.requests.all('list').length;
      await index.catchUp();
      expect(index.status()).toMatchObject({ phase: 'complete', knownFiles: 2503 });
      expect(server.requests.all('list')).toHaveLength(before + 1);
      await index.catchUp();
      expect(index.status().knownFiles).toBe(2503);
      expect(server.requests.all('list')).toHaveLength(before + 2);
    });

    it('says nothing when nothing is new', async () => {
      server.seed(5);
      await index.refresh();
      const before = changes.length;
      await index.catchUp();
      expect(changes).toHaveLength(before);
    });

    it('goes on behind a last file that has been deleted', async () => {
      const seeded = server.seed(5);
      await index.refresh();
      server.files.delete(seeded[4]?.id ?? '');
      index.remove([seeded[4]?.id ?? '']);
      server.files.add({ name: 'new' });
      await index.catchUp();
      expect(index.status()).toMatchObject({ phase: 'complete', knownFiles: 5 });
    });

    it('reads all of it when the server does not know the last file any more', async () => {
      server.seed(5);
      await index.refresh();
      server.files.add({ name: 'new' });
      server.faults.inject({ on: 'list', fault: { kind: 'status', status: 400 } });
      await index.catchUp();
      expect(index.status()).toMatchObject({ phase: 'complete', knownFiles: 6, error: null });
    });

    it('reads all of it when a file that was listed comes again', async () => {
      const seeded = server.seed(5);
      await index.refresh();
      const client = createTestClient(server);
      await index.close();
      let isStrange = false;
      index = openIndex({
        listFiles: (from, signal) =>
          client.listFiles(isStrange && from?.by === 'after' ? null : from, signal),
      });
      await index.refresh();
      isStrange = true;
      server.files.delete(seeded[0]?.id ?? '');
      await index.catchUp();
      expect(index.status()).toMatchObject({ phase: 'complete', knownFiles: 4 });
    });

    it('keeps all that is known when it fails, and reads all of it at the next try', async () => {
      server.seed(5);
      await index.refresh();
      server.faults.inject({ on: 'list', fault: { kind: 'status', status: 503 } });
      await index.catchUp();
      expect(index.status()).toMatchObject({
        phase: 'failed',
        knownFiles: 5,
        error: { code: 'unavailable' },
      });
      await index.catchUp();
      expect(index.status()).toMatchObject({ phase: 'complete', knownFiles: 5, error: null });
    });
  });

  describe('what a listing may hold', () => {
    it.each([
      ['no shape', { kind: 'changedRow', row: 1, omit: ['_shape'] }, 3],
      ['an unknown shape', { kind: 'changedRow', row: 1, set: { _shape: 'martian' } }, 3],
      ['a page of an unknown shape', { kind: 'changedBody', set: { _shape: 'martian' } }, 3],
      ['a page without a shape', { kind: 'changedBody', omit: ['_shape'] }, 3],
      [
        'a name of 10,000 characters',
        { kind: 'changedRow', row: 1, set: { filename: 'n/'.repeat(5000) } },
        3,
      ],
      ['a size that is no integer', { kind: 'changedRow', row: 1, set: { size_bytes: 1.5 } }, 2],
      ['a size below nothing', { kind: 'changedRow', row: 1, set: { size_bytes: -1 } }, 2],
      [
        'a day that no calendar has',
        { kind: 'changedRow', row: 1, set: { created_at: '2026-02-30T00:00:00Z' } },
        2,
      ],
      ['a row without an id', { kind: 'changedRow', row: 1, omit: ['id'] }, 2],
      ['an id that is a path', { kind: 'changedRow', row: 1, set: { id: '../x' } }, 2],
    ] as const)('%s costs no other row', async (_name, fault, files) => {
      server.seed(3);
      server.faults.inject({ on: 'list', fault });
      await index.refresh();
      expect(index.status()).toMatchObject({
        phase: 'complete',
        knownFiles: files,
        unreadableRows: 3 - files,
        error: null,
      });
      expect((await query()).total).toBe(files);
    });
  });

  describe('kept on disk', () => {
    const makeFolder = keepTemporaryFolders();
    let path: string;
    const open = () => openIndex({ saved: createSavedListing(path) });

    beforeEach(async () => {
      path = join(await makeFolder(), 'listings', 'a.listing');
      await index.close();
      index = open();
    });

    it('is there at once at the next start, marked as from last time until it is confirmed', async () => {
      const seeded = server.seed(1500);
      server.files.addAll([{ name: 'Évaluation/Ünïcode 10.PDF', mimeType: 'application/pdf' }]);
      await index.refresh();
      index.remove([seeded[3]?.id ?? '']);
      server.files.delete(seeded[3]?.id ?? '');
      const sort = { by: 'name', isDescending: false } as const;
      const before = await query({ sort });
      const selected = await names({ folder: 'Évaluation' });
      await index.close();

      server.files.delete(seeded[4]?.id ?? '');
      server.files.add({ name: 'new' });
      const held = server.faults.inject({ on: 'list', fault: { kind: 'hang', at: 'headers' } });
      index = open();
      const reading = index.refresh();
      const after = await query({ sort });
      expect(after.rows).toEqual(before.rows);
      expect(after.status).toMatchObject({
        phase: 'reading',
        isFromLastTime: true,
        knownFiles: 1500,
        completedAt: before.status.completedAt,
      });
      expect(await names({ folder: 'Évaluation' })).toEqual(selected);
      expect(await find('unicode')).toEqual(['Évaluation/Ünïcode 10.PDF']);
      expect(index.totalBytes()).toBeNull();
      expect(index.usage().isComplete).toBe(false);
      held.release();
      await reading;
      expect(index.status()).toMatchObject({ phase: 'complete', isFromLastTime: false, knownFiles: 1500 });
      expect(index.find(seeded[4]?.id ?? '')).toBeUndefined();
    });

    it.each([
      ['is cut short', (bytes: Buffer) => bytes.subarray(0, bytes.length - 100)],
      ['has one byte changed', (bytes: Buffer) => bytes.fill((bytes[3000] ?? 0) ^ 1, 3000, 3001)],
      ['is of something else', () => Buffer.from('something else')],
      ['is empty', () => Buffer.alloc(0)],
    ])('is passed over when it %s, and made anew', async (_name, damage) => {
      server.seed(100);
      await index.refresh();
      await index.close();
      const whole = await readFile(path);
      await writeFile(path, damage(Buffer.from(whole)));
      index = open();
      expect((await query()).total).toBe(0);
      await index.refresh();
      expect((await query()).total).toBe(100);
      await index.close();
      index = open();
      expect((await query()).total).toBe(100);
    });

    it('is not exchanged for a part of a listing', async () => {
      server.seed(2500);
      await index.refresh();
      await index.close();
      server.faults.inject({ on: 'list', from: 2, fault: { kind: 'status', status: 503 } });
      index = open();
      await index.refresh();
      await index.close();
      index = open();
      expect((await query()).status).toMatchObject({ knownFiles: 2500, isFromLastTime: true });
    });

    it('takes in what this app does before it is read', async () => {
      const [first] = server.seed(10);
      await index.refresh();
      await index.close();
      index = open();
      index.remove([first?.id ?? '']);
      expect((await query()).total).toBe(9);
    });
  });

  it('says nothing after it is closed', async () => {
    server.seed(10);
    server.faults.inject({ on: 'list', fault: { kind: 'hang', at: 'headers' } });
    const reading = index.refresh();
    await server.waitFor((request) => request.isHeld);
    const seen = changes.length;
    index.close();
    await reading;
    expect(changes).toHaveLength(seen);
  });
});
