import { type AppError, AppFailure } from '#app/errors.ts';
import type { Deletion, DeletionFailure, DeletionPause } from '#app/files/deletion.ts';
import type { Clock } from '../engine/clock.ts';
import { inSlices } from '../engine/in-slices.ts';
import { createThrottle } from '../engine/throttle.ts';
import type { OpenedDeletionJournal } from './deletion-journal.ts';
import { type DeletionWork, isOver, settleFiles } from './deletion-work.ts';

/** What a store is made of. */
export interface DeletionStoreParts {
  readonly clock: Clock;
  readonly opened: OpenedDeletionJournal;
  readonly findName: (id: string) => string | undefined;
  /** Told of files that are gone. */
  readonly onDeleted: (ids: readonly string[]) => void;
  /** Told, at the end of a deletion, of files that stay: as it was undone, was stopped, or could not delete them. */
  readonly onKept: (ids: readonly string[]) => void;
  /** Told of changes, at most ten a second in all; the last one of each deletion is always told. */
  readonly onChange: (deletion: Deletion) => void;
  /** Told when no deletion waits or is being carried out any more. */
  readonly onRest: () => void;
  readonly toUnexpected: (cause: unknown) => AppError;
}

/** How a file stands in the deletions. */
export interface FileDeletionState {
  readonly isDeleting: boolean;
  /** Why the last deletion of it failed; null when none did. */
  readonly error: AppError | null;
}

/** The deletions of a location, in memory and on disk. What it tells of files is on disk before. */
export interface DeletionStore {
  find(id: string): DeletionWork | undefined;
  /** The files that are being deleted, wait for it, or will as soon as that is on disk. */
  filesUnderWay(): Iterable<string>;
  isUnderWay(fileId: string): boolean;
  /** Whether any is on its way to the disk. */
  isBeginning(): boolean;
  inPhase(...phases: readonly Deletion['phase'][]): readonly DeletionWork[];
  /** Adds one that begins; settles when that is on disk. Throws `journalUnwritable`, and then it is not added. */
  begin(work: DeletionWork): Promise<void>;
  /** Adds one that could not be begun, and tells why. */
  refuse(work: DeletionWork, cause: unknown): Promise<void>;
  change(work: DeletionWork, next: Partial<Deletion>): void;
  /** Moves one on whose grace period is over, or that an earlier run has left; settles when that is on disk, or has become its obstacle. */
  start(work: DeletionWork, pause: DeletionPause | null): Promise<void>;
  /** Notes that the person has stopped it. */
  cancel(work: DeletionWork): void;
  /** Notes what has become of a file; told a little later, together with others. */
  noteGone(work: DeletionWork, fileId: string): void;
  noteFailed(work: DeletionWork, fileId: string, error: AppError): void;
  /** Settles when all that was noted is on disk and the files are told. */
  whenTold(): Promise<void>;
  /** Takes all files that are left for failed. */
  failRest(work: DeletionWork, error: AppError): Promise<void>;
  /** Ends one; files that are left stay on the server. */
  end(work: DeletionWork, next: Partial<Deletion>): void;
  stateOf(fileId: string): FileDeletionState | null;
  forgetErrors(): boolean;
  /** Those that are not over, and those that are and were not acknowledged; oldest first. */
  list(): readonly Deletion[];
  /** Forgets deletions that are over: the person has been told. Others are passed over. */
  acknowledge(ids: readonly string[]): void;
  /** Tells nothing any more, and settles when all is on disk as far as it can be; `closing` has been aborted. */
  close(): Promise<void>;
}

/** Between two changes that are told, in milliseconds. */
const INTERVAL_MS = 100;

const DELETING: FileDeletionState = { isDeleting: true, error: null };

