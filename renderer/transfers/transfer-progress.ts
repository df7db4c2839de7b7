import { assertNever } from '#app/assert-never.ts';
import type { Transfer, TransferState } from '#app/transfers/transfer.ts';
import { isFinished } from '#app/transfers/transfer-states.ts';

/** A bar short of its end: everything left this computer, and nothing is confirmed yet. */
const LARGEST_UNCONFIRMED_SHARE = 0.99;

/** Gives how far a transfer's bar stands, from 0 to 1; 1 only when it is done, null when it cannot be told. */
export function toShare(transfer: Transfer): number | null {
  switch (transfer.state) {
    case 'queued':
    case 'asking':
    case 'skipped':
      return 0;
    case 'preparing':
      return null;
    case 'waitingForServer':
    case 'verifying':
      return LARGEST_UNCONFIRMED_SHARE;
    case 'done':
      return 1;
    case 'sending':
    case 'receiving':
    case 'interrupted':
    case 'failed':
    case 'cancelled':
    case 'unknown':
      return toUnconfirmedShare(transfer.transferredBytes, transfer.sizeBytes);
    default:
      return assertNever(transfer.state);
  }
}

/** Gives a share that stays short of its end; an empty whole has not begun. */
export function toUnconfirmedShare(transferredBytes: number, totalBytes: number): number {
  return totalBytes === 0 ? 0 : Math.min(transferredBytes / totalBytes, LARGEST_UNCONFIRMED_SHARE);
}

/** What a person tells transfers apart by, in the order in which they are listed: what needs a person comes first, what is over last. */
export const TRANSFER_GROUPS = ['asking', 'unknown', 'failed', 'running', 'waiting', 'over'] as const;

/** One of {@link TRANSFER_GROUPS}. */
export type TransferGroup = (typeof TRANSFER_GROUPS)[number];

/** Says where a transfer is listed. */
export function toGroup(state: TransferState): TransferGroup {
  switch (state) {
    case 'asking':
    case 'unknown':
    case 'failed':
      return state;
    case 'preparing':
    case 'sending':
    case 'waitingForServer':
    case 'receiving':
    case 'verifying':
    case 'interrupted':
      return 'running';
    case 'queued':
      return 'waiting';
    case 'done':
    case 'cancelled':
    case 'skipped':
      return 'over';
    default:
      return assertNever(state);
  }
}

/** The queue in figures. */
export interface TransferSummary {
  /** All of it, from before as well. */
  readonly counts: Readonly<Record<TransferState, number>>;
  /** Transfers that were done since work began; 0 while the queue is at rest. */
  readonly doneNow: number;
  /** Transfers that are not over, or were only since work began, but for what was cancelled or skipped. */
  readonly wanted: number;
  /** Transfers that something still happens to by itself. */
  readonly active: number;
  /** Transfers whose bytes move. */
  readonly moving: number;
  /** When bytes of one of them last moved, or it began to move them, in milliseconds since the epoch; null when none does. */
  readonly movedAt: number | null;
  /** Bytes of what is active or was done since work began, and how many of them have moved. */
  readonly totalBytes: number;
  readonly transferredBytes: number;
}

/**
 * Counts the queue, which has been at work since a time in milliseconds since the epoch; null while it is at rest. What
 * ended before counts for no progress: it would make new work begin near its end.
 */
export function summarizeTransfers(
  transfers: readonly Transfer[],
  busySince: number | null,
): TransferSummary {
  const counts = createCounts();
  let [doneNow, wanted, totalBytes, transferredBytes] = [0, 0, 0, 0];
  let movedAt: number | null = null;
  for (const transfer of transfers) {
    const { state, sizeBytes } = transfer;
    counts[state] += 1;
    const isDoneNow = state === 'done' && isOfNow(transfer, busySince);
    if (isDoneNow) doneNow += 1;
    if (state !== 'cancelled' && state !== 'skipped' && isOfNow(transfer, busySince)) wanted += 1;
    if (isDoneNow || isActive(state)) {
      totalBytes += sizeBytes;
      transferredBytes += toMovedBytes(transfer);
    }
    const moved = toMovedAt(transfer);
    if (moved !== null) movedAt = Math.max(movedAt ?? 0, moved);
  }
  return {
    counts,
    doneNow,
    wanted,
    active: transfers.length - (counts.asking + counts.unknown + counts.failed + countOver(counts)),
    moving: counts.sending + counts.receiving,
    movedAt,
    totalBytes,
    transferredBytes,
  };
}

/** Gives when bytes of a transfer last moved, in milliseconds since the epoch; null when it moves none in this state. */
export function toMovedAt({ state, stateSince, progressedAt }: Transfer): number | null {
  return state === 'sending' || state === 'receiving' ? Math.max(stateSince, progressedAt ?? 0) : null;
}

/** Whether something still happens to a transfer by itself, now or when its turn comes. */
export function isActive(state: TransferState): boolean {
  const group = toGroup(state);
  return group === 'running' || group === 'waiting';
}

/** Whether a transfer goes on, or has ended since work began. */
function isOfNow({ state, stateSince }: Transfer, busySince: number | null): boolean {
  return !isFinished(state) || (busySince !== null && stateSince >= busySince);
}

/** Bytes that need not be moved any more if nothing breaks; an attempt that is over has moved none for the next. */
function toMovedBytes({ state, sizeBytes, transferredBytes }: Transfer): number {
  if (state === 'done') return sizeBytes;
  return state === 'queued' || state === 'preparing' ? 0 : Math.min(transferredBytes, sizeBytes);
}

function countOver(counts: Readonly<Record<TransferState, number>>): number {
  return counts.done + counts.cancelled + counts.skipped;
}

function createCounts(): Record<TransferState, number> {
  return {
    queued: 0,
    preparing: 0,
    asking: 0,
    sending: 0,
    waitingForServer: 0,
    receiving: 0,
    verifying: 0,
    interrupted: 0,
    done: 0,
    failed: 0,
    cancelled: 0,
    skipped: 0,
    unknown: 0,
  };
}
