import type { AppError } from '#app/errors.ts';
import { toBackOff } from '../engine/back-off.ts';
import type { Clock } from '../engine/clock.ts';
import { forEachAtOnce } from '../engine/for-each-at-once.ts';
import type { Semaphore } from '../engine/semaphore.ts';
import { type DeleteOneParts, type DeleteOutcome, deleteOne } from './delete-one.ts';
import { judgeObstacle } from './obstacles.ts';
import type { Pauses } from './pauses.ts';

/** What deleting many files needs of their location. */
export interface DeleteAllParts extends DeleteOneParts {
  readonly clock: Clock;
  /** Slots on the network, which all deletions share. */
  readonly slots: Semaphore;
  readonly pauses: Pauses;
}

/** Files to delete, and who is told what becomes of them. */
export interface DeleteOrder {
  readonly fileIds: Iterable<string>;
  /** Told of each file at most once; of one that was not asked for, never. */
  readonly onGone: (fileId: string) => void;
  readonly onFailed: (fileId: string, error: AppError) => void;
  /** Told of each file whose request was under way when it was aborted: it may be gone. */
  readonly onBrokenOff: (fileId: string) => void;
  /** Why no further file shall be asked for; null while there is no such reason. */
  readonly obstacle: () => AppError | null;
  /** Once it is aborted no further request is sent; answers under way are waited for. */
  readonly stop: AbortSignal;
  /** Aborts requests under way. */
  readonly abort: AbortSignal;
}

/** Requests at once: a deletion of thousands must not crowd out the transfers. */
export const DELETE_CONCURRENCY = 4;
/** How often a file is asked for whose deletion the server fails at. */
export const MAX_DELETE_ATTEMPTS = 4;

/** A file that was asked for without success, and is to be asked for again. */
type Delayed = Map<string, AppError>;

/**
 * Asks for each file until it is gone or there is no sense in asking again. Answers with what makes all further requests
 * useless, null when nothing did. After a stop, files that were asked for without success have failed.
 */
export async function deleteAll(parts: DeleteAllParts, order: DeleteOrder): Promise<AppError | null> {
  const run = { hopeless: null as AppError | null };
  let fileIds = order.fileIds;
  for (let attempt = 1; ; attempt += 1) {
    const delayed: Delayed = new Map();
    await deleteRound(parts, order, { fileIds, attempt, delayed, run });
    if (delayed.size === 0) return run.hopeless;
    if (run.hopeless === null && !order.stop.aborted) {
      await parts.clock.sleep(toBackOff(attempt), order.stop).catch(() => undefined);
    }
    if (run.hopeless !== null || order.stop.aborted) {
      for (const [fileId, error] of delayed) order.onFailed(fileId, error);
      return run.hopeless;
    }
    fileIds = delayed.keys();
  }
}

/** One pass over files; those that may be asked for again are `delayed`. */
interface Round {
  readonly fileIds: Iterable<string>;
  readonly attempt: number;
  readonly delayed: Delayed;
  /** Shared by all rounds. */
  readonly run: { hopeless: AppError | null };
}

async function deleteRound(parts: DeleteAllParts, order: DeleteOrder, round: Round): Promise<void> {
  await forEachAtOnce(DELETE_CONCURRENCY, takeWhileWorthIt(order, round), (fileId) =>
    deleteUntilSettled(parts, order, round, fileId),
  );
}

/** Gives the files of a round one by one, until no further one is to be asked for. */
function* takeWhileWorthIt(order: DeleteOrder, { fileIds, run }: Round): Generator<string> {
  for (const fileId of fileIds) {
    if (order.stop.aborted) return;
    run.hopeless ??= order.obstacle();
    if (run.hopeless !== null) return;
    yield fileId;
  }
}

/** Asks for a file, again after each pause. Its slot lasts until it is settled: what was asked for first has the first answer. */
async function deleteUntilSettled(
  parts: DeleteAllParts,
  order: DeleteOrder,
  round: Round,
  fileId: string,
): Promise<void> {
  let release: () => void = () => undefined;
  /** What its last request met; null while it was not asked for. */
  let lastError: AppError | null = null;
  try {
    release = await parts.slots.acquire(order.stop);
    for (let pauseCount = 0; ; pauseCount += 1) {
      const mark = await parts.pauses.whenOver(order.stop);
      const outcome = await deleteOne(parts, fileId, order.abort);
      // What the app itself has broken off is open.
      if (order.abort.aborted && !outcome.isGone) {
        order.onBrokenOff(fileId);
        return;
      }
      lastError = outcome.isGone ? null : outcome.error;
      if (!isAskedAgain(parts.pauses, outcome, { order, round, fileId, mark, pauseCount })) return;
    }
  } catch (cause) {
    if (!order.stop.aborted) throw cause;
    if (lastError !== null) order.onFailed(fileId, lastError);
  } finally {
    release();
  }
}

/** One request for a file. */
interface Asking {
  readonly order: DeleteOrder;
  readonly round: Round;
  readonly fileId: string;
  readonly mark: number;
  /** How many pauses the file has seen. */
  readonly pauseCount: number;
}

/** Settles a file, or decides that it is asked for again as soon as that may be. */
function isAskedAgain(
  pauses: Pauses,
  outcome: DeleteOutcome,
  { order, round, fileId, mark, pauseCount }: Asking,
): boolean {
  if (outcome.isGone) {
    pauses.noteSuccess();
    order.onGone(fileId);
    return false;
  }
  const { error, obstacle } = outcome;
  const { run } = round;
  const verdict = judgeObstacle(obstacle);
  const isWorthIt = pauses.noteObstacle(verdict, mark);
  if (verdict.kind === 'end' || !isWorthIt) run.hopeless ??= obstacle;
  if (verdict.kind === 'pause' && pauseCount < verdict.patience && run.hopeless === null) return true;
  if (verdict.kind === 'later' && round.attempt < MAX_DELETE_ATTEMPTS) round.delayed.set(fileId, error);
  else order.onFailed(fileId, error);
  return false;
}
