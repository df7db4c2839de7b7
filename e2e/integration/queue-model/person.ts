import type { Transfer } from '#app/transfers/transfer.ts';

/** What the person of a run asked for, by which the end of each transfer is judged. */
export interface Person {
  /** All that were cancelled once. */
  readonly cancelled: Set<string>;
  /** Those of them that were not asked for again, as far as is known after a crash. */
  readonly mayBeCancelled: Set<string>;
  /** Those of them that this process surely knows of as cancelled. */
  readonly stopped: Set<string>;
  readonly skipped: Set<string>;
  /** How often an upload of unknown outcome was to be sent again, by transfer id. */
  readonly sentAgain: Map<string, number>;
  /** Files that a save may replace, by transfer id. */
  readonly mayReplace: Map<string, string>;
}

/** Makes one who has not said anything. */
export function createPerson(): Person {
  return {
    cancelled: new Set(),
    mayBeCancelled: new Set(),
    stopped: new Set(),
    skipped: new Set(),
    sentAgain: new Map(),
    mayReplace: new Map(),
  };
}

/** Notes that a transfer is cancelled. */
export function noteCancel({ cancelled, mayBeCancelled, stopped }: Person, id: string): void {
  for (const set of [cancelled, mayBeCancelled, stopped]) set.add(id);
}

/** Notes that the app has ended before all wishes can have been on disk: of the latest nobody knows. */
export function noteLostWishes({ cancelled, mayBeCancelled, stopped }: Person): void {
  stopped.clear();
  for (const id of cancelled) mayBeCancelled.add(id);
}

/** Notes that a transfer is asked for again. */
export function noteRetry({ sentAgain, mayBeCancelled, stopped }: Person, { id, state }: Transfer): void {
  mayBeCancelled.delete(id);
  stopped.delete(id);
  if (state === 'unknown') sentAgain.set(id, (sentAgain.get(id) ?? 0) + 1);
}
