import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type AppError, AppFailure } from '#app/errors.ts';
import { MAX_TOLD_FAILURES } from '#app/files/deletion.ts';
import { MIN_CEILING } from '../engine/adaptive-limit.ts';
import { createMemoryStore } from '../store/memory-store.ts';
import { GRACE_MS, openDeletionsBench, openDeletionsOn, toFileSet } from './deletions-bench.ts';

/** Longer than anything waits by itself. */
const AN_HOUR_MS = 3_600_000;
// The middle of the jitter.
beforeEach(() => void vi.spyOn(Math, 'random').mockReturnValue(0.5));
afterEach(() => void vi.restoreAllMocks());

const many = (count: number) => Array.from({ length: count }, (_, index) => `f${index}`);

describe('the grace period of a deletion', () => {
  it('sends nothing before its end, and then each file once', async () => {
    const { clock, begin, sent, gone, begun, changes } = await openDeletionsBench();
    await begin(['a', 'b', 'a']);
    expect(begun).toContain('b');
    await clock.pass(GRACE_MS - 1);
    expect(sent).toEqual([]);
    await clock.pass(500);
    expect(sent).toEqual(['a', 'b']);
    expect(gone).toEqual(['a', 'b']);
    expect(changes.map((change) => change.phase)).toEqual(expect.arrayContaining(['waiting', 'finished']));
    expect(changes.at(-1)).toMatchObject({ count: 2, deletedCount: 2, failures: [], firstName: 'a.txt' });
  });

  it('can be taken back until then: the files are kept and nothing is sent', async () => {
    const { deletions, clock, begin, sent, kept, changes, restCount } = await openDeletionsBench();
    const { id } = await begin(['a']);
    expect(deletions.stateOf('a')).toEqual({ isDeleting: true, error: null });
    expect(deletions.undo(id)).toBe(true);
    expect(deletions.stateOf('a')).toBeNull();
    await clock.pass(GRACE_MS * 2);
    expect(sent).toEqual([]);
    expect(kept).toEqual(['a']);
    expect(changes.at(-1)?.phase).toBe('undone');
    expect(restCount()).toBe(1);
    expect(deletions.undo(id)).toBe(false);
  });

  it('cannot be taken back afterwards', async () => {
    const { deletions, clock, begin } = await openDeletionsBench();
    const { id } = await begin(['a']);
    await clock.pass(GRACE_MS);
    expect(deletions.undo(id)).toBe(false);
    expect(deletions.undo('unknown')).toBe(false);
  });

  it('does not end while it is held, and goes on after it', async () => {
    const { deletions, clock, begin, sent } = await openDeletionsBench();
    await begin(['a']);
    const release = deletions.hold();
    await clock.pass(GRACE_MS * 2);
    expect(sent).toEqual([]);
    expect(deletions.waitingCount()).toBe(1);
    release();
    release();
    await clock.pass(1000);
    expect(sent).toEqual(['a']);
  });
});

describe('the draft of a deletion', () => {
  it('is begun once, by its id and the count that the person was told, and not when there is another', async () => {
    const { deletions } = await openDeletionsBench();
    await expect(deletions.draft(toFileSet([]), 'view')).rejects.toThrow('notFound');
    const first = await deletions.draft(toFileSet(['a']), 'view');
    const second = await deletions.draft(toFileSet(many(200)), 'view');
    await expect(deletions.begin(first.id, 1, 'view')).rejects.toThrow('notFound');
    await expect(deletions.begin(second.id, 199, 'view')).rejects.toThrow('refused');
    expect((await deletions.begin(second.id, 200, 'view')).count).toBe(200);
    await expect(deletions.begin(second.id, 200, 'view')).rejects.toThrow('notFound');
  });

  it('does not ask again about what is being deleted, and says so when that is all', async () => {
    const { deletions, clock, begin, sent } = await openDeletionsBench();
    await begin(['a', 'b']);
    expect([...deletions.filesUnderWay()]).toEqual(['a', 'b']);
    await expect(deletions.draft(toFileSet([], 2), 'view')).rejects.toThrow('beingDeleted');
    expect(await deletions.draft(toFileSet(['c'], 2), 'view')).toMatchObject({ count: 1, leftOutCount: 2 });
    // A draft from before the other one began.
    expect((await begin(['a', 'c'])).count).toBe(1);
    await expect(begin(['a'])).rejects.toThrow('notFound');
    await clock.pass(GRACE_MS + 1000);
    expect(sent).toEqual(['a', 'b', 'c']);
    expect([...deletions.filesUnderWay()]).toEqual([]);
  });

  it('stays when the journal cannot be written, and nothing is begun', async () => {
    let isFull = true;
    const store = createMemoryStore({ decide: () => (isFull ? 'refused' : 'done') });
    const { deletions, clock, sent, begun } = await openDeletionsOn(store);
    const draft = await deletions.draft(toFileSet(['a']), 'view');
    await expect(deletions.begin(draft.id, 1, 'view')).rejects.toThrow('journalUnwritable');
    await clock.pass(GRACE_MS * 2);
    expect([sent, begun, deletions.list()]).toEqual([[], [], []]);
    expect([...deletions.filesUnderWay()]).toEqual([]);
    isFull = false;
    await deletions.begin(draft.id, 1, 'view');
    await clock.pass(GRACE_MS + 1000);
    expect(sent).toEqual(['a']);
  });
});

