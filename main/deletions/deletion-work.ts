import { randomUUID } from 'node:crypto';
import type { AppError } from '#app/errors.ts';
import { type Deletion, type DeletionFailure, MAX_TOLD_FAILURES } from '#app/files/deletion.ts';
import type { RecordedDeletion } from './deletion-records.ts';

/** A deletion and what the window is not told of it. */
export interface DeletionWork {
  deletion: Deletion;
  /** Files of which nothing is known yet; none once it is over. */
  readonly remaining: Set<string>;
  /** What has happened and is not on disk yet. */
  news: { readonly goneIds: string[]; readonly failures: DeletionFailure[] };
  /** Aborted when the person takes it back or stops it. */
  readonly stopping: AbortController;
  /** Why no further file shall be asked for. */
  obstacle: AppError | null;
  /** Whether its end is still to be told and then recorded. */
  isUntold: boolean;
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
 * the person had stopped does not go on; neither does one whose record is damaged.
 */
export function reviveWork(recorded: RecordedDeletion, isDamaged: boolean): DeletionWork {
  const { id, count, firstName, dueAt, remaining, deletedCount, failures } = recorded;
  const isOver = recorded.isCancelled || isDamaged;
  const work = toWork(
    {
      id,
      count,
      firstName,
      dueAt,
      phase: recorded.isStarted ? (isOver ? 'finished' : 'deleting') : 'undone',
      deletedCount,
      failedCount: failures.length,
      failures: failures.slice(0, MAX_TOLD_FAILURES),
      isCancelled: recorded.isStarted && isOver,
      isFromLastTime: true,
    },
    remaining,
  );
  if (work.deletion.phase !== 'deleting') {
    work.isUntold = true;
    work.remaining.clear();
  }
  return work;
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
      resumesAt: null,
      isFromLastTime: false,
      ...deletion,
    },
    remaining,
    news: { goneIds: [], failures: [] },
    stopping: new AbortController(),
    obstacle: null,
    isUntold: false,
  };
}

/** Takes over what has become known of some files. */
export function settleFiles(
  work: DeletionWork,
  goneIds: readonly string[],
  failures: readonly DeletionFailure[],
): void {
  for (const fileId of goneIds) work.remaining.delete(fileId);
  for (const { fileId } of failures) work.remaining.delete(fileId);
  const { deletion } = work;
  const room = MAX_TOLD_FAILURES - deletion.failures.length;
  work.deletion = {
    ...deletion,
    deletedCount: deletion.deletedCount + goneIds.length,
    failedCount: deletion.failedCount + failures.length,
    failures: room > 0 ? [...deletion.failures, ...failures.slice(0, room)] : deletion.failures,
  };
}
