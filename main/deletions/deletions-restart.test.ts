import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AppError } from '#app/errors.ts';
import { MIN_CEILING } from '../engine/adaptive-limit.ts';
import { createManualClock } from '../engine/manual-clock.ts';
import { createMemoryStore, type StoreContent } from '../store/memory-store.ts';
import { openSqliteStore } from '../store/sqlite/open-sqlite-store.ts';
import type { StoreCondition } from '../store/store.ts';
import { toBeginning, toSettled } from './deletion-records.ts';
import {
  type DeletionsBench,
  GRACE_MS,
  openDeletionsBench,
  openDeletionsOn,
  toFileSet,
} from './deletions-bench.ts';

const IDS = Array.from({ length: 12 }, (_, index) => `f${index}`);
const BAD: AppError = { code: 'badRequest', serverMessage: '' };
const failing = (id: string) => (id === 'f5' ? BAD : null);

/** Opens what a crash would have left. */
async function reopen(content: StoreContent, condition: StoreCondition = 'whole') {
  const store = createMemoryStore({ content, condition });
  return { ...(await openDeletionsOn(store, { deleteError: failing })), store };
}

/** What the store had on disk after each write of a whole deletion, and what was known to be gone then. */
async function recordRun() {
  const moments: { readonly content: StoreContent; readonly gone: readonly string[] }[] = [];
  const store = createMemoryStore({
    decide: () => {
      moments.push({ content: store.content(), gone: [...bench.gone] });
      return 'done';
    },
  });
  const bench: DeletionsBench = await openDeletionsOn(store, { deleteError: failing, answerMs: 60 });
  await bench.begin(IDS);
  moments.push({ content: store.content(), gone: [] });
  await bench.clock.pass(GRACE_MS + 5000);
  expect(bench.changes.at(-1)).toMatchObject({ phase: 'finished', deletedCount: 11, failedCount: 1 });
  return { moments, end: store.content() };
}

