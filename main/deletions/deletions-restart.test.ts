import { describe, expect, it } from 'vitest';
import type { AppError } from '#app/errors.ts';
import { MIN_CEILING } from '../engine/adaptive-limit.ts';
import { createMemoryJournalFile } from '../transfers/journal/memory-journal-file.ts';
import { type DeletionsBench, GRACE_MS, openDeletionsBench, toFileSet } from './deletions-bench.ts';

const IDS = Array.from({ length: 12 }, (_, index) => `f${index}`);
const BAD: AppError = { code: 'badRequest', serverMessage: '' };
const failing = (id: string) => (id === 'f5' ? BAD : null);

/** Opens what a crash would have left. */
const reopen = (content: Uint8Array | null) =>
  openDeletionsBench({ deleteError: failing }, createMemoryJournalFile(content));

/** What the journal had on disk after each write of a whole deletion, and what was known to be gone then. */
async function recordRun() {
  const moments: { readonly content: Uint8Array | null; readonly gone: readonly string[] }[] = [];
  const bench: DeletionsBench = await openDeletionsBench(
    { deleteError: failing, answerMs: 60 },
    createMemoryJournalFile(null, () => {
      moments.push({ content: bench?.file.content() ?? null, gone: [...(bench?.gone ?? [])] });
      return { end: 'done' };
    }),
  );
  await bench.begin(IDS);
  moments.push({ content: bench.file.content(), gone: [] });
  await bench.clock.pass(GRACE_MS + 5000);
  expect(bench.changes.at(-1)).toMatchObject({ phase: 'finished', deletedCount: 11, failedCount: 1 });
  return { moments, end: bench.file.content() };
}

describe('deletions after the app has ended', () => {
  it('were in their grace period: nothing is sent, and that is told until it was heard', async () => {
    const first = await openDeletionsBench();
    await first.begin(['a', 'b']);
    await first.clock.pass(GRACE_MS / 2);
    await first.deletions.close();
    await first.clock.pass(GRACE_MS);
    expect(first.sent).toEqual([]);

    const second = await reopen(first.file.content());
    // No window has told it in this run.
    await second.deletions.close();
    const third = await reopen(second.file.content());
    await third.clock.pass(GRACE_MS * 2);
    const told = third.deletions.list();
    expect(told).toMatchObject([{ phase: 'undone', count: 2, firstName: 'a.txt', isFromLastTime: true }]);
    expect(third.deletions.stateOf('a')).toBeNull();
    third.deletions.acknowledge(told.map(({ id }) => id));
    expect(third.deletions.list()).toEqual([]);
    await third.deletions.close();
    const fourth = await reopen(third.file.content());
    expect(fourth.deletions.list()).toEqual([]);
    expect([second.sent, third.sent]).toEqual([[], []]);
  });

  it('were taken back when the person quit: nothing is left to tell', async () => {
    const first = await openDeletionsBench();
    await first.begin(['a']);
    first.deletions.undoWaiting();
    await first.deletions.close();
    const second = await reopen(first.file.content());
    expect(second.deletions.list()).toEqual([]);
  });

  it('go on at whatever record the app died, with no file that is known to be gone and with all others', async () => {
    const { moments, end } = await recordRun();
    let goneOnCount = 0;
    for (const { content, gone } of [...moments, { content: end, gone: [] }]) {
      const { deletions, clock, sent, changes } = await reopen(content);
      const [deletion] = deletions.list();
      await clock.pass(GRACE_MS + 5000);
      if (deletion?.phase !== 'deleting') {
        expect(sent).toEqual([]);
        continue;
      }
      goneOnCount += 1;
      expect(deletion.isFromLastTime).toBe(true);
      expect(sent.filter((id) => gone.includes(id))).toEqual([]);
      const done = changes.at(-1);
      expect(done).toMatchObject({ phase: 'finished', count: 12, deletedCount: 11, failedCount: 1 });
      expect(done?.failures).toEqual([{ fileId: 'f5', name: 'f5.txt', error: BAD }]);
      const asked = new Set(sent);
      const known = deletion.deletedCount + deletion.failedCount;
      expect(asked.size).toBe(IDS.length - known);
    }
    expect(goneOnCount).toBeGreaterThan(2);
  });

  it('ask once for a file that was replaced, though its upload hands it over again', async () => {
    const first = await openDeletionsBench({ until: new Promise(() => undefined) });
    await first.deletions.deleteReplaced('a', 'a.txt');
    const second = await reopen(first.file.content());
    await second.deletions.deleteReplaced('a', 'a.txt');
    await second.clock.pass(1000);
    expect(second.sent).toEqual(['a']);
    expect(second.deletions.list()).toMatchObject([
      { phase: 'finished', deletedCount: 1, isFromLastTime: true },
    ]);
  });

  it('do not go on when the person had stopped them', async () => {
    const first = await openDeletionsBench({ until: new Promise(() => undefined) });
    const { id } = await first.begin(IDS);
    await first.clock.pass(GRACE_MS + 1000);
    first.deletions.cancel(id);
    await first.clock.pass(1000);
    const second = await reopen(first.file.content());
    await second.clock.pass(1000);
    expect(second.sent).toEqual([]);
    expect(second.deletions.list()).toMatchObject([
      { phase: 'finished', isCancelled: true, isFromLastTime: true },
    ]);
  });

  it('do not go on when their record is damaged', async () => {
    const { moments } = await recordRun();
    const content = Buffer.from(moments.at(-2)?.content ?? []);
    expect((await reopen(content)).deletions.isCarryingOut()).toBe(true);
    content[content.indexOf('f3')] = 0x78;
    const second = await reopen(content);
    await second.clock.pass(GRACE_MS + 5000);
    expect(second.sent).toEqual([]);
    const outcome = { phase: 'finished', count: 12, isDamaged: true, isCancelled: false };
    expect(second.deletions.list()).toMatchObject([outcome]);
    await second.deletions.close();
    // The damage was set aside with the file: it does not go on the time after, either.
    expect(second.file.asides).toHaveLength(1);
    const third = await reopen(second.file.content());
    await third.clock.pass(GRACE_MS + 5000);
    expect(third.sent).toEqual([]);
    expect(third.deletions.list()).toMatchObject([outcome]);
  });

  it.each(['"kind":"begun"', '"kind":"started"'])('are told of as damaged also without %s', async (lost) => {
    const { moments } = await recordRun();
    const content = Buffer.from(moments.at(-2)?.content ?? []);
    content[content.indexOf(lost)] = 0x78;
    const { deletions, clock, sent } = await reopen(content);
    await clock.pass(GRACE_MS + 5000);
    expect(sent).toEqual([]);
    // Nothing is claimed of what was sent.
    expect(deletions.list()).toMatchObject([{ phase: 'finished', count: 12, isDamaged: true }]);
  });

  it('have come to their end untold: that is told, and nothing is done again', async () => {
    const first = await openDeletionsBench({ deleteError: () => ({ code: 'unauthorized' }) });
    await first.begin(IDS);
    await first.clock.pass(GRACE_MS + 1000);
    await first.deletions.close();
    const second = await reopen(first.file.content());
    await second.clock.pass(GRACE_MS + 1000);
    expect(second.sent).toEqual([]);
    const [outcome] = second.deletions.list();
    expect(outcome).toMatchObject({ phase: 'finished', count: 12, failedCount: 12, isFromLastTime: true });
    expect(outcome?.failures).toHaveLength(12);
    second.deletions.acknowledge([outcome?.id ?? '']);
    await second.deletions.close();
    expect((await reopen(second.file.content())).deletions.list()).toEqual([]);
  });

  it('keep what begins while another one is told and forgotten', async () => {
    let onWrite: () => void = () => undefined;
    const file = createMemoryJournalFile(null, () => {
      onWrite();
      return { end: 'done' };
    });
    const first = await openDeletionsBench({}, file);
    const { id } = await first.begin(['a']);
    onWrite = () => {
      onWrite = () => undefined;
      first.deletions.undo(id);
      first.deletions.acknowledge([id]);
    };
    await first.begin(['b']);
    await first.clock.pass(1000);
    const second = await reopen(file.content());
    expect(second.deletions.list()).toMatchObject([{ phase: 'undone', firstName: 'b.txt' }]);
  });

  it('stop in the middle when the app ends, wait for the answers, and go on with the rest', async () => {
    const first = await openDeletionsBench({ answerMs: 50 });
    await first.begin(IDS);
    await first.clock.pass(GRACE_MS + 10);
    const closed = first.deletions.close();
    await first.clock.pass(100);
    await closed;
    expect(first.sent).toHaveLength(MIN_CEILING);
    const second = await reopen(first.file.content());
    expect(second.deletions.list()).toMatchObject([{ phase: 'deleting', deletedCount: MIN_CEILING }]);
    await second.clock.pass(1000);
    expect([...first.sent, ...second.sent].sort()).toEqual([...IDS].sort());
  });
});

