import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDeletionsOn } from '../../deletions/deletions-bench.ts';
import { toJournal } from '../../transfers/journal/journal-lines.ts';
import { createMemoryStore, type MemoryStore, type StoreContent } from '../memory-store.ts';
import type { DeletionLine } from './deletion-lines.ts';
import { importDeletions } from './import-deletions.ts';
import { removeOldImports } from './import-file.ts';

const id = 'one';
const BEGUN: readonly DeletionLine[] = [
  { kind: 'listed', id, fileIds: ['a', 'b'] },
  { kind: 'listed', id, fileIds: ['c', 'd'] },
  { kind: 'begun', id, count: 4, firstName: 'a.txt', dueAt: 7 },
];
const STARTED: readonly DeletionLine[] = [...BEGUN, { kind: 'started', id }];
const failures = [{ fileId: 'b', name: 'b.txt', error: { code: 'forbidden' as const, serverMessage: '' } }];
const SETTLED: readonly DeletionLine[] = [
  ...STARTED,
  { kind: 'settled', id, goneIds: ['a'], failures: [...failures] },
];
const FINISHED: DeletionLine = {
  kind: 'finished',
  id,
  count: 4,
  firstName: 'a.txt',
  dueAt: 7,
  deletedCount: 3,
  failedCount: 1,
  failures: [...failures],
  isCancelled: false,
  isDamaged: false,
};

describe('the journal of deletions of an earlier version', () => {
  let folder: string;
  let path: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'files-for-openrouter-'));
    path = join(folder, 'abc.deletions.jsonl');
  });
  afterEach(() => rm(folder, { recursive: true }));

  const write = async (lines: readonly unknown[]) => writeFile(path, await toJournal(2, lines));
  /** Takes it over and opens the deletions that it held; says what was asked for after a while. */
  async function open(store: MemoryStore = createMemoryStore()) {
    const hasLost = await importDeletions(path, 'here', store);
    const bench = await openDeletionsOn(store, { until: new Promise(() => undefined) });
    await bench.clock.pass(60_000);
    return { hasLost, store, list: bench.deletions.list(), sent: bench.sent };
  }

  it('in its grace period: nothing is sent, and that is told', async () => {
    await write(BEGUN);
    const { hasLost, list, sent } = await open();
    expect(hasLost).toBe(false);
    expect(list).toMatchObject([{ id, phase: 'undone', count: 4, firstName: 'a.txt', isFromLastTime: true }]);
    expect(sent).toEqual([]);
  });

  it('under way: it goes on with the files of which nothing is known', async () => {
    await write(SETTLED);
    const { list, sent } = await open();
    expect(list).toMatchObject([{ phase: 'deleting', count: 4, deletedCount: 1, failedCount: 1, failures }]);
    expect(sent).toEqual(['c', 'd']);
  });

  it('stopped by the person: it does not go on', async () => {
    await write([...SETTLED, { kind: 'cancelled', id }]);
    const { list, sent } = await open();
    expect(list).toMatchObject([{ phase: 'finished', isCancelled: true, deletedCount: 1 }]);
    expect(sent).toEqual([]);
  });

  it('over and not told: that is told; over and told: it is gone', async () => {
    await write([
      ...SETTLED,
      FINISHED,
      ...BEGUN.map((line) => ({ ...line, id: 'two' })),
      { kind: 'ended', id: 'two' },
    ]);
    const { list, sent } = await open();
    expect(list).toMatchObject([{ id, phase: 'finished', deletedCount: 3, failedCount: 1, failures }]);
    expect(sent).toEqual([]);
  });

  it('of which not all was listed yet: nobody was told of it', async () => {
    await write(BEGUN.slice(0, 2));
    expect(await open()).toMatchObject({ hasLost: false, list: [], sent: [] });
  });

  it('that is damaged: what was under way does not go on, and that is told', async () => {
    await write(SETTLED);
    const bytes = await readFile(path);
    bytes[bytes.indexOf('"d"') + 1] = 0x78;
    await writeFile(path, bytes);
    const { hasLost, list, sent, store } = await open();
    expect(hasLost).toBe(true);
    expect(list).toMatchObject([{ phase: 'finished', count: 4, deletedCount: 1, isDamaged: true }]);
    expect(sent).toEqual([]);
    expect(await readFile(`${path}.imported`)).toEqual(bytes);
    expect((await open(createMemoryStore({ content: store.content() }))).list).toMatchObject([
      { isDamaged: true },
    ]);
  });

  it('is taken over once, and kept for 30 days', async () => {
    await write(STARTED);
    const before = await readFile(path);
    const { store } = await open();
    expect(await readdir(folder)).toEqual(['abc.deletions.jsonl.imported']);
    expect(await readFile(`${path}.imported`)).toEqual(before);
    await removeOldImports(folder);
    const again = await open(createMemoryStore({ content: store.content() }));
    expect(again.hasLost).toBe(false);
    expect(again.list).toHaveLength(1);
    const long = new Date(Date.now() - 31 * 24 * 60 * 60 * 1000);
    await utimes(`${path}.imported`, long, long);
    await removeOldImports(folder);
    expect(await readdir(folder)).toEqual([]);
  });

  it('that kept its name, as the app died then or it is refused, is not taken over again', async () => {
    await write(STARTED);
    const { store } = await open();
    const done: StoreContent = { ...store.content(), jobs: new Map() };
    await write(STARTED);
    expect(await open(createMemoryStore({ content: done }))).toMatchObject({ list: [], sent: [] });
    expect(await readdir(folder)).toEqual(['abc.deletions.jsonl.imported']);
  });

  it('of an app that was started in between is taken over as well', async () => {
    await write(BEGUN);
    const { store } = await open();
    await write(BEGUN.map((line) => ({ ...line, id: 'two' })));
    const { list } = await open(createMemoryStore({ content: store.content() }));
    expect(list).toMatchObject([{ id }, { id: 'two' }]);
  });

  it('stays while the store takes nothing, or it cannot be read', async () => {
    await write(STARTED);
    const full = await open(createMemoryStore({ decide: () => 'refused' }));
    expect(full).toMatchObject({ hasLost: true, list: [], sent: [] });
    expect(await readdir(folder)).toEqual(['abc.deletions.jsonl']);
    await rm(path);
    await mkdir(path);
    expect((await open()).hasLost).toBe(true);
    expect(await readdir(folder)).toEqual(['abc.deletions.jsonl']);
  });
});