describe('deletions after the app has ended', () => {
  it('were in their grace period: nothing is sent, and that is told until it was heard', async () => {
    const first = await openDeletionsBench();
    await first.begin(['a', 'b']);
    await first.clock.pass(GRACE_MS / 2);
    await first.deletions.close();
    await first.clock.pass(GRACE_MS);
    expect(first.sent).toEqual([]);

    const second = await reopen(first.store.content());
    // No window has told it in this run.
    await second.deletions.close();
    const third = await reopen(second.store.content());
    await third.clock.pass(GRACE_MS * 2);
    const told = third.deletions.list();
    expect(told).toMatchObject([{ phase: 'undone', count: 2, firstName: 'a.txt', isFromLastTime: true }]);
    expect(third.deletions.stateOf('a')).toBeNull();
    third.deletions.acknowledge(told.map(({ id }) => id));
    expect(third.deletions.list()).toEqual([]);
    await third.deletions.close();
    const fourth = await reopen(third.store.content());
    expect(fourth.deletions.list()).toEqual([]);
    expect([second.sent, third.sent]).toEqual([[], []]);
  });

  it('were taken back when the person quit: nothing is left to tell', async () => {
    const first = await openDeletionsBench();
    await first.begin(['a']);
    first.deletions.undoWaiting();
    await first.deletions.close();
    const second = await reopen(first.store.content());
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
    const second = await reopen(first.store.content());
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
    const second = await reopen(first.store.content());
    await second.clock.pass(1000);
    expect(second.sent).toEqual([]);
    expect(second.deletions.list()).toMatchObject([
      { phase: 'finished', isCancelled: true, isFromLastTime: true },
    ]);
  });

  it('do not go on when their record is damaged', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'files-for-openrouter-'));
    const openStore = () =>
      openSqliteStore({ folder, clock: createManualClock(), onProblem: () => undefined });
    const begun = { id: 'deletion', count: 12, firstName: 'f0.txt', dueAt: 1 };
    const recording = await openStore();
    await recording.commit(toBeginning('here', begun, true, [IDS]));
    await recording.commit(toSettled('deletion', ['f0', 'f1'], []));
    await recording.close();
    const whole = await openStore();
    const { deletions } = await openDeletionsOn(whole, { until: new Promise(() => undefined) });
    expect(deletions.list()).toMatchObject([{ phase: 'deleting', deletedCount: 2 }]);
    await whole.close();
    const path = join(folder, 'records-1.sqlite');
    const content = await readFile(path);
    content[content.lastIndexOf('f3')] = 0x78;
    await writeFile(path, content);
    const outcome = { phase: 'finished', count: 12, isDamaged: true, isCancelled: false };
    // The damage has been left behind with the file: it does not go on the time after, either.
    for (const condition of ['damaged', 'whole']) {
      const store = await openStore();
      expect(store.condition).toBe(condition);
      const bench = await openDeletionsOn(store);
      await bench.clock.pass(GRACE_MS + 5000);
      expect(bench.sent).toEqual([]);
      expect(bench.deletions.list()).toMatchObject([outcome]);
      await bench.deletions.close();
      await store.close();
    }
    await rm(folder, { recursive: true });
  });

  it.each([
    ['is not all there', { op: 'removeItems', jobId: 'deletion' }],
    ['says nothing that makes sense', { op: 'setJobState', id: 'deletion', state: 'begun?' }],
  ] as const)('are told of as damaged when their record %s', async (_, damage) => {
    const store = createMemoryStore();
    const begun = { id: 'deletion', count: 12, firstName: 'f0.txt', dueAt: 1 };
    await store.commit([...toBeginning('here', begun, true, [IDS]), damage]);
    for (let run = 0; run < 2; run += 1) {
      const { deletions, clock, sent } = await openDeletionsOn(store);
      await clock.pass(GRACE_MS + 5000);
      expect(sent).toEqual([]);
      // Nothing is claimed of what was sent.
      expect(deletions.list()).toMatchObject([{ phase: 'finished', count: 12, isDamaged: true }]);
    }
  });

  it('are over at whatever record a damaged store ends', async () => {
    const { moments } = await recordRun();
    for (const { content } of moments) {
      const { deletions, clock, sent } = await reopen(content, 'damaged');
      expect(deletions.list().every(({ phase }) => phase === 'finished')).toBe(true);
      await clock.pass(GRACE_MS + 5000);
      expect(sent).toEqual([]);
    }
  });

  it('have come to their end untold: that is told, and nothing is done again', async () => {
    const first = await openDeletionsBench({ deleteError: () => ({ code: 'unauthorized' }) });
    await first.begin(IDS);
    await first.clock.pass(GRACE_MS + 1000);
    await first.deletions.close();
    const second = await reopen(first.store.content());
    await second.clock.pass(GRACE_MS + 1000);
    expect(second.sent).toEqual([]);
    const [outcome] = second.deletions.list();
    expect(outcome).toMatchObject({ phase: 'finished', count: 12, failedCount: 12, isFromLastTime: true });
    expect(outcome?.failures).toHaveLength(12);
    second.deletions.acknowledge([outcome?.id ?? '']);
    await second.deletions.close();
    expect((await reopen(second.store.content())).deletions.list()).toEqual([]);
  });

  it('keep what begins while another one is told and forgotten', async () => {
    let onWrite: () => void = () => undefined;
    const store = createMemoryStore({
      decide: () => {
        onWrite();
        return 'done';
      },
    });
    const first = await openDeletionsOn(store);
    const { id } = await first.begin(['a']);
    onWrite = () => {
      onWrite = () => undefined;
      first.deletions.undo(id);
      first.deletions.acknowledge([id]);
    };
    await first.begin(['b']);
    await first.clock.pass(1000);
    const second = await reopen(store.content());
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
    const second = await reopen(first.store.content());
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
    const second = await reopen(first.store.content());
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
    const second = await reopen(first.store.content());
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
    const second = await reopen(first.store.content());
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
    const draft = await first.deletions.draft(toFileSet(['a']), 'view');
    const begun = first.deletions.begin(draft.id, 1, 'view');
    await Promise.all([first.deletions.forget(), begun.catch(() => undefined)]);
    const second = await reopen(first.store.content());
    expect(second.deletions.list()).toEqual([]);
    await first.clock.pass(GRACE_MS * 2);
    expect(first.sent).toEqual([]);
  });
});
