import type { TransferState } from './transfer.ts';

/** The legal moves of a transfer: from each state, the states that may follow it. */
export const TRANSFER_TRANSITIONS = {
  queued: ['preparing', 'failed', 'cancelled'],
  preparing: ['sending', 'receiving', 'failed', 'cancelled'],
  sending: ['waitingForServer', 'verifying', 'failed', 'cancelled', 'interrupted'],
  waitingForServer: ['verifying', 'failed', 'cancelled', 'interrupted'],
  receiving: ['verifying', 'failed', 'cancelled'],
  verifying: ['done', 'failed', 'cancelled', 'interrupted'],
  done: [],
  failed: ['queued'],
  cancelled: ['queued'],
  interrupted: ['queued'],
} as const satisfies Readonly<Record<TransferState, readonly TransferState[]>>;

/** Moves a transfer on; throws on a move that {@link TRANSFER_TRANSITIONS} does not list, which is a fault of the caller. */
export function moveTransfer(from: TransferState, to: TransferState): TransferState {
  const allowed: readonly TransferState[] = TRANSFER_TRANSITIONS[from];
  if (!allowed.includes(to)) throw new Error(`A transfer cannot go from ${from} to ${to}`);
  return to;
}

/** Whether nothing more happens to a transfer in this state by itself. */
export function isFinished(state: TransferState): boolean {
  return state === 'done' || state === 'failed' || state === 'cancelled' || state === 'interrupted';
}

/** Whether a person may ask for another try of a transfer in this state. */
export function canRetry(state: TransferState): boolean {
  return state === 'failed' || state === 'cancelled' || state === 'interrupted';
}