describe('how a deletion came out', () => {
  it('is kept until it was acknowledged', async () => {
    const { deletions, clock, begin } = await openDeletionsBench();
    const { id } = await begin(['a']);
    deletions.acknowledge([id]);
    expect(deletions.list()).toMatchObject([{ phase: 'waiting' }]);
    await clock.pass(GRACE_MS + 1000);
    expect(deletions.list()).toMatchObject([{ id, phase: 'finished', deletedCount: 1 }]);
    deletions.acknowledge(['unknown', id]);
    expect(deletions.list()).toEqual([]);
  });

  it('is told of one that could not be journaled, and so was not begun', async () => {
    const store = createMemoryStore({ decide: () => 'refused' });
    const { deletions, clock, sent, changes } = await openDeletionsOn(store);
    await expect(deletions.deleteReplaced('a', 'a.txt')).rejects.toThrow('journalUnwritable');
    await clock.pass(1000);
    expect(sent).toEqual([]);
    const failures = [{ fileId: 'a', name: 'a.txt', error: { code: 'journalUnwritable' } }];
    expect(changes.map(({ phase }) => phase)).toEqual(['finished']);
    expect(deletions.list()).toMatchObject([{ phase: 'finished', failedCount: 1, failures }]);
  });
});

describe('carrying a deletion out', () => {
  it('tells for each file what became of it; one that was gone already counts as deleted', async () => {
    const deleteError = (id: string): AppError | null =>
      id === 'a' ? { code: 'notFound' } : id === 'b' ? { code: 'badRequest', serverMessage: '' } : null;
    const { deletions, clock, begin, gone, kept, changes } = await openDeletionsBench({ deleteError });
    await begin(['a', 'b', 'c']);
    await clock.pass(GRACE_MS + 1000);
    const error = { code: 'badRequest', serverMessage: '' };
    expect([...gone].sort()).toEqual(['a', 'c']);
    expect(kept).toEqual(['b']);
    expect(changes.at(-1)).toMatchObject({
      phase: 'finished',
      deletedCount: 2,
      failedCount: 1,
      failures: [{ fileId: 'b', name: 'b.txt', error }],
    });
    expect(deletions.stateOf('b')).toEqual({ isDeleting: false, error });
    expect(deletions.stateOf('c')).toBeNull();
    await begin(['b']);
    expect(deletions.stateOf('b')).toEqual({ isDeleting: true, error: null });
  });

  it('asks for a file again at which the server failed, a bounded number of times, when the others are through', async () => {
    const deleteError = (id: string, attempt: number): AppError | null =>
      id === 'never' || (id === 'late' && attempt < 3) ? { code: 'serverFailed', serverMessage: '' } : null;
    const { clock, begin, sent, gone, changes } = await openDeletionsBench({ deleteError });
    await begin(['never', 'late', ...many(10)]);
    await clock.pass(GRACE_MS + AN_HOUR_MS);
    expect(sent.slice(0, 12)).toEqual(['never', 'late', ...many(10)]);
    expect(sent.filter((id) => id === 'late')).toHaveLength(3);
    expect(sent.filter((id) => id === 'never')).toHaveLength(4);
    expect(gone).toHaveLength(11);
    expect(changes.at(-1)?.failures.map(({ fileId, error }) => [fileId, error.code])).toEqual([
      ['never', 'serverFailed'],
    ]);
  });

  it('looks for the file when the outcome is open, and says so when that stays open', async () => {
    const broken: AppError = { code: 'connectionLost' };
    const { clock, begin, sent, gone, changes } = await openDeletionsBench({
      deleteError: () => broken,
      readError: (id) => (id === 'gone' ? { code: 'notFound' } : id === 'open' ? broken : null),
    });
    await begin(['gone', 'there', 'open']);
    await clock.pass(GRACE_MS + AN_HOUR_MS);
    expect(gone).toEqual(['gone']);
    expect(sent.filter((id) => id === 'gone')).toHaveLength(1);
    expect(changes.at(-1)?.failures.map(({ fileId, error }) => [fileId, error.code])).toEqual([
      ['there', 'connectionLost'],
      ['open', 'maybeDeleted'],
    ]);
  });

  it('keeps at most as many requests under way as its account has, those of all deletions counted', async () => {
    const { clock, begin, sent, mostUnderWay } = await openDeletionsBench();
    await begin(many(30));
    await begin(['x', 'y', 'z']);
    await clock.pass(GRACE_MS + 1000);
    expect(sent).toHaveLength(33);
    expect(mostUnderWay()).toBe(MIN_CEILING);
  });

  it('waits as long as the server asks, says until when, and asks for the same file again', async () => {
    let isLimited = true;
    const deleteError = (): AppError | null =>
      isLimited ? { code: 'rateLimited', retryAfterMs: 90_000 } : null;
    const { clock, begin, sent, gone, changes } = await openDeletionsBench({ deleteError });
    await begin(many(20));
    await clock.pass(GRACE_MS + 1000);
    expect(sent).toHaveLength(MIN_CEILING);
    expect(changes.at(-1)?.pause).toMatchObject({ reason: 'limited' });
    expect(changes.at(-1)?.pause?.resumesAt).toBeGreaterThan(clock.now());
    isLimited = false;
    await clock.pass(88_000);
    expect(sent).toHaveLength(MIN_CEILING);
    await clock.pass(3000);
    expect(sent).toHaveLength(20 + MIN_CEILING);
    expect(gone).toHaveLength(20);
    expect(changes.at(-1)).toMatchObject({ phase: 'finished', failedCount: 0, pause: null });
  });

  it('go on at a person’s word, before the server’s time is over', async () => {
    let isLimited = true;
    const deleteError = (): AppError | null =>
      isLimited ? { code: 'rateLimited', retryAfterMs: 24 * AN_HOUR_MS } : null;
    const { deletions, clock, begin, sent, gone, changes } = await openDeletionsBench({ deleteError });
    await begin(many(20));
    await clock.pass(GRACE_MS + 60_000);
    expect(sent).toHaveLength(MIN_CEILING);
    deletions.resume();
    await clock.pass(1000);
    // The server still asks for fewer, and half as many find that out.
    expect(sent).toHaveLength(MIN_CEILING + MIN_CEILING / 2);
    expect(changes.at(-1)?.pause?.resumesAt).toBeGreaterThan(clock.now() + 23 * AN_HOUR_MS);
    isLimited = false;
    deletions.resume();
    await clock.pass(1000);
    expect(gone).toHaveLength(20);
    expect(changes.at(-1)).toMatchObject({ phase: 'finished', failedCount: 0, pause: null });
    expect(clock.sleeperCount()).toBe(0);
  });

  it.each([
    { code: 'offline' },
    { code: 'untrustedCertificate' },
    { code: 'proxyRefused', status: 503 },
  ] as const)('go on alone after an hour without a way to the server ($code)', async (error) => {
    const way = { isThere: false };
    const { clock, begin, gone, changes } = await openDeletionsBench({
      deleteError: () => (way.isThere ? null : error),
      probe: async () => {
        if (!way.isThere) throw new AppFailure(error);
      },
    });
    await begin(many(20));
    await clock.pass(GRACE_MS + AN_HOUR_MS);
    expect(gone).toEqual([]);
    expect(changes.at(-1)).toMatchObject({
      phase: 'deleting',
      pause: { reason: 'unreachable', resumesAt: null },
    });
    way.isThere = true;
    await clock.pass(60_000);
    expect(gone).toHaveLength(20);
    expect(changes.at(-1)).toMatchObject({ phase: 'finished', failedCount: 0 });
  });

  it.each([
    ['a server that is down', { code: 'unavailable', retryAfterMs: null }, 28],
    ['a key that is not taken any more', { code: 'unauthorized' }, MIN_CEILING],
    ['a key without the right', { code: 'forbidden', serverMessage: '' }, MIN_CEILING],
  ] as const)('gives up on all files after %s', async (_name, error, most) => {
    const { deletions, clock, begin, sent, kept, changes } = await openDeletionsBench({
      deleteError: () => error,
    });
    await begin(many(500));
    await clock.pass(GRACE_MS + AN_HOUR_MS);
    expect(sent.length).toBeLessThanOrEqual(most);
    expect(changes.at(-1)).toMatchObject({ phase: 'finished', deletedCount: 0, failedCount: 500 });
    expect(changes.at(-1)?.failures).toHaveLength(MAX_TOLD_FAILURES);
    expect(kept).toHaveLength(500);
    expect(deletions.stateOf('f499')).toEqual({ isDeleting: false, error });
    expect(deletions.forgetErrors()).toBe(true);
    expect(deletions.stateOf('f499')).toBeNull();
  });

  it('does not ask a server for thousands of files that fails at every one', async () => {
    const { clock, begin, sent, changes } = await openDeletionsBench({
      deleteError: () => ({ code: 'serverFailed', serverMessage: '' }),
    });
    await begin(many(2000));
    await clock.pass(GRACE_MS + AN_HOUR_MS);
    expect(sent.length).toBeLessThan(200);
    expect(changes.at(-1)).toMatchObject({ phase: 'finished', failedCount: 2000 });
  });

  it('stops at a cancel: what was not asked for stays, answers under way count', async () => {
    let answer: () => void = () => undefined;
    const until = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const { deletions, clock, begin, sent, gone, kept, changes } = await openDeletionsBench({ until });
    const { id } = await begin(many(20));
    await clock.pass(GRACE_MS + 1000);
    deletions.cancel(id);
    await clock.pass(1000);
    expect(changes.at(-1)).toMatchObject({ phase: 'deleting', isCancelled: true });
    answer();
    await clock.pass(1000);
    expect(sent).toHaveLength(MIN_CEILING);
    expect(gone).toEqual(sent);
    expect(kept).toEqual(many(20).slice(MIN_CEILING));
    expect(changes.at(-1)).toMatchObject({ phase: 'finished', deletedCount: MIN_CEILING, failedCount: 0 });
    expect(deletions.stateOf('f19')).toBeNull();
  });

  it('stops when its journal cannot be written any more', async () => {
    let isFull = false;
    const store = createMemoryStore({ decide: () => (isFull ? 'refused' : 'done') });
    const deleteError = (id: string) => {
      if (id === 'f3') isFull = true;
      return null;
    };
    const { clock, begin, sent, gone, changes } = await openDeletionsOn(store, { deleteError });
    await begin(many(2000));
    await clock.pass(GRACE_MS + 1000);
    expect(sent.length).toBeLessThan(2000);
    expect(gone.length).toBe(sent.length);
    expect(changes.at(-1)?.failures[0]?.error).toEqual({ code: 'journalUnwritable' });
  });

  it('tells of its progress ten times a second at most, the last change always', async () => {
    const { clock, begin, changes } = await openDeletionsBench({
      deleteError: (_id, attempt) => (attempt === 1 ? { code: 'rateLimited', retryAfterMs: 0 } : null),
    });
    for (let index = 0; index < 20; index += 1) await begin([`x${index}`]);
    const before = changes.length;
    await clock.pass(1000);
    expect(changes.length - before).toBeLessThanOrEqual(11);
    await clock.pass(GRACE_MS + 10_000);
    const last = new Map(changes.map((change) => [change.id, change.phase]));
    expect([...last.values()]).toEqual(Array.from({ length: 20 }, () => 'finished'));
  });
});