/** Makes a store of what an earlier run has left. */
export function createDeletionStore(parts: DeletionStoreParts, closing: AbortSignal): DeletionStore {
  const { journal } = parts.opened;
  const works = new Map(parts.opened.works.map((work) => [work.deletion.id, work]));
  /** Those on their way to the disk. */
  const beginning = new Set<DeletionWork>();
  const errors = new Map<string, AppError>();
  const changed = new Set<DeletionWork>();

  function* filesUnderWay() {
    for (const { remaining } of [...works.values(), ...beginning]) yield* remaining;
  }
  const inPhase: DeletionStore['inPhase'] = (...phases) =>
    [...works.values()].filter(({ deletion }) => phases.includes(deletion.phase));
  const change: DeletionStore['change'] = (work, next) => {
    work.deletion = { ...work.deletion, ...next };
    changed.add(work);
    void telling.request();
  };
  const toError = (cause: unknown) => (cause instanceof AppFailure ? cause.error : parts.toUnexpected(cause));
  const takeNews = () =>
    [...works.values()].flatMap((work) => {
      const { goneIds, failures } = work.news;
      if (goneIds.length + failures.length === 0) return [];
      work.news = { goneIds: [], failures: [] };
      journal.settle(work, goneIds, failures);
      return [{ work, goneIds, failures }];
    });
  /** Writes what has happened, and only then lets it be known. */
  const settleNews = async () => {
    const news = takeNews();
    await journal.sync().catch(async (cause: unknown) => {
      for (const work of inPhase('deleting')) work.obstacle = toError(cause);
      // What is told as over must not go on at the next opening.
      const over = inPhase('finished');
      if (over.length > 0) await journal.stop(over).catch(() => undefined);
    });
    for (const { work, goneIds, failures } of news) {
      settleFiles(work, goneIds, failures);
      for (const { fileId, error } of failures) errors.set(fileId, error);
      changed.add(work);
    }
    const goneIds = news.flatMap((one) => one.goneIds);
    if (goneIds.length > 0) parts.onDeleted(goneIds);
  };
  const telling = createThrottle({
    clock: parts.clock,
    intervalMs: INTERVAL_MS,
    closing,
    run: async () => {
      await settleNews();
      const [next] = changed;
      if (next === undefined) return false;
      changed.delete(next);
      if (!closing.aborted) parts.onChange(next.deletion);
      return changed.size > 0;
    },
  });
  const toFailure = (fileId: string, error: AppError): DeletionFailure => ({
    fileId,
    name: parts.findName(fileId) ?? fileId,
    error,
  });

  const failRest: DeletionStore['failRest'] = async (work, error) => {
    // Each is not written down: whoever went on with them after a crash would meet the same.
    await inSlices(work.remaining, (fileId) => {
      settleFiles(work, [], [toFailure(fileId, error)]);
      errors.set(fileId, error);
    });
  };
  const end: DeletionStore['end'] = (work, next) => {
    const keptIds = [...work.failedIds, ...work.remaining];
    work.remaining.clear();
    change(work, { ...next, pause: null });
    // Who has taken it back needs no telling by a later run.
    if (work.deletion.phase === 'undone') journal.end(work);
    else journal.finish(work);
    if (keptIds.length > 0) parts.onKept(keptIds);
    if (inPhase('waiting', 'deleting').length === 0) parts.onRest();
  };

  return {
    find: (id) => works.get(id),
    inPhase,
    filesUnderWay,
    isUnderWay: (fileId) => {
      for (const { remaining } of works.values()) if (remaining.has(fileId)) return true;
      for (const { remaining } of beginning) if (remaining.has(fileId)) return true;
      return false;
    },
    isBeginning: () => beginning.size > 0,
    begin: async (work) => {
      beginning.add(work);
      try {
        await journal.begin(work);
        if (errors.size > 0) await inSlices(work.remaining, (fileId) => errors.delete(fileId));
        works.set(work.deletion.id, work);
      } finally {
        beginning.delete(work);
      }
    },
    refuse: async (work, cause) => {
      works.set(work.deletion.id, work);
      await failRest(work, toError(cause));
      end(work, { phase: 'finished' });
    },
    change,
    start: async (work, pause) => {
      change(work, { phase: 'deleting', pause });
      await journal.start(work).catch((cause: unknown) => {
        work.obstacle = toError(cause);
      });
    },
    cancel: (work) => {
      journal.cancel(work);
      change(work, { isCancelled: true });
    },
    noteGone: (work, fileId) => {
      work.news.goneIds.push(fileId);
      void telling.request();
    },
    noteFailed: (work, fileId, error) => {
      work.news.failures.push(toFailure(fileId, error));
      void telling.request();
    },
    whenTold: () => telling.request(),
    failRest,
    end,
    stateOf: (fileId) => {
      for (const { remaining } of works.values()) if (remaining.has(fileId)) return DELETING;
      const error = errors.get(fileId);
      return error === undefined ? null : { isDeleting: false, error };
    },
    forgetErrors: () => {
      const hadErrors = errors.size > 0;
      errors.clear();
      return hadErrors;
    },
    list: () => Array.from(works.values(), ({ deletion }) => deletion),
    acknowledge: (ids) => {
      const told = ids.flatMap((id) => works.get(id) ?? []).filter(({ deletion }) => isOver(deletion));
      if (told.length === 0) return;
      for (const work of told) {
        works.delete(work.deletion.id);
        journal.end(work);
      }
      void telling.request();
    },
    close: async () => {
      await telling.whenIdle();
      await settleNews();
    },
  };
}
