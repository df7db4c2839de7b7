import { describe, expect, it } from 'vitest';
import { openJournal } from './journal.ts';
import { createMemoryJournalFile, type MemoryJournalFile, type Outcome } from './memory-journal-file.ts';

const parseNumber = (value: unknown) => (typeof value === 'number' ? value : null);
const open = (file: MemoryJournalFile) => openJournal({ file, version: 1, parse: parseNumber });
const read = async (file: MemoryJournalFile) => (await open(createMemoryJournalFile(file.content()))).entries;

/** A journal with one entry, 0, whose writes wait until they are let through. */
async function openHeld() {
  const held: ((outcome: Outcome) => void)[] = [];
  const arrivals: (() => void)[] = [];
  let isHolding = false;
  const file = createMemoryJournalFile(null, () => {
    if (!isHolding) return { end: 'done' };
    return new Promise((resolve) => {
      held.push(resolve);
      arrivals.shift()?.();
    });
  });
  const { journal } = await open(file);
  journal.append(0);
  await journal.sync();
  isHolding = true;
  const callCount = file.calls.length;
  return {
    file,
    journal,
    calls: () => file.calls.slice(callCount),
    /** Waits for the next write to begin; answers what ends it. */
    nextWrite: async () => {
      if (held.length === 0) await new Promise<void>((resolve) => arrivals.push(resolve));
      const end = held.shift();
      if (!end) throw new Error('No write began');
      return end;
    },
  };
}

const DONE: Outcome = { end: 'done' };
const FAILURE: Outcome = { end: 'failure', kept: 5 };

describe('emptying a journal', () => {
  it('takes off what is on disk, and leaves what is not to be written', async () => {
    const { file, journal, nextWrite } = await openHeld();
    journal.append(1);
    const failed = journal.sync();
    (await nextWrite())(FAILURE);
    await expect(failed).rejects.toMatchObject({ error: { code: 'journalUnwritable' } });
    const emptied = journal.empty();
    const endEmptying = await nextWrite();
    journal.append(2);
    const synced = journal.sync();
    endEmptying(DONE);
    await emptied;
    expect(await read(file)).toEqual([]);
    (await nextWrite())(DONE);
    (await nextWrite())(DONE);
    await synced;
    expect(await read(file)).toEqual([1, 2]);
  });

  it('waits for the write that is under way, and changes nothing when it fails', async () => {
    const { file, journal, nextWrite, calls } = await openHeld();
    journal.append(1);
    const synced = journal.sync();
    const endWrite = await nextWrite();
    const emptied = journal.empty();
    endWrite(DONE);
    await synced;
    (await nextWrite())(FAILURE);
    await expect(emptied).rejects.toThrow('ENOSPC');
    journal.append(2);
    const again = journal.sync();
    (await nextWrite())(DONE);
    await again;
    expect(calls()).toEqual(['append', 'cutTo', 'append']);
    expect(await read(file)).toEqual([0, 1, 2]);
  });
});

describe('syncing a journal', () => {
  it('writes nothing while there is nothing new', async () => {
    const { journal, calls } = await openHeld();
    await journal.sync();
    expect(calls()).toEqual([]);
  });

  it('shares one write among calls of one turn, and the next among all that come meanwhile', async () => {
    const { file, journal, nextWrite, calls } = await openHeld();
    const settled: string[] = [];
    const note = (name: string) => () => settled.push(name);
    journal.append(1);
    const first = journal.sync().then(note('first'));
    journal.append(2);
    const second = journal.sync().then(note('second'));
    const endOne = await nextWrite();
    journal.append(3);
    const third = journal.sync().then(note('third'));
    journal.append(4);
    const fourth = journal.sync().then(note('fourth'));
    endOne(DONE);
    await Promise.all([first, second]);
    const endTwo = await nextWrite();
    expect(settled).toEqual(['first', 'second']);
    expect(await read(file)).toEqual([0, 1, 2]);
    endTwo(DONE);
    await Promise.all([third, fourth]);
    expect(await read(file)).toEqual([0, 1, 2, 3, 4]);
    expect(calls()).toEqual(['append', 'append']);
  });

  it('joins the write under way when that has all there is', async () => {
    const { journal, nextWrite, calls } = await openHeld();
    journal.append(1);
    const first = journal.sync();
    const end = await nextWrite();
    const second = journal.sync();
    end(DONE);
    await Promise.all([first, second]);
    expect(calls()).toEqual(['append']);
  });

  it('does not settle before its own write has: one that failed is tried again with what came since', async () => {
    const { file, journal, nextWrite } = await openHeld();
    journal.append(1);
    const first = expect(journal.sync()).rejects.toMatchObject({ error: { code: 'journalUnwritable' } });
    const endOne = await nextWrite();
    journal.append(2);
    const second = journal.sync();
    endOne(FAILURE);
    await first;
    (await nextWrite())(DONE);
    await second;
    expect(await read(file)).toEqual([0, 1, 2]);
  });

  it('loses nothing while the disk is full, and goes on when there is room again', async () => {
    let isFull = false;
    const file = createMemoryJournalFile(null, () => (isFull ? FAILURE : DONE));
    const { journal } = await open(file);
    journal.append(0);
    await journal.sync();
    isFull = true;
    for (const entry of [1, 2, 3]) {
      journal.append(entry);
      await expect(journal.sync()).rejects.toThrow('journalUnwritable');
    }
    expect(await read(file)).toEqual([0]);
    isFull = false;
    await journal.sync();
    expect(await read(file)).toEqual([0, 1, 2, 3]);
  });

  it('keeps an entry as it was when it was appended', async () => {
    const file = createMemoryJournalFile();
    const parse = (value: unknown) => value as { name: string };
    const { journal } = await openJournal({ file, version: 1, parse });
    const entry = { name: 'before' };
    journal.append(entry);
    entry.name = 'after';
    await journal.close();
    expect((await openJournal({ file, version: 1, parse })).entries).toEqual([{ name: 'before' }]);
  });
});

