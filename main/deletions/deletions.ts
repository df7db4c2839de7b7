import { isDeepStrictEqual } from 'node:util';
import { AppFailure } from '#app/errors.ts';
import type { Deletion, DeletionDraft } from '#app/files/deletion.ts';
import { createCondition } from '../engine/condition.ts';
import { inSlices } from '../engine/in-slices.ts';
import type { Pacer } from '../engine/pacer.ts';
import { createSemaphore } from '../engine/semaphore.ts';
import type { FileSet } from '../file-index/file-index.ts';
import { deleteAll } from './delete-all.ts';
import type { DeleteOneParts } from './delete-one.ts';
import {
  createDeletionStore,
  type DeletionStore,
  type DeletionStoreParts,
  type FileDeletionState,
} from './deletion-store.ts';
import { createWork, type DeletionWork } from './deletion-work.ts';
import { createDrafts, type DraftsParts } from './drafts.ts';
import { createPatience, type Patience } from './patience.ts';
import { toPause } from './to-pause.ts';

/** What deletions are made of. */
export interface DeletionsParts extends DeletionStoreParts, DeleteOneParts, DraftsParts {
  /** Says when the account may be asked; its owner closes it. */
  readonly pacer: Pacer;
  /** Told of files whose grace period has begun, and where: null where no person did it. What it does is waited for. */
  readonly onBegun: (ids: readonly string[], viewId: string | null) => Promise<void>;
}

/** The confirmed deletions of one location. */
export interface Deletions {
  /**
   * Remembers files that a person is asked about in a view, of which those {@link filesUnderWay} were left out; that view's
   * draft before is forgotten. Throws `notFound` for none, and `beingDeleted` when none was left.
   */
  draft(files: FileSet, viewId: string): Promise<DeletionDraft>;
  /** The files that are being deleted or wait for it. */
  filesUnderWay(): Iterable<string>;
  /**
   * Begins the grace period of a view's draft, which is on disk then; when it ends, the files are deleted for good. `count` is
   * what the person was told; files that have gone or are being deleted since are left out. Throws `notFound` for a draft
   * that was forgotten, `refused` for another count, and `journalUnwritable`; nothing is begun then.
   */
  begin(draftId: string, count: number, viewId: string): Promise<Deletion>;
  /**
   * Deletes a file that has been replaced, without a grace period: its successor is there. One that is being deleted, or
   * waits for it, is left to that deletion. Settles when it is on disk. Throws `journalUnwritable`; then nothing is
   * deleted, and the failed deletion is told. Throws `cancelled` once closed.
   */
  deleteReplaced(fileId: string, name: string): Promise<void>;
  /** Takes a deletion back; answers false when its grace period is over. */
  undo(id: string): boolean;
  /** Stops a deletion that is being carried out: what was not asked for yet stays. */
  cancel(id: string): void;
  /** Ends the wait of those that are being carried out. */
  resume(): void;
  /** How a file stands in the deletions; null when in none. */
  stateOf(fileId: string): FileDeletionState | null;
  /** Forgets why deletions failed; answers whether there was anything to forget. */
  forgetErrors(): boolean;
  /** Those that are not over, and the outcomes that were not acknowledged, those of earlier runs included; oldest first. */
  list(): readonly Deletion[];
  /** To be called when the person has been told how these came out: until then each outcome is kept, on disk too. */
  acknowledge(ids: readonly string[]): void;
  /** Files whose grace period has not ended. */
  waitingCount(): number;
  /** Whether any deletion is being carried out, or begins. */
  isCarryingOut(): boolean;
  /** Puts off the ends of grace periods until the function that it answers is called. */
  hold(): () => void;
  /** Takes back whatever is in its grace period. */
  undoWaiting(): void;
  /**
   * Sends nothing any more, and settles when all that is known is on disk. What was being carried out goes on at the next
   * opening; what was in its grace period will not, and that is told then.
   */
  close(): Promise<void>;
  /**
   * Ends all deletions for good, as the person signs out, and closes. What was not asked for stays on the server. How far
   * they came is told at the next opening, whenever that is; what was in its grace period is as if taken back.
   */
  forget(): Promise<void>;
}

