import type { Transfer, TransferQueueStatus, TransferUpdate } from '#app/transfers/transfer.ts';

/** What a gatherer is made of. */
export interface TransferUpdatesParts {
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
export function createTransferUpdates({ send, status, sync }: TransferUpdatesParts): TransferUpdates {
  let changed = new Map<string, Transfer>();
  let removedIds = new Set<string>();
  let isStatusChanged = false;
  let revision = 0;
  let lastSentAt = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | null = null;
  let isFlushing = false;
  let isClosed = false;

  const flush = async () => {
    timer = null;
    lastSentAt = performance.now();
    isFlushing = true;
    const update = { changed: [...changed.values()], removedIds: [...removedIds], status: status() };
    changed = new Map();
    removedIds = new Set();
    isStatusChanged = false;
    await sync();
    isFlushing = false;
    if (isClosed) return;
    revision += 1;
    send({ revision, ...update });
    if (changed.size > 0 || removedIds.size > 0 || isStatusChanged) plan();
  };
  const plan = () => {
    if (isClosed || isFlushing) return;
    timer ??= setTimeout(() => void flush(), Math.max(0, lastSentAt + INTERVAL_MS - performance.now()));
  };

  return {
    note: (transfer, change) => {
      if (change === 'changed') {
        changed.set(transfer.id, transfer);
      } else {
        changed.delete(transfer.id);
        removedIds.add(transfer.id);
      }
      plan();
    },
    noteStatus: () => {
      isStatusChanged = true;
      plan();
    },
    revision: () => revision,
    close: () => {
      isClosed = true;
      if (timer) clearTimeout(timer);
      timer = null;
    },
  };
}
