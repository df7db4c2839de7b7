import type { Transfer, TransferUpdate } from '#app/transfers/transfer.ts';

/** Gathers the changes of a queue into at most ten updates a second; the last one is always sent. */
export interface TransferUpdates {
  note(transfer: Transfer, change: 'changed' | 'removed'): void;
  /** The revision of the last update; a snapshot taken now holds everything up to it. */
  revision(): number;
  /** Drops what was not sent. */
  close(): void;
}

const INTERVAL_MS = 100;

/** Makes a gatherer; the first change after a quiet time is sent at the end of the current turn of the event loop. */
export function createTransferUpdates(send: (update: TransferUpdate) => void): TransferUpdates {
  const changed = new Map<string, Transfer>();
  const removedIds = new Set<string>();
  let revision = 0;
  let lastSentAt = 0;
  let timer: NodeJS.Timeout | null = null;
  let isClosed = false;

  const flush = () => {
    timer = null;
    lastSentAt = Date.now();
    revision += 1;
    send({ revision, changed: [...changed.values()], removedIds: [...removedIds] });
    changed.clear();
    removedIds.clear();
  };

  return {
    note: (transfer, change) => {
      if (isClosed) return;
      if (change === 'changed') {
        changed.set(transfer.id, transfer);
      } else {
        changed.delete(transfer.id);
        removedIds.add(transfer.id);
      }
      timer ??= setTimeout(flush, Math.max(0, lastSentAt + INTERVAL_MS - Date.now()));
    },
    revision: () => revision,
    close: () => {
      isClosed = true;
      if (timer) clearTimeout(timer);
      timer = null;
    },
  };
}