/** How long the end of the app, or a sign-out, waits for answers, in milliseconds. */
const CLOSE_PATIENCE_MS = 1000;

/** Makes the deletions of a location, and goes on with what an earlier run has begun to carry out. */
export function createDeletions(parts: DeletionsParts): Deletions {
  const { clock, pacer } = parts;
  const tasks = new Set<Promise<void>>();
  const closing = new AbortController();
  const aborting = new AbortController();
  let isForgotten = false;
  const store = createDeletionStore(parts, closing.signal);
  const patience = createPatience(pacer);
  const carryOut = createCarryOut(parts, store, patience, closing.signal, aborting.signal);
  const stopListening = pacer.listen({
    onChange: () => {
      const pause = toPause(pacer.holds());
      for (const work of store.inPhase('deleting')) {
        if (!isDeepStrictEqual(work.deletion.pause, pause)) store.change(work, { pause });
      }
    },
  });
  const drafts = createDrafts(parts);
  let holdCount = 0;
  const released = createCondition(() => holdCount === 0);

  const waitOut = async (work: DeletionWork, undoMs: number) => {
    const stop = AbortSignal.any([work.stopping.signal, closing.signal]);
    try {
      await clock.sleep(undoMs, stop);
      await released.wait(stop);
    } catch {
      return;
    }
    await carryOut(work);
  };
  const track = (task: Promise<unknown>) => {
    const tracked = task.then(() => undefined).finally(() => tasks.delete(tracked));
    tasks.add(tracked);
  };
  const run = (task: Promise<void>) => track(task.catch((cause: unknown) => void parts.toUnexpected(cause)));
  /** What begins is waited for by whoever closes: its failure is its caller's matter. */
  const waitedFor = <Result>(task: Promise<Result>): Promise<Result> => {
    track(task.catch(() => undefined));
    return task;
  };
  const undo = (work: DeletionWork) => {
    work.stopping.abort();
    store.end(work, { phase: 'undone' });
  };
  const undoWaiting = () => {
    for (const work of store.inPhase('waiting')) undo(work);
  };
  const stop = (work: DeletionWork) => {
    store.cancel(work);
    work.stopping.abort();
  };
  const isClosed = () => isForgotten || closing.signal.aborted;
  const begin = async (draftId: string, count: number, viewId: string): Promise<Deletion> => {
    if (isClosed()) throw new AppFailure({ code: 'notFound' });
    const asked = drafts.take(draftId, count, viewId);
    const fileIds = await asked.files.ids();
    const remaining = new Set<string>();
    await inSlices(fileIds, (fileId) => {
      if (!store.isUnderWay(fileId)) remaining.add(fileId);
    });
    if (remaining.size === 0 || isClosed()) throw new AppFailure({ code: 'notFound' });
    const [firstId = ''] = remaining;
    const work = createWork(
      {
        phase: 'waiting',
        count: remaining.size,
        firstName: parts.findName(firstId) ?? '',
        dueAt: clock.now() + asked.undoMs,
      },
      remaining,
    );
    try {
      await store.begin(work);
    } catch (cause) {
      // The person may want to try again.
      drafts.putBack(asked, viewId);
      throw cause;
    }
    await parts.onBegun(fileIds, viewId);
    if (isForgotten) undo(work);
    if (work.deletion.phase !== 'waiting') return work.deletion;
    store.change(work, { dueAt: clock.now() + asked.undoMs });
    run(waitOut(work, asked.undoMs));
    return work.deletion;
  };
  const deleteReplaced = async (fileId: string, firstName: string): Promise<void> => {
    if (isClosed()) throw new AppFailure({ code: 'cancelled' });
    if (store.isUnderWay(fileId)) return;
    const work = createWork(
      { phase: 'deleting', count: 1, firstName, dueAt: clock.now() },
      new Set([fileId]),
    );
    try {
      await store.begin(work);
    } catch (cause) {
      await store.refuse(work, cause);
      throw cause;
    }
    await parts.onBegun([fileId], null);
    if (isForgotten) stop(work);
    store.change(work, {});
    run(carryOut(work));
  };
  /** Settles when nothing is under way; requests that take long are broken off. */
  const settle = async () => {
    const patience = setTimeout(() => aborting.abort(), CLOSE_PATIENCE_MS);
    while (tasks.size > 0) await Promise.all(tasks);
    clearTimeout(patience);
  };

  for (const work of store.inPhase('deleting')) run(carryOut(work));

  return {
    draft: drafts.make,
    filesUnderWay: store.filesUnderWay,
    begin: (draftId, count, viewId) => waitedFor(begin(draftId, count, viewId)),
    deleteReplaced: (fileId, name) => waitedFor(deleteReplaced(fileId, name)),
    undo: (id) => {
      const work = store.find(id);
      if (work?.deletion.phase !== 'waiting') return false;
      undo(work);
      return true;
    },
    cancel: (id) => {
      const work = store.find(id);
      if (work?.deletion.phase === 'deleting' && !work.deletion.isCancelled) stop(work);
    },
    resume: () => {
      patience.renew();
      pacer.endWaits();
    },
    stateOf: store.stateOf,
    forgetErrors: store.forgetErrors,
    list: store.list,
    acknowledge: store.acknowledge,
    waitingCount: () => store.inPhase('waiting').reduce((sum, { remaining }) => sum + remaining.size, 0),
    isCarryingOut: () => store.isBeginning() || store.inPhase('deleting').length > 0,
    hold: () => {
      holdCount += 1;
      let isHeld = true;
      return () => {
        if (isHeld) holdCount -= 1;
        isHeld = false;
        released.noteChange();
      };
    },
    undoWaiting,
    close: async () => {
      closing.abort();
      stopListening();
      await settle();
      await store.close();
    },
    forget: async () => {
      isForgotten = true;
      undoWaiting();
      for (const work of store.inPhase('deleting')) stop(work);
      await settle();
      stopListening();
      closing.abort();
      await store.close();
    },
  };
}

