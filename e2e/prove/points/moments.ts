import type { TransferState } from '#app/transfers/transfer.ts';
import type { FaultRule, Moment } from '../../server/faults.ts';
import type { Operation } from '../../server/request-log.ts';
import type { CrashPoint, CrashRun, CrashWork, KillMoment } from '../crash-point.ts';
import type { JournalRecord } from '../journal-watch.ts';

export const SMALL = 2048;
export const LARGE = 20 * 1024 * 1024;
export const ALWAYS = Number.POSITIVE_INFINITY;

/** A point with one kill. */
export function killOnce(
  name: string,
  work: CrashWork,
  run: CrashRun,
  ends?: CrashPoint['ends'],
): CrashPoint {
  return { name, work, runs: [run], ...(ends && { ends }) };
}

/** The server holds the n-th call of a kind at a moment; other faults may bring the app there. */
export function held(
  on: Operation,
  at: Moment,
  { call = 1, faults = [] }: { readonly call?: number; readonly faults?: readonly FaultRule[] } = {},
): CrashRun {
  const hold: FaultRule = { on, from: call, fault: { kind: 'hang', at } };
  return { faults: [...faults, hold], until: { kind: 'held', on } };
}

/** A transfer is in a state, for the n-th time of any of them. */
export function inState(state: TransferState, count = 1): KillMoment {
  return recorded(({ change }) => change?.state === state, count);
}

/** The n-th record of any kind. */
export function nthRecord(count: number): KillMoment {
  return recorded(() => true, count);
}

/** The n-th record that a predicate wants. */
export function recorded(isWanted: (record: JournalRecord) => boolean, count = 1): KillMoment {
  return { kind: 'recorded', isWanted, count };
}

/** A transfer was asked for. */
export const isAdded = ({ kind }: JournalRecord): boolean => kind === 'added';

/** A person has paused the queue. */
export const isPaused = ({ kind }: JournalRecord): boolean => kind === 'paused';

/** From now on the server may hold an upload. */
export const isMarkedSent = ({ change }: JournalRecord): boolean =>
  change?.sent != null && change.state === undefined;

/** A save is whole and about to get its name. */
export const isPlacing = ({ change }: JournalRecord): boolean => change?.placing != null;

/** A transfer waits to be tried again. */
export const isInBackOff = ({ change }: JournalRecord): boolean =>
  change?.state === 'queued' && change.retryAt != null;

/** A transfer was put back for a cause that holds them all. */
export const isHeldBackFor =
  (code: string) =>
  ({ change }: JournalRecord): boolean =>
    change?.state === 'queued' && change.error?.code === code;