describe('compacting a journal', () => {
  it('keeps what is appended before, while and after it writes', async () => {
    const { file, journal, nextWrite } = await openHeld();
    journal.append(1);
    const before = journal.sync();
    const endAppend = await nextWrite();
    journal.append(2);
    const waiting = journal.sync();
    const compacted = journal.compact([100]);
    journal.append(3);
    endAppend(DONE);
    await before;
    const endReplace = await nextWrite();
    journal.append(4);
    const after = journal.sync();
    endReplace(DONE);
    (await nextWrite())(DONE);
    await Promise.all([waiting, compacted, after]);
    expect(await read(file)).toEqual([100, 3, 4]);
  });

  it('covers entries that could not be written before', async () => {
    const { file, journal, nextWrite } = await openHeld();
    journal.append(1);
    const failing = expect(journal.sync()).rejects.toThrow();
    (await nextWrite())(FAILURE);
    await failing;
    const compacted = journal.compact([100]);
    (await nextWrite())(DONE);
    (await nextWrite())(DONE);
    await compacted;
    expect(await read(file)).toEqual([100]);
  });

  it('lets the journal go on as it was when there is no room for another', async () => {
    const { file, journal, nextWrite, calls } = await openHeld();
    journal.append(1);
    const compacted = journal.compact([100]);
    (await nextWrite())(FAILURE);
    (await nextWrite())(DONE);
    await compacted;
    expect(await read(file)).toEqual([0, 1]);
    expect(calls()).toEqual(['replace', 'append']);
  });

  it('settles nothing that a power cut could still take back', async () => {
    const { file, journal, nextWrite } = await openHeld();
    journal.append(1);
    const compacted = expect(journal.compact([100])).rejects.toThrow('journalUnwritable');
    (await nextWrite())(DONE);
    (await nextWrite())({ end: 'failure', kept: 0 });
    await compacted;
    expect(file.earlier()).not.toBeNull();
    const synced = journal.sync();
    (await nextWrite())(DONE);
    await synced;
    expect(file.earlier()).toBeNull();
    expect(await read(file)).toEqual([100]);
  });

  it('is worth it when most of a large file no longer counts, and not again at once when it failed', async () => {
    let isFull = false;
    const file = createMemoryJournalFile(null, (call) => (isFull && call === 'replace' ? FAILURE : DONE));
    const { journal } = await open(file);
    const grow = async () => {
      for (let entry = 0; entry < 80_000; entry += 1) journal.append(entry);
      await journal.sync();
    };
    expect(journal.isLarge(0)).toBe(false);
    await grow();
    expect(journal.isLarge(40_000)).toBe(false);
    expect(journal.isLarge(39_999)).toBe(true);
    isFull = true;
    await journal.compact([1]);
    expect(journal.isLarge(1)).toBe(false);
    await grow();
    await grow();
    expect(journal.isLarge(1)).toBe(true);
    isFull = false;
    await journal.compact([1]);
    expect(journal.isLarge(0)).toBe(false);
    expect(await read(file)).toEqual([1]);
  });
});
