import type { Transfer } from '#app/transfers/transfer.ts';

/** What the person of a run asked for, by which the end of each transfer is judged. */
export interface Person {
  /** All that were cancelled once. */
  readonly cancelled: Set<string>;
  /** Those of them that were not asked for again. */
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
    stopped: new Set(),
    skipped: new Set(),
    sentAgain: new Map(),
    mayReplace: new Map(),
  };
}

/** Notes that a transfer is asked for again. */
export function noteRetry({ sentAgain, stopped }: Person, { id, state }: Transfer): void {
  stopped.delete(id);
  if (state === 'unknown') sentAgain.set(id, (sentAgain.get(id) ?? 0) + 1);
}
