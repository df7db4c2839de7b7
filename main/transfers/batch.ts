import type { Transfer } from '#app/transfers/transfer.ts';
import { isFinished } from '#app/transfers/transfer-states.ts';

/** How a batch ended. */
export interface BatchResult {
  readonly doneCount: number;
  /** Failed, or of unknown outcome. */
  readonly failedCount: number;
}

/** The transfers since the queue was last at rest: what a taskbar's progress and a notification speak of. */
export interface Batch {
  note(transfer: Transfer, change: 'changed' | 'removed'): void;
  /** From 0 to 1 by bytes; null while the queue is at rest. */
  progress(): number | null;
  /** Ends the batch, as the queue has come to rest; null when nothing of it was finished by the app itself. */
  end(): BatchResult | null;
}

/** Makes an empty batch. */
export function createBatch(): Batch {
  const transfers = new Map<string, Transfer>();
  return {
    note: (transfer, change) => {
      if (change === 'removed') transfers.delete(transfer.id);
      else transfers.set(transfer.id, transfer);
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
      return isAtWork ? moved / Math.max(1, total) : null;
    },
    end: () => {
      const states = Array.from(transfers.values(), ({ state }) => state);
      transfers.clear();
      const doneCount = states.filter((state) => state === 'done').length;
      const failedCount = states.filter((state) => state === 'failed' || state === 'unknown').length;
      return doneCount + failedCount > 0 ? { doneCount, failedCount } : null;
    },
  };
}
