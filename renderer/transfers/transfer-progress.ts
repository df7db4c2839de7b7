import { assertNever } from '#app/assert-never.ts';
import type { Transfer } from '#app/transfers/transfer.ts';
import { isFinished } from '#app/transfers/transfer-states.ts';

/** A bar short of its end: everything left this computer, and nothing is confirmed yet. */
const LARGEST_UNCONFIRMED_SHARE = 0.99;

/** Gives how far a transfer's bar stands, from 0 to 1; 1 only when it is done, null when it cannot be told. */
export function toShare(transfer: Transfer): number | null {
  switch (transfer.state) {
    case 'queued':
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
    case 'failed':
    case 'cancelled':
    case 'interrupted': {
      const share = transfer.sizeBytes === 0 ? 0 : transfer.transferredBytes / transfer.sizeBytes;
      return Math.min(share, LARGEST_UNCONFIRMED_SHARE);
    }
    default:
      return assertNever(transfer.state);
  }
}

/** The queue in figures. Bytes are those of transfers that are done or still to be done. */
export interface TransferSummary {
  readonly running: number;
  readonly queued: number;
  readonly done: number;
  readonly failed: number;
  readonly cancelled: number;
  readonly transferredBytes: number;
  readonly totalBytes: number;
}

/** Counts the queue. */
export function summarizeTransfers(transfers: readonly Transfer[]): TransferSummary {
  const summary = {
    running: 0,
    queued: 0,
    done: 0,
    failed: 0,
    cancelled: 0,
    transferredBytes: 0,
    totalBytes: 0,
  };
  for (const transfer of transfers) {
    summary[toGroup(transfer)] += 1;
    if (isFinished(transfer.state) && transfer.state !== 'done') continue;
    summary.totalBytes += transfer.sizeBytes;
    summary.transferredBytes += transfer.state === 'done' ? transfer.sizeBytes : transfer.transferredBytes;
  }
  return summary;
}

/** What a person sorts transfers by: what needs a look first, what is over last. The order within a group stays. */
const GROUP_RANK = { running: 0, failed: 1, queued: 2, done: 3, cancelled: 4 } as const;

/** Puts running transfers first, then failed ones, then those that wait, then those that are over, the newest first. */
export function sortForDisplay(transfers: readonly Transfer[]): readonly Transfer[] {
  const groups: Transfer[][] = [[], [], [], [], []];
  for (const transfer of transfers) groups[GROUP_RANK[toGroup(transfer)]]?.push(transfer);
  groups[GROUP_RANK.done]?.reverse();
  groups[GROUP_RANK.cancelled]?.reverse();
  return groups.flat();
}

function toGroup(transfer: Transfer): keyof typeof GROUP_RANK {
  switch (transfer.state) {
    case 'queued':
    case 'done':
    case 'cancelled':
      return transfer.state;
    case 'failed':
    case 'interrupted':
      return 'failed';
    case 'preparing':
    case 'sending':
    case 'waitingForServer':
    case 'receiving':
    case 'verifying':
      return 'running';
    default:
      return assertNever(transfer.state);
  }
}
