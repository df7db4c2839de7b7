import { describe, expect, it } from 'vitest';
import type { ListPage } from '../../main/file-store/listing.ts';
import { createForeignFile, setUpIndex } from './index-bench.ts';
import { createTestClient } from './location.ts';

const bench = setUpIndex();
const ENDLESS = { phase: 'failed', error: { code: 'unexpectedAnswer', detail: 'endless' } } as const;

function createUnreadablePage(rows: number): ListPage {
  return { files: [], unreadableRows: rows, unreadableBehind: rows, lastId: null, next: null };
}

describe('a strange listing', () => {
  it('is left at a repeated cursor', async () => {
    bench.server.seed(2500);
    const fault = { kind: 'repeatedCursor' } as const;
    bench.server.faults.inject({ on: 'list', from: 2, times: Number.POSITIVE_INFINITY, fault });
    await bench.index.refresh();
    expect(bench.index.status()).toMatchObject(ENDLESS);
    expect(bench.server.requests.all('list').length).toBeLessThan(5);
  });

  it('reads on over an empty page that has a cursor', async () => {
    bench.server.seed(2500);
    bench.server.faults.inject({ on: 'list', from: 2, fault: { kind: 'emptyPage' } });
    await bench.index.refresh();
    expect(bench.index.status()).toMatchObject({ phase: 'complete', knownFiles: 2500 });
  });

  it.each([
    ['with rows', { has_more: true, cursor: null, last_id: null }],
    ['without rows', { has_more: true, cursor: null, last_id: null, data: [] }],
  ])('is read on behind the last file when a page %s does not say how', async (_name, set) => {
    bench.server.seed(3500);
    bench.server.faults.inject({ on: 'list', from: 2, fault: { kind: 'changedBody', set } });
    await bench.index.refresh();
    expect(bench.index.status()).toMatchObject({ phase: 'complete', knownFiles: 3500, unreadableRows: 0 });
  });

  it('is no list when it says that there is more, gives nothing and does not say how to go on', async () => {
    bench.server.seed(5);
    await bench.index.refresh();
    const set = { data: [], has_more: true, cursor: null, last_id: null };
    const times = Number.POSITIVE_INFINITY;
    bench.server.faults.inject({ on: 'list', times, fault: { kind: 'changedBody', set } });
    await bench.index.refresh();
    expect(bench.index.status()).toMatchObject({
      phase: 'failed',
      knownFiles: 5,
      error: { code: 'unexpectedAnswer', detail: 'malformed' },
    });
  });

  it('counts the rows that it cannot read', async () => {
    bench.server.seed(5);
    bench.server.faults.inject({ on: 'list', fault: { kind: 'changedRow', row: 2, omit: ['filename'] } });
    await bench.index.refresh();
    expect(bench.index.status()).toMatchObject({ phase: 'complete', knownFiles: 4, unreadableRows: 1 });
  });

  it.each<[string, (page: ListPage, number: number) => ListPage]>([
    ['the same files', (page) => page],
    ['nothing that can be read', () => createUnreadablePage(3)],
    ['nothing', () => createUnreadablePage(0)],
    [
      'nothing and the same files in turn',
      (page, number) => (number % 2 === 0 ? page : createUnreadablePage(0)),
    ],
    [
      'nothing, nothing that can be read, and the same files in turn',
      (page, number) => (number % 3 === 0 ? page : createUnreadablePage(number % 3)),
    ],
  ])('is left when pages of ever new cursors bring %s, and what was read stays', async (_name, toPage) => {
    bench.server.seed(10);
    const client = createTestClient(bench.server);
    let pages = 0;
    await bench.open({
      listFiles: async (_from, signal) => {
        const page = await client.listFiles(null, signal);
        pages += 1;
        return {
          ...(pages === 1 ? page : toPage(page, pages)),
          next: { by: 'cursor', cursor: String(pages) },
        };
      },
    });
    await bench.index.refresh();
    expect(bench.index.status()).toMatchObject({ ...ENDLESS, knownFiles: 10 });
    expect(pages).toBeLessThan(200);
  });

  it('is read no further when it has more rows than can be held, though most cannot be read', async () => {
    let pages = 0;
    await bench.open({
      maxFiles: 1000,
      listFiles: async () => {
        pages += 1;
        return {
          ...createUnreadablePage(9),
          files: [createForeignFile(`file_${pages}`)],
          next: { by: 'cursor', cursor: String(pages) },
        };
      },
    });
    await bench.index.refresh();
    expect(bench.index.status()).toMatchObject({ phase: 'complete', isFull: true, error: null });
    expect(pages).toBeLessThan(110);
  });

  it('stops at the most files that it can hold, and says so', async () => {
    bench.server.seed(2500);
    await bench.open({ maxFiles: 1500 });
    await bench.index.refresh();
    expect(bench.index.status()).toMatchObject({
      phase: 'complete',
      isFull: true,
      knownFiles: 1500,
      completedAt: null,
      error: null,
    });
    expect(bench.index.totalBytes()).toBeNull();
    await bench.index.catchUp();
    expect(bench.server.requests.all('list').length).toBeLessThan(4);
  });
});

describe('what a listing may hold', () => {
  it.each([
    ['no shape', { kind: 'changedRow', row: 1, omit: ['_shape'] }, 3],
    ['an unknown shape', { kind: 'changedRow', row: 1, set: { _shape: 'martian' } }, 3],
    ['a page of an unknown shape', { kind: 'changedBody', set: { _shape: 'martian' } }, 3],
    ['a page without a shape', { kind: 'changedBody', omit: ['_shape'] }, 3],
    ['a name of 10,000 characters', { kind: 'changedRow', row: 1, set: { filename: 'n/'.repeat(5000) } }, 3],
    ['a size that is no integer', { kind: 'changedRow', row: 1, set: { size_bytes: 1.5 } }, 2],
    ['a size beyond all bounds', { kind: 'changedRow', row: 1, set: { size_bytes: 1e300 } }, 3],
    ['a size below nothing', { kind: 'changedRow', row: 1, set: { size_bytes: -1 } }, 2],
    [
      'a day that no calendar has',
      { kind: 'changedRow', row: 1, set: { created_at: '2026-02-30T00:00:00Z' } },
      3,
    ],
    ['a row without an id', { kind: 'changedRow', row: 1, omit: ['id'] }, 2],
    ['an id that is a path', { kind: 'changedRow', row: 1, set: { id: '../x' } }, 2],
  ] as const)('%s costs no other row', async (_name, fault, files) => {
    bench.server.seed(3);
    bench.server.faults.inject({ on: 'list', fault });
    await bench.index.refresh();
    expect(bench.index.status()).toMatchObject({
      phase: 'complete',
      knownFiles: files,
      unreadableRows: 3 - files,
      error: null,
    });
    expect((await bench.query()).total).toBe(files);
  });
});
