import { setMaxListeners } from 'node:events';
import type { AppError } from '#app/errors.ts';
import { MAX_CEILING } from '../engine/adaptive-limit.ts';
import { toBackOff } from '../engine/back-off.ts';
import type { Clock } from '../engine/clock.ts';
import { forEachAtOnce } from '../engine/for-each-at-once.ts';
import type { Pacer } from '../engine/pacer.ts';
import { isTriedAgain, MAX_ATTEMPTS, toAskedWait } from '../engine/retry-policy.ts';
import type { Semaphore } from '../engine/semaphore.ts';
import { type DeleteOneParts, type DeleteOutcome, deleteOne } from './delete-one.ts';
import { type Patience, toPatience } from './patience.ts';

/** What deleting many files needs of their location. */
export interface DeleteAllParts extends DeleteOneParts {
  readonly clock: Clock;
  /** Says when the account may be asked. */
  readonly pacer: Pacer;
  /** Slots on the network, which all deletions share. */
  readonly slots: Semaphore;
  readonly patience: Patience;
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

/** A file that was asked for without success, and is to be asked for again. */
type Delayed = Map<string, AppError>;

/**
 * Asks for each file until it is gone or there is no sense in asking again. Answers with what makes all further requests
 * useless, null when nothing did. After a stop, files that were asked for without success have failed.
 */
export async function deleteAll(parts: DeleteAllParts, order: DeleteOrder): Promise<AppError | null> {
  // Each request that is under way or waits listens to them.
  setMaxListeners(0, order.stop, order.abort);
  const run = { hopeless: null as AppError | null };
  let fileIds = order.fileIds;
  for (let attempt = 1; ; attempt += 1) {
    const delayed: Delayed = new Map();
    await deleteRound(parts, order, { fileIds, attempt, delayed, run });
    if (delayed.size === 0) return run.hopeless;
    if (run.hopeless === null && !order.stop.aborted) {
      const askedMs = Math.max(...Array.from(delayed.values(), (error) => toAskedWait(error) ?? 0));
      await parts.clock.sleep(Math.max(toBackOff(attempt), askedMs), order.stop).catch(() => undefined);
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
  await forEachAtOnce(MAX_CEILING, takeWhileWorthIt(order, round), (fileId) =>
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

/** Asks for a file, again after each wait of the account, until it is settled or put off to the next round. */
async function deleteUntilSettled(
  parts: DeleteAllParts,
  order: DeleteOrder,
  round: Round,
  fileId: string,
): Promise<void> {
  /** What its last request met; null while it was not asked for. */
  let lastError: AppError | null = null;
  try {
    for (let waitedTimes = 0; ; waitedTimes += 1) {
      const release = await whenMayAsk(parts, order.stop);
      try {
        round.run.hopeless ??= order.obstacle();
        // What is left is told together.
        if (round.run.hopeless !== null) {
          if (lastError !== null) order.onFailed(fileId, lastError);
          return;
        }
        const asking = { order, round, fileId, waitedTimes };
        lastError = await askOnce(parts, asking);
        if (lastError === null) return;
      } finally {
        // Not before what it was told is known: the next one would be asked for without need.
        release();
      }
    }
  } catch (cause) {
    if (!order.stop.aborted) throw cause;
    if (lastError !== null) order.onFailed(fileId, lastError);
  }
}

/** Asks for a file; answers what it met if it is to be asked for again, null when it is settled or put off. */
async function askOnce(parts: DeleteAllParts, asking: Omit<Asking, 'waitsBefore'>): Promise<AppError | null> {
  const { clock, pacer } = parts;
  const { order, fileId } = asking;
  const waitsBefore = pacer.waitCount();
  const askedAt = clock.now();
  const outcome = await deleteOne(parts, fileId, order.abort);
  if (outcome.isGone) {
    pacer.noteSuccess(clock.now() - askedAt);
    parts.patience.noteSuccess();
    order.onGone(fileId);
    return null;
  }
  // What the app itself has broken off is open.
  if (order.abort.aborted) {
    order.onBrokenOff(fileId);
    return null;
  }
  return isAskedAgain(parts, outcome, { ...asking, waitsBefore }) ? outcome.error : null;
}

/** Settles with a slot when the account may be asked. */
async function whenMayAsk({ pacer, slots }: DeleteAllParts, stop: AbortSignal): Promise<() => void> {
  for (;;) {
    await pacer.whenFree('deletion', stop);
    const release = await slots.acquire(stop);
    if (!pacer.isHeld('deletion')) return release;
    release();
  }
}

/** One request for a file. */
interface Asking {
  readonly order: DeleteOrder;
  readonly round: Round;
  readonly fileId: string;
  /** How many waits of the account had begun before it. */
  readonly waitsBefore: number;
  /** How many waits the file has seen. */
  readonly waitedTimes: number;
}

/** Settles a file that was not deleted, or decides that it is asked for again as soon as that may be. */
function isAskedAgain(
  { pacer, patience }: DeleteAllParts,
  { error, obstacle }: Extract<DeleteOutcome, { readonly isGone: false }>,
  { order, round, fileId, waitsBefore, waitedTimes }: Asking,
): boolean {
  const { run } = round;
  const policy = pacer.noteFailure('deletion', obstacle, fileId);
  const isOfAll = policy.blocks !== 'file' && !isTriedAgain(policy);
  if (patience.isSpent(obstacle, waitsBefore) || isOfAll) run.hopeless ??= obstacle;
  const isWorthWaiting = isTriedAgain(policy) && waitedTimes < toPatience(obstacle);
  // What failed in an outage shows whether that is over: others would only fail for the first time.
  if (isWorthWaiting && run.hopeless === null && pacer.isHeld('deletion')) return true;
  if (isTriedAgain(policy) && round.attempt < MAX_ATTEMPTS.deletion) round.delayed.set(fileId, error);
  else order.onFailed(fileId, error);
  return false;
}
