import { describe, expect, it } from 'vitest';
import { createMemoryJournalFile } from '../transfers/journal/memory-journal-file.ts';
import { GRACE_MS, openDeletionsBench } from './deletions-bench.ts';

const IDS = Array.from({ length: 24 }, (_, index) => `f${index}`);

/** Opens what a crash would have left. */
const reopen = (content: Uint8Array | null) => openDeletionsBench({}, createMemoryJournalFile(content));

/** A disk that takes nothing from now on while `isFull`, but lets itself be emptied unless `isDead`. */
function createFullDisk() {
  const disk = { isFull: false, isDead: false };
  const file = createMemoryJournalFile(null, (call) => {
    const isRefused = disk.isFull && (call !== 'cutTo' || disk.isDead);
    return isRefused ? { end: 'failure', kept: 0 } : { end: 'done' };
  });
  return { disk, file };
}

describe('deletions that cannot be written down', () => {
  it('do not go on when they were told to have ended', async () => {
    const { disk, file } = createFullDisk();
    const deleteError = (id: string) => {
      if (id === 'f3') disk.isFull = true;
      return null;
    };
    const first = await openDeletionsBench({ deleteError, answerMs: 60 }, file);
    await first.begin(IDS);
    await first.clock.pass(GRACE_MS + 5000);
    const told = first.changes.at(-1);
    expect(told).toMatchObject({ phase: 'finished' });
    expect(told?.failedCount).toBeGreaterThan(0);
    // What a crash in that moment would find.
    const second = await reopen(file.content());
    await second.clock.pass(GRACE_MS + 5000);
    expect(second.sent).toEqual([]);
    // There is room again before the app ends: how it came out is told once more.
    disk.isFull = false;
    await first.deletions.close();
    const third = await reopen(file.content());
    await third.clock.pass(GRACE_MS + 5000);
    expect(third.sent).toEqual([]);
    expect(third.deletions.list()).toMatchObject([
      { phase: 'finished', count: IDS.length, failedCount: told?.failedCount, isFromLastTime: true },
    ]);
  });

  it('do not go on after signing out', async () => {
    const { disk, file } = createFullDisk();
    const first = await openDeletionsBench({ answerMs: 60 }, file);
    await first.begin(IDS);
    await first.clock.pass(GRACE_MS + 70);
    disk.isFull = true;
    const forgotten = first.deletions.forget();
    await first.clock.pass(1000);
    await forgotten;
    expect(first.sent.length).toBeLessThan(IDS.length);
    const second = await reopen(file.content());
    await second.clock.pass(GRACE_MS + 5000);
    expect(second.sent).toEqual([]);
  });

  it('ask for nothing at the next start either while the disk stays so', async () => {
    const { disk, file } = createFullDisk();
    const first = await openDeletionsBench({ until: new Promise(() => undefined) }, file);
    await first.begin(IDS);
    await first.clock.pass(GRACE_MS + 1000);
    disk.isFull = true;
    disk.isDead = true;
    const second = await openDeletionsBench({}, file);
    await second.clock.pass(5000);
    expect(second.sent).toEqual([]);
    expect(second.changes.at(-1)).toMatchObject({
      phase: 'finished',
      failedCount: IDS.length,
      isFromLastTime: true,
    });
  });

  it('go on when they only waited meanwhile', async () => {
    const { disk, file } = createFullDisk();
    const deleteError = (id: string) => {
      if (id === 'a') disk.isFull = true;
      return null;
    };
    const first = await openDeletionsBench({ deleteError, answerMs: 60 }, file);
    await first.begin(['a', 'b', 'c', 'd', 'e', 'f']);
    await first.clock.pass(GRACE_MS / 2);
    await first.begin(IDS);
    await first.clock.pass(GRACE_MS / 2 + 1000);
    expect(first.changes.at(-1)).toMatchObject({ phase: 'finished', count: 6 });
    disk.isFull = false;
    await first.clock.pass(GRACE_MS / 2 - 1000 + 70);
    const known = first.gone.filter((id) => IDS.includes(id));
    expect(known.length).toBeLessThan(IDS.length);
    const second = await reopen(file.content());
    await second.clock.pass(5000);
    expect(new Set([...known, ...second.sent]).size).toBe(IDS.length);
  });
});
