import type { Transfer, TransferState } from '#app/transfers/transfer.ts';
import { isFinished } from '#app/transfers/transfer-states.ts';

/** How a batch came to rest. */
export interface BatchResult {
  readonly doneCount: number;
  /** Failed, of unknown outcome, or with a question. */
  readonly attentionCount: number;
  /** Held until a person resumes. */
  readonly waitingCount: number;
}

/** The transfers since the queue was last at rest: what a taskbar's progress and a notification speak of. */
export interface Batch {
  note(transfer: Transfer, change: 'changed' | 'removed'): void;
  /** From 0 to 1 by bytes; null while the queue is at rest. */
  progress(): number | null;
  /** Ends the batch, as the queue has come to rest; null when there is nothing to tell. */
  end(): BatchResult | null;
}

const MAX_UNCONFIRMED = 0.99;

/** Makes an empty batch. */
export function createBatch(): Batch {
  const transfers = new Map<string, Transfer>();
  return {
    note: (transfer, change) => {
      if (change === 'removed') transfers.delete(transfer.id);
      // Of one that had come to its end before, as one that replaced another, that is no news.
      else if (transfers.has(transfer.id) || !isFinished(transfer.state))
        transfers.set(transfer.id, transfer);
    },
    progress: () => {
      let isAtWork = false;
      let [total, moved] = [0, 0];
      for (const { state, sizeBytes, transferredBytes } of transfers.values()) {
        if (state === 'cancelled' || state === 'skipped') continue;
        isAtWork ||= !isFinished(state) && state !== 'asking';
        total += sizeBytes;
        moved += isFinished(state) ? sizeBytes : transferredBytes;
      }
      // All has left and not all is confirmed: not yet the end.
      return isAtWork ? Math.min(MAX_UNCONFIRMED, moved / Math.max(1, total)) : null;
    },
    end: () => {
      const states = Array.from(transfers.values(), ({ state }) => state);
      const count = (...wanted: readonly TransferState[]) =>
        states.filter((state) => wanted.includes(state)).length;
      const result = {
        doneCount: count('done'),
        attentionCount: count('failed', 'unknown', 'asking'),
        waitingCount: count('queued', 'interrupted'),
      };
      for (const [id, { state }] of transfers) if (isFinished(state)) transfers.delete(id);
      return result.doneCount + result.attentionCount + result.waitingCount > 0 ? result : null;
    },
  };
}
