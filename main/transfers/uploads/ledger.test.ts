import { describe, expect, it } from 'vitest';
import { toLine } from '../journal/journal-lines.ts';
import { createMemoryJournalFile } from '../journal/memory-journal-file.ts';
import { type LedgerEntry, openLedger } from './ledger.ts';

const HASH_A = 'a'.repeat(64);
const HASH_B = 'b'.repeat(64);

function entryOf(id: string, changes: Partial<LedgerEntry> = {}): LedgerEntry {
  return { id, name: `${id}.txt`, sizeBytes: 10, sha256: HASH_A, at: 1, source: null, ...changes };
}

async function setUp(maxEntries?: number) {
  const file = createMemoryJournalFile();
  const openAgain = async () => {
    const content = createMemoryJournalFile(file.content());
    return openLedger({ file: content, ...(maxEntries && { maxEntries }) });
  };
  const { ledger } = await openLedger({ file, ...(maxEntries && { maxEntries }) });
  return { file, ledger, openAgain };
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
    await ledger.close();
    for (const found of [ledger, (await openAgain()).ledger]) {
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
    await ledger.close();
    for (const found of [ledger, (await openAgain()).ledger]) {
      expect(found.findContent(10, HASH_A)).toEqual([entryOf('one', { name: 'new.txt' })]);
      expect(found.findContent(20, HASH_A)).toEqual([entryOf('two', { sizeBytes: 20 })]);
    }
  });

  it('is the same after a start', async () => {
    const { ledger, openAgain } = await setUp();
    const entry = entryOf('one', { name: 'Ünï "code" 文件.pdf', at: 1_700_000_000_000 });
    ledger.add(entry);
    await ledger.sync();
    const { ledger: found, hasLostLines } = await openAgain();
    expect(found.findContent(10, HASH_A)).toEqual([entry]);
    expect(hasLostLines).toBe(false);
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
    for (const found of [ledger, (await openAgain()).ledger]) {
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

  it('reads what the version before has written', async () => {
    const { source: _, ...old } = entryOf('one');
    const text = toLine({ format: 'journal', version: 1 }) + toLine(old);
    const { ledger, hasLostLines } = await openLedger({ file: createMemoryJournalFile(Buffer.from(text)) });
    expect([ledger.findContent(10, HASH_A), hasLostLines]).toEqual([[entryOf('one')], false]);
  });

  it('writes nothing when there is nothing to forget', async () => {
    const { file, ledger } = await setUp();
    ledger.add(entryOf('one'));
    await ledger.sync();
    const callCount = file.calls.length;
    ledger.forget(['never there']);
    await ledger.sync();
    expect(file.calls).toHaveLength(callCount);
  });

  it('tells when a part of it was lost, and has the rest', async () => {
    const { file, ledger } = await setUp();
    for (const id of ['one', 'two']) ledger.add(entryOf(id));
    await ledger.sync();
    const damaged = Buffer.from(file.content() ?? [])
      .toString('utf8')
      .replace('one.txt', 'eno.txt');
    const { ledger: found, hasLostLines } = await openLedger({
      file: createMemoryJournalFile(Buffer.from(damaged)),
    });
    expect(hasLostLines).toBe(true);
    expect(found.findContent(10, HASH_A).map(({ id }) => id)).toEqual(['two']);
  });

  it('takes no entry without a whole hash from its file', async () => {
    const { ledger, openAgain } = await setUp();
    ledger.add(entryOf('short', { sha256: 'abc' }));
    await ledger.sync();
    const { ledger: found, hasLostLines } = await openAgain();
    expect([found.hasSize(10), hasLostLines]).toEqual([false, true]);
  });

  it('keeps the newest when it is full, and the same after a start', async () => {
    const { ledger, openAgain } = await setUp(3);
    for (const id of ['one', 'two', 'three', 'one', 'four']) ledger.add(entryOf(id));
    await ledger.sync();
    for (const found of [ledger, (await openAgain()).ledger]) {
      expect(found.findContent(10, HASH_A).map(({ id }) => id)).toEqual(['four', 'one', 'three']);
    }
  });

  it('does not grow for ever on disk', async () => {
    const { file, ledger, openAgain } = await setUp(100);
    for (let count = 0; count < 20_000; count += 1) {
      ledger.add(entryOf(`file-${count}`));
      if (count % 100 === 99) await ledger.sync();
    }
    expect(file.content()?.length).toBeLessThan(1_200_000);
    expect(file.calls).toContain('append');
    const newest = ledger.findContent(10, HASH_A);
    expect(newest.length).toBeGreaterThanOrEqual(100);
    expect(newest.length).toBeLessThanOrEqual(110);
    expect(newest[0]).toEqual(entryOf('file-19999'));
    expect((await openAgain()).ledger.findContent(10, HASH_A)).toEqual(newest);
  });
});
