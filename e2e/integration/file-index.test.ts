import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FileIndexStatus } from '#app/files/file-index-status.ts';
import type { RemoteFile } from '#app/files/remote-file.ts';
import { createFileIndex, type FileIndex } from '../../main/file-index/file-index.ts';
import { type LocalServer, startServer } from '../server/server.ts';
import { createTestClient } from './location.ts';

let server: LocalServer;
let index: FileIndex;
let changes: FileIndexStatus[];

beforeEach(async () => {
  server = await startServer();
  changes = [];
  index = createFileIndex({
    listFiles: createTestClient(server).listFiles,
    onChange: (status) => changes.push(status),
    toUnexpected: (cause) => {
      throw cause;
    },
  });
});

afterEach(async () => {
  index.close();
  await server.close();
});

const toRow = (id: string): RemoteFile => ({
  id,
  name: 'new',
  mimeType: 'text/plain',
  sizeBytes: 1,
  createdAt: Date.now(),
  isSaveable: false,
});
const all = { search: '', offset: 0, limit: 1000 };
const names = () => index.query(all).rows.map((row) => row.name);

describe('the file index', () => {
  it('reads the listing to its end and answers newest first', async () => {
    server.seed(2300);
    await index.refresh();
    const page = index.query({ search: '', offset: 0, limit: 50 });
    expect(page.total).toBe(2300);
    expect(page.status.phase).toBe('complete');
    const listed = server.files.all().map((file) => file.id);
    expect(page.rows.map((row) => row.id)).toEqual(listed.reverse().slice(0, 50));
    expect(server.requests.all('list')).toHaveLength(3);
  });

  it('puts files of the same moment in the reverse of the listing', async () => {
    server.files.addAll(['a', 'b', 'c'].map((name) => ({ name, createdAt: 1_700_000_000_000 })));
    await index.refresh();
    expect(names()).toEqual(['c', 'b', 'a']);
  });

  it('answers from the first page while it reads on', async () => {
    server.seed(2500);
    server.faults.inject({ on: 'list', from: 2, fault: { kind: 'hang', at: 'headers' } });
    void index.refresh();
    await server.waitFor((request) => request.operation === 'list' && request.isHeld);
    const page = index.query(all);
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
    expect(index.query(all).total).toBe(1500);
    expect(index.status().phase).toBe('failed');
    expect(Math.min(...changes.slice(-3).map((status) => status.knownFiles))).toBe(1500);
  });

  it('does not exchange what it knows for less when the first reading failed and is tried again', async () => {
    server.seed(3500);
    server.faults.inject({ on: 'list', from: 3, fault: { kind: 'status', status: 503 } });
    await index.refresh();
    expect(index.query(all).total).toBe(2000);
    const before = changes.length;
    await index.refresh();
    const known = changes.slice(before).map((status) => status.knownFiles);
    expect(Math.min(...known)).toBe(2000);
    expect(known.at(-1)).toBe(3500);
  });

  it('says nothing new for a file that is as it was', async () => {
    server.seed(3);
    await index.refresh();
    const [file] = index.query(all).rows;
    const before = changes.length;
    if (file) index.put({ ...file });
    expect(changes).toHaveLength(before);
  });

  it('takes in what another reading finds, but for what was deleted meanwhile', async () => {
    const [kept, deleted] = server.seed(2);
    await index.refresh();
    const rows = index.query(all).rows;
    const take = index.followReading();
    index.remove([deleted?.id ?? '']);
    const before = changes.length;
    take([...rows, ...['x', 'y'].map((id) => ({ ...toRow(id), name: 'of another program' }))]);
    expect(new Set(index.query(all).rows.map(({ id }) => id))).toEqual(new Set([kept?.id, 'x', 'y']));
    expect(index.findSame('of another program', 1).map(({ id }) => id)).toEqual(['x', 'y']);
    expect(changes).toHaveLength(before + 1);
  });

  it('drops what is gone after a new reading', async () => {
    const [first] = server.seed(3);
    await index.refresh();
    server.files.delete(first?.id ?? '');
    await index.refresh();
    expect(index.query(all).total).toBe(2);
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
    expect(index.query(all).total).toBe(1500);
    expect(index.find('or_file_new')).toBeDefined();
    expect(index.find(seeded[0]?.id ?? '')).toBeUndefined();
  });

  it.each([['a repeated cursor', { kind: 'repeatedCursor' }]] as const)(
    'stops at %s instead of reading for ever',
    async (_name, fault) => {
      server.seed(2500);
      server.faults.inject({ on: 'list', from: 2, times: Number.POSITIVE_INFINITY, fault });
      await index.refresh();
      expect(index.status()).toMatchObject({ phase: 'failed', error: { code: 'unexpectedAnswer' } });
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
    const find = (search: string) => index.query({ ...all, search }).rows.map((row) => row.name);
    expect(find('resume q3')).toEqual(['reports/Résumé Q3.pdf']);
    expect(find('q3').sort()).toEqual(['Q3 plan.md', 'reports/Résumé Q3.pdf']);
    expect(find(file?.id ?? '')).toEqual(['reports/Résumé Q3.pdf']);
    expect(find('nothing')).toEqual([]);
  });

  it('answers the last page for an offset past the end', async () => {
    server.seed(45);
    await index.refresh();
    expect(index.query({ search: '', offset: 500, limit: 20 })).toMatchObject({ offset: 40, total: 45 });
    expect(index.query({ search: 'no such file', offset: 500, limit: 20 })).toMatchObject({
      offset: 0,
      total: 0,
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