/** Makes what carries a deletion out to its end; all that are carried out share slots and patience. */
function createCarryOut(
  parts: DeletionsParts,
  store: DeletionStore,
  patience: Patience,
  closing: AbortSignal,
  abort: AbortSignal,
): (work: DeletionWork) => Promise<void> {
  const { pacer } = parts;
  const slots = createSemaphore(pacer.smallAtOnce);
  return async (work) => {
    const { phase, isFromLastTime } = work.deletion;
    // One from the last time is noted once more: where nothing can be noted, nothing is asked for.
    if (phase === 'waiting' || isFromLastTime) await store.start(work, toPause(pacer.holds()));
    const hopeless = await deleteAll(
      { ...parts, slots, patience },
      {
        fileIds: [...work.remaining],
        onGone: (fileId) => store.noteGone(work, fileId),
        onFailed: (fileId, error) => store.noteFailed(work, fileId, error),
        // When the app ends, it is asked for again at the next start; when this deletion does, nobody does that.
        onBrokenOff: (fileId) => {
          if (!closing.aborted) store.noteFailed(work, fileId, { code: 'maybeDeleted' });
        },
        obstacle: () => work.obstacle,
        stop: AbortSignal.any([work.stopping.signal, closing]),
        abort,
      },
    );
    await store.whenTold();
    // What is left goes on at the next opening.
    if (closing.aborted) return;
    if (hopeless !== null) await store.failRest(work, hopeless);
    store.end(work, { phase: 'finished' });
  };
}