describe('deletions after the person has signed out', () => {
  it('have ended for good, those that wait as if taken back', async () => {
    const first = await openDeletionsBench();
    await first.begin(['a', 'b']);
    await first.deletions.forget();
    const second = await reopen(first.file.content());
    await second.clock.pass(GRACE_MS * 2);
    expect(second.deletions.list()).toEqual([]);
    expect([first.sent, second.sent]).toEqual([[], []]);
  });

  it('tell when the key is back how far they came, and go no further', async () => {
    const first = await openDeletionsBench({ answerMs: 50 });
    await first.begin(IDS);
    await first.clock.pass(GRACE_MS + 10);
    const forgotten = first.deletions.forget();
    await first.clock.pass(1000);
    await forgotten;
    expect(first.sent).toHaveLength(MIN_CEILING);
    const second = await reopen(first.file.content());
    await second.clock.pass(GRACE_MS + 1000);
    expect(second.sent).toEqual([]);
    const outcome = {
      phase: 'finished',
      count: 12,
      deletedCount: MIN_CEILING,
      failedCount: 0,
      isCancelled: true,
    };
    expect(second.deletions.list()).toMatchObject([outcome]);
  });

  it('claim nothing of requests whose answers did not come', async () => {
    const first = await openDeletionsBench({ until: new Promise(() => undefined) });
    await first.begin(IDS);
    await first.clock.pass(GRACE_MS + 1000);
    const forgotten = first.deletions.forget();
    await first.whenBrokenOff();
    await first.clock.pass(1000);
    await forgotten;
    const second = await reopen(first.file.content());
    const [outcome] = second.deletions.list();
    expect(outcome).toMatchObject({
      phase: 'finished',
      count: 12,
      deletedCount: 0,
      failedCount: MIN_CEILING,
    });
    expect(outcome?.failures.map(({ error }) => error.code)).toEqual(Array(MIN_CEILING).fill('maybeDeleted'));
  });

  it('end also when they were just beginning', async () => {
    const first = await openDeletionsBench();
    const draft = await first.deletions.draft(toFileSet(['a']));
    const begun = first.deletions.begin(draft.id, 1);
    await Promise.all([first.deletions.forget(), begun.catch(() => undefined)]);
    const second = await reopen(first.file.content());
    expect(second.deletions.list()).toEqual([]);
    await first.clock.pass(GRACE_MS * 2);
    expect(first.sent).toEqual([]);
  });
});
