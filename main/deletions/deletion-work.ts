import { randomUUID } from 'node:crypto';
import type { AppError } from '#app/errors.ts';
import { type Deletion, type DeletionFailure, MAX_TOLD_FAILURES } from '#app/files/deletion.ts';
import type { RecordedDeletion } from './deletion-records.ts';

/** A deletion and what the window is not told of it. */
export interface DeletionWork {
  deletion: Deletion;
  /** Files of which nothing is known yet; none once it is over. */
  readonly remaining: Set<string>;
  /** Files that could not be deleted. */
  readonly failedIds: string[];
  /** What has happened and is not on disk yet. */
  news: { readonly goneIds: string[]; readonly failures: DeletionFailure[] };
  /** Aborted when the person takes it back or stops it. */
  readonly stopping: AbortController;
  /** Why no further file shall be asked for. */
  obstacle: AppError | null;
}

/** Makes the work of a deletion: `waiting` for one whose grace period begins, `deleting` for one without. */
export function createWork(
  begun: Pick<Deletion, 'phase' | 'count' | 'firstName' | 'dueAt'>,
  remaining: Set<string>,
): DeletionWork {
  return toWork({ ...begun, id: randomUUID() }, remaining);
}

/**
 * Makes the work of a deletion that an earlier run has left. What was in its grace period is not carried out, and what
 * the person had stopped does not go on; neither does one whose record is damaged: some of its files would be guesswork.
 */
export function reviveWork(recorded: RecordedDeletion): DeletionWork {
  const { id, count, firstName, dueAt, deletedCount, failures, isDamaged } = recorded;
  const known = {
    count,
    firstName,
    dueAt,
    deletedCount,
    failedCount: failures.length,
    failures: failures.slice(0, MAX_TOLD_FAILURES),
    isCancelled: recorded.isCancelled,
    isDamaged,
  };
  const phase = toPhase(recorded);
  const work = toWork(
    { ...(recorded.outcome ?? known), id, phase, isFromLastTime: true },
    phase === 'deleting' ? recorded.remaining : new Set(),
  );
  work.failedIds.push(...failures.map(({ fileId }) => fileId));
  return work;
}

/** Of a damaged record not even that nothing was sent is certain. */
function toPhase({ outcome, isStarted, isCancelled, isDamaged }: RecordedDeletion): Deletion['phase'] {
  if (outcome !== null || isDamaged) return 'finished';
  if (!isStarted) return 'undone';
  return isCancelled ? 'finished' : 'deleting';
}

function toWork(
  deletion: Pick<Deletion, 'id' | 'phase' | 'count' | 'firstName' | 'dueAt'> & Partial<Deletion>,
  remaining: Set<string>,
): DeletionWork {
  return {
    deletion: {
      deletedCount: 0,
      failedCount: 0,
      failures: [],
      isCancelled: false,
      isDamaged: false,
      pause: null,
      isFromLastTime: false,
      ...deletion,
    },
    remaining,
    failedIds: [],
    news: { goneIds: [], failures: [] },
    stopping: new AbortController(),
    obstacle: null,
  };
}

/** Whether nothing more comes of a deletion. */
export function isOver({ phase }: Deletion): boolean {
  return phase === 'finished' || phase === 'undone';
}

/** Takes over what has become known of some files. */
export function settleFiles(
  work: DeletionWork,
  goneIds: readonly string[],
  failures: readonly DeletionFailure[],
): void {
  for (const fileId of goneIds) work.remaining.delete(fileId);
  for (const { fileId } of failures) {
    work.remaining.delete(fileId);
    work.failedIds.push(fileId);
  }
  const { deletion } = work;
  const room = MAX_TOLD_FAILURES - deletion.failures.length;
  work.deletion = {
    ...deletion,
    deletedCount: deletion.deletedCount + goneIds.length,
    failedCount: deletion.failedCount + failures.length,
    failures: room > 0 ? [...deletion.failures, ...failures.slice(0, room)] : deletion.failures,
  };
}
