import type { TransferState } from './transfer.ts';

/** The legal moves of a transfer: from each state, the states that may follow it. */
export const TRANSFER_TRANSITIONS = {
  queued: ['preparing', 'interrupted', 'failed', 'cancelled'],
  preparing: ['queued', 'asking', 'sending', 'receiving', 'done', 'failed', 'cancelled'],
  asking: ['queued', 'skipped', 'cancelled'],
  sending: ['waitingForServer', 'verifying', 'queued', 'interrupted', 'failed', 'cancelled'],
  waitingForServer: ['verifying', 'queued', 'interrupted', 'failed', 'cancelled'],
  receiving: ['verifying', 'queued', 'failed', 'cancelled'],
  verifying: ['done', 'queued', 'interrupted', 'failed', 'cancelled'],
  interrupted: ['done', 'queued', 'failed', 'cancelled', 'unknown'],
  done: [],
  failed: ['queued'],
  cancelled: ['queued'],
  skipped: ['queued'],
  unknown: ['interrupted', 'queued', 'cancelled'],
} as const satisfies Readonly<Record<TransferState, readonly TransferState[]>>;

/** Every state there is. */
// Object.keys knows no keys: the type of the table does.
export const TRANSFER_STATES = Object.keys(TRANSFER_TRANSITIONS) as readonly TransferState[];

/** Where a transfer may go from a state in which the app's end has met it. */
export const RESTART_TRANSITIONS: Readonly<Partial<Record<TransferState, readonly TransferState[]>>> = {
  preparing: ['queued', 'interrupted', 'unknown', 'cancelled'],
  sending: ['interrupted', 'unknown'],
  waitingForServer: ['interrupted', 'unknown'],
  receiving: ['queued', 'cancelled'],
  verifying: ['queued', 'interrupted', 'unknown', 'done', 'cancelled'],
};

/** Moves a transfer on; throws on a move that {@link TRANSFER_TRANSITIONS} does not list, which is a fault of the caller. */
export function moveTransfer(from: TransferState, to: TransferState): TransferState {
  const allowed: readonly TransferState[] = TRANSFER_TRANSITIONS[from];
  if (!allowed.includes(to)) throw new Error(`A transfer cannot go from ${from} to ${to}`);
  return to;
}

/** Moves a transfer on that the app's end has met; throws on a move that {@link RESTART_TRANSITIONS} does not list. */
export function moveAfterRestart(from: TransferState, to: TransferState): TransferState {
  if (!RESTART_TRANSITIONS[from]?.includes(to)) {
    throw new Error(`After a restart a transfer cannot go from ${from} to ${to}`);
  }
  return to;
}

/** Whether nothing more happens to a transfer in this state by itself, and no answer is awaited. */
export function isFinished(state: TransferState): boolean {
  return state === 'done' || canRetry(state);
}

/** Whether a person may ask for another try of a transfer in this state. Of an `unknown` upload that may make a second file. */
export function canRetry(state: TransferState): boolean {
  return state === 'failed' || state === 'cancelled' || state === 'skipped' || state === 'unknown';
}
