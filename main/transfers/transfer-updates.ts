import type { Transfer, TransferQueueStatus, TransferUpdate } from '#app/transfers/transfer.ts';
import type { Clock } from '../engine/clock.ts';
import { createThrottle } from '../engine/throttle.ts';

/** What a gatherer is made of. */
export interface TransferUpdatesParts {
  readonly clock: Clock;
  readonly send: (update: TransferUpdate) => void;
  readonly status: () => TransferQueueStatus;
  /** Settles when every change so far is on disk, or surely cannot be and has been told; never rejects. */
  readonly sync: () => Promise<void>;
}

/** Gathers the changes of a queue into at most ten updates a second; the last one is always sent. */
export interface TransferUpdates {
  note(transfer: Transfer, change: 'changed' | 'removed'): void;
  /** Notes a change of the status alone. */
  noteStatus(): void;
  /** The revision of the last update; a snapshot taken now holds everything up to it. */
  revision(): number;
  /** Drops what was not sent. */
  close(): void;
}

const INTERVAL_MS = 100;

/**
 * Makes a gatherer; the first change after a quiet time is sent at the end of the current turn of the event loop. What
 * it sends is on disk before: what a person has seen, a crash cannot take back.
 */
export function createTransferUpdates(parts: TransferUpdatesParts): TransferUpdates {
  let changed = new Map<string, Transfer>();
  let removedIds = new Set<string>();
  let isStatusChanged = false;
  let revision = 0;
  const closing = new AbortController();

  const send = async () => {
    if (closing.signal.aborted) return false;
    const update = {
      changed: [...changed.values()],
      removedIds: [...removedIds],
      status: parts.status(),
    };
    changed = new Map();
    removedIds = new Set();
    isStatusChanged = false;
    await parts.sync();
    if (closing.signal.aborted) return false;
    revision += 1;
    parts.send({ revision, ...update });
    return changed.size > 0 || removedIds.size > 0 || isStatusChanged;
  };
  const updates = createThrottle({
    clock: parts.clock,
    intervalMs: INTERVAL_MS,
    run: send,
    closing: closing.signal,
  });

  return {
    note: (transfer, change) => {
      if (change === 'changed') {
        changed.set(transfer.id, transfer);
      } else {
        changed.delete(transfer.id);
        removedIds.add(transfer.id);
      }
      void updates.request();
    },
    noteStatus: () => {
      isStatusChanged = true;
      void updates.request();
    },
    revision: () => revision,
    close: () => closing.abort(),
  };
}
