import { describe, expect, it } from 'vitest';
import { createMemoryStore, type StoreContent } from '../store/memory-store.ts';
import { GRACE_MS, openDeletionsOn } from './deletions-bench.ts';

const IDS = Array.from({ length: 24 }, (_, index) => `f${index}`);

/** Opens what a crash would have left. */
const reopen = (content: StoreContent) => openDeletionsOn(createMemoryStore({ content }));

/** A disk that takes nothing from now on while `isFull`, but for what there is room kept back, unless `isDead`. */
function createFullDisk() {
  const disk = { isFull: false, isDead: false };
  const store = createMemoryStore({
    decide: (call) => (disk.isFull && (call !== 'commitFromReserve' || disk.isDead) ? 'refused' : 'done'),
  });
  return { disk, store };
}

describe('deletions that cannot be written down', () => {
  it('do not go on when they were told to have ended', async () => {
    const { disk, store } = createFullDisk();
    const deleteError = (id: string) => {
      if (id === 'f3') disk.isFull = true;
      return null;
    };
    const first = await openDeletionsOn(store, { deleteError, answerMs: 60 });
    await first.begin(IDS);
    await first.clock.pass(GRACE_MS + 5000);
    const told = first.changes.at(-1);
    expect(told).toMatchObject({ phase: 'finished' });
    expect(told?.failedCount).toBeGreaterThan(0);
    // What a crash in that moment would find.
    const second = await reopen(store.content());
    await second.clock.pass(GRACE_MS + 5000);
    expect(second.sent).toEqual([]);
    // There is room again before the app ends: how it came out is told once more.
    disk.isFull = false;
    await first.deletions.close();
    const third = await reopen(store.content());
    await third.clock.pass(GRACE_MS + 5000);
    expect(third.sent).toEqual([]);
    expect(third.deletions.list()).toMatchObject([
      { phase: 'finished', count: IDS.length, failedCount: told?.failedCount, isFromLastTime: true },
    ]);
  });

  it('do not go on after signing out', async () => {
    const { disk, store } = createFullDisk();
    const first = await openDeletionsOn(store, { answerMs: 60 });
    await first.begin(IDS);
    await first.clock.pass(GRACE_MS + 70);
    disk.isFull = true;
    const forgotten = first.deletions.forget();
    await first.clock.pass(1000);
    await forgotten;
    expect(first.sent.length).toBeLessThan(IDS.length);
    const second = await reopen(store.content());
    await second.clock.pass(GRACE_MS + 5000);
    expect(second.sent).toEqual([]);
  });

  it('ask for nothing at the next start either while the disk stays so', async () => {
    const { disk, store } = createFullDisk();
    const first = await openDeletionsOn(store, { until: new Promise(() => undefined) });
    await first.begin(IDS);
    await first.clock.pass(GRACE_MS + 1000);
    disk.isFull = true;
    disk.isDead = true;
    const second = await openDeletionsOn(store);
    await second.clock.pass(5000);
    expect(second.sent).toEqual([]);
    expect(second.changes.at(-1)).toMatchObject({
      phase: 'finished',
      failedCount: IDS.length,
      isFromLastTime: true,
    });
  });

  it('go on when they only waited meanwhile', async () => {
    const { disk, store } = createFullDisk();
    const deleteError = (id: string) => {
      if (id === 'a') disk.isFull = true;
      return null;
    };
    const first = await openDeletionsOn(store, { deleteError, answerMs: 60 });
    await first.begin(['a', 'b', 'c', 'd', 'e', 'f']);
    await first.clock.pass(GRACE_MS / 2);
    await first.begin(IDS);
    await first.clock.pass(GRACE_MS / 2 + 1000);
    expect(first.changes.at(-1)).toMatchObject({ phase: 'finished', count: 6 });
    disk.isFull = false;
    await first.clock.pass(GRACE_MS / 2 - 1000 + 70);
    const known = first.gone.filter((id) => IDS.includes(id));
    expect(known.length).toBeLessThan(IDS.length);
    const second = await reopen(store.content());
    await second.clock.pass(5000);
    expect(new Set([...known, ...second.sent]).size).toBe(IDS.length);
  });
});

describe('deletions whose beginning was refused by a failing disk', () => {
  it('do not go on after a crash, though it had kept what it refused', async () => {
    let isFailing = true;
    const store = createMemoryStore({
      decide: (call) => (isFailing && call === 'commit' ? 'refusedButKept' : 'done'),
    });
    const first = await openDeletionsOn(store);
    await expect(first.deletions.deleteReplaced('a', 'a.txt')).rejects.toThrow('journalUnwritable');
    await first.clock.pass(1000);
    isFailing = false;
    const second = await reopen(store.content());
    await second.clock.pass(5000);
    expect([first.sent, second.sent]).toEqual([[], []]);
  });
});
