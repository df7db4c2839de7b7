import { describe, expect, it } from 'vitest';
import { createMemoryStore } from '../../store/memory-store.ts';
import { type LedgerEntry, openLedger } from './ledger.ts';

const HASH_A = 'a'.repeat(64);
const HASH_B = 'b'.repeat(64);

function entryOf(id: string, changes: Partial<LedgerEntry> = {}): LedgerEntry {
  return { id, name: `${id}.txt`, sizeBytes: 10, sha256: HASH_A, at: 1, source: null, ...changes };
}

async function setUp(maxEntries?: number) {
  let commitCount = 0;
  const store = createMemoryStore({
    decide: () => {
      commitCount += 1;
      return 'done';
    },
  });
  const open = (content = store.content()) =>
    openLedger({
      store: createMemoryStore({ content }),
      locationId: 'here',
      ...(maxEntries && { maxEntries }),
    });
  const ledger = await openLedger({ store, locationId: 'here', ...(maxEntries && { maxEntries }) });
  return { store, ledger, openAgain: () => open(), commitCount: () => commitCount };
}

describe('the ledger', () => {
  it('finds content by size and hash, newest first', async () => {
    const { ledger } = await setUp();
    ledger.add(entryOf('one'));
    ledger.add(entryOf('two'));
    ledger.add(entryOf('other content', { sha256: HASH_B }));
    ledger.add(entryOf('other size', { sizeBytes: 11 }));
    expect(ledger.findContent(10, HASH_A).map(({ id }) => id)).toEqual(['two', 'one']);
    expect(ledger.findContent(11, HASH_B)).toEqual([]);
    expect(ledger.findContent(12, HASH_A)).toEqual([]);
    expect([ledger.hasSize(10), ledger.hasSize(11), ledger.hasSize(12)]).toEqual([true, true, false]);
  });

  it('forgets files, and a size with the last of them', async () => {
    const { ledger, openAgain } = await setUp();
    ledger.add(entryOf('one'));
    ledger.add(entryOf('two'));
    ledger.forget(['one', 'never there']);
    expect(ledger.hasSize(10)).toBe(true);
    ledger.forget(['two']);
    await ledger.sync();
    for (const found of [ledger, await openAgain()]) {
      expect(found.hasSize(10)).toBe(false);
      expect(found.findContent(10, HASH_A)).toEqual([]);
    }
  });

  it('has one entry an id, the latest', async () => {
    const { ledger, openAgain } = await setUp();
    ledger.add(entryOf('one'));
    ledger.add(entryOf('two'));
    ledger.add(entryOf('one', { name: 'new.txt' }));
    ledger.add(entryOf('two', { sizeBytes: 20 }));
    await ledger.sync();
    for (const found of [ledger, await openAgain()]) {
      expect(found.findContent(10, HASH_A)).toEqual([entryOf('one', { name: 'new.txt' })]);
      expect(found.findContent(20, HASH_A)).toEqual([entryOf('two', { sizeBytes: 20 })]);
    }
  });

  it('is the same after a start', async () => {
    const { ledger, openAgain } = await setUp();
    const entry = entryOf('one', { name: 'Ünï "code" 文件.pdf', at: 1_700_000_000_000 });
    ledger.add(entry);
    await ledger.sync();
    expect((await openAgain()).findContent(10, HASH_A)).toEqual([entry]);
  });

  it('knows of what was uploaded or saved where it stands, the latest of both, also after a start', async () => {
    const { ledger, openAgain } = await setUp();
    const source = { path: '/home/me/one.txt', modifiedAt: 1.5 };
    const save = { savedId: 'one', path: '/home/me/saved.txt', sizeBytes: 10, modifiedAt: 2.5, at: 5 };
    ledger.add(entryOf('one', { source, at: 2 }));
    ledger.add(entryOf('two', { source, at: 2 }));
    ledger.add(entryOf('of an older version'));
    ledger.addSave(save);
    ledger.addSave({ ...save, savedId: 'gone' });
    ledger.forget(['gone']);
    await ledger.sync();
    for (const found of [ledger, await openAgain()]) {
      const { savedId: _, ...place } = save;
      expect(found.findLocal('one')).toEqual({ origin: 'saved', ...place, sha256: null });
      expect(found.findLocal('two')).toEqual({
        origin: 'uploaded',
        ...source,
        sizeBytes: 10,
        at: 2,
        sha256: HASH_A,
      });
      expect(found.findLocal('of an older version')).toBeNull();
      expect(found.findLocal('gone')).toBeNull();
    }
  });

  it('writes nothing when there is nothing to forget', async () => {
    const { ledger, commitCount } = await setUp();
    ledger.add(entryOf('one'));
    await ledger.sync();
    ledger.forget(['never there']);
    await ledger.sync();
    expect(commitCount()).toBe(1);
  });

  it('takes no entry without a whole hash', async () => {
    const { ledger, openAgain } = await setUp();
    ledger.add(entryOf('short', { sha256: 'abc' }));
    await ledger.sync();
    expect((await openAgain()).hasSize(10)).toBe(false);
  });

  it('is each location’s own', async () => {
    const { store, ledger } = await setUp();
    ledger.add(entryOf('one'));
    await ledger.sync();
    const other = await openLedger({ store, locationId: 'elsewhere' });
    expect(other.findContent(10, HASH_A)).toEqual([]);
    other.forget(['one']);
    other.add(entryOf('one', { name: 'other.txt' }));
    await other.sync();
    const again = await openLedger({ store, locationId: 'here' });
    expect(again.findContent(10, HASH_A)).toEqual([entryOf('one')]);
  });

  it('keeps the newest when it is full, and the same after a start', async () => {
    const { ledger, openAgain } = await setUp(3);
    for (const id of ['one', 'two', 'three', 'one', 'four']) ledger.add(entryOf(id));
    await ledger.sync();
    for (const found of [ledger, await openAgain()]) {
      expect(found.findContent(10, HASH_A).map(({ id }) => id)).toEqual(['four', 'one', 'three']);
    }
  });

  it('does not grow for ever on disk', async () => {
    const { store, ledger, openAgain } = await setUp(100);
    for (let count = 0; count < 1000; count += 1) {
      ledger.add(entryOf(`file-${count}`));
      ledger.addSave({ savedId: `save-${count}`, path: '/a', sizeBytes: 1, modifiedAt: 1, at: 1 });
      if (count % 50 === 49) await ledger.sync();
    }
    expect(store.content().history.size).toBeLessThanOrEqual(220);
    const newest = ledger.findContent(10, HASH_A);
    expect(newest.length).toBeGreaterThanOrEqual(100);
    expect(newest.length).toBeLessThanOrEqual(110);
    expect(newest[0]).toEqual(entryOf('file-999'));
    expect((await openAgain()).findContent(10, HASH_A)).toEqual(newest);
  });
});
