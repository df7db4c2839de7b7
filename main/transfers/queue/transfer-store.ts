import type { Transfer, TransferState } from '#app/transfers/transfer.ts';
import { moveAfterRestart, moveTransfer } from '#app/transfers/transfer-states.ts';
import type { Journal } from '../journal/journal.ts';
import type { TransferChange, TransferRecord } from '../journal/transfer-records.ts';
import { applyChange, toRecords } from './records.ts';
import { type StoredTransfer, type TransferRequest, toStoredTransfer } from './stored-transfer.ts';

/** What a store is made of. */
export interface TransferStoreParts {
  readonly journal: Journal<TransferRecord>;
  /** What an earlier run left, oldest first. */
  readonly transfers: readonly StoredTransfer[];
  readonly isPaused: boolean;
  readonly now: () => number;
  /** Told of every change; `removed` for a transfer that was cleared. */
  readonly onChange: (transfer: Transfer, change: 'changed' | 'removed') => void;
}

/** All transfers of a location. What is changed here joins the journal at once, and is on disk after the next `sync`. */
export interface TransferStore {
  /** Oldest first. */
  all(): Iterable<StoredTransfer>;
  find(id: string): StoredTransfer | undefined;
  /** How many are in a state; to look at all of them for one that is not there would take its time. */
  count(state: TransferState): number;
  add(id: string, request: TransferRequest): StoredTransfer;
  change(stored: StoredTransfer, change: TransferChange): void;
  /** Moves a transfer to another state; throws on a move that is not legal. */
  move(stored: StoredTransfer, to: TransferState, change?: TransferChange): void;
  /** Moves a transfer on that the app's end has met on its way. */
  moveAfterRestart(stored: StoredTransfer, to: TransferState, change?: TransferChange): void;
  /** Bytes that have moved in this attempt. They are shown, and not kept: an attempt begins anew. */
  progress(stored: StoredTransfer, transferredBytes: number): void;
  remove(stored: StoredTransfer): void;
  isPaused(): boolean;
  setPaused(isPaused: boolean): void;
  /** Settles when all changes so far are on disk. Throws `journalUnwritable`. */
  sync(): Promise<void>;
  /** Writes the last changes, as far as that can be done, and lets go of the file. */
  close(): Promise<void>;
}

/** One that is done without a detour has eight; the journal allows twice as many as it is told. */
const LINES_PER_TRANSFER = 4;

/** Makes a store. */
export function createTransferStore(parts: TransferStoreParts): TransferStore {
  const { journal, now, onChange } = parts;
  const transfers = new Map(parts.transfers.map((stored) => [stored.transfer.id, stored]));
  let isPaused = parts.isPaused;
  let isCompacting = false;

  const counts = new Map<TransferState, number>();
  const addToCount = (state: TransferState, difference: 1 | -1) => {
    counts.set(state, (counts.get(state) ?? 0) + difference);
  };
  for (const { transfer } of transfers.values()) addToCount(transfer.state, 1);

  const change: TransferStore['change'] = (stored, next) => {
    addToCount(stored.transfer.state, -1);
    applyChange(stored, next);
    addToCount(stored.transfer.state, 1);
    journal.append({ kind: 'changed', id: stored.transfer.id, change: next });
    onChange(stored.transfer, 'changed');
  };
  return {
    all: () => transfers.values(),
    find: (id) => transfers.get(id),
    count: (state) => counts.get(state) ?? 0,
    add: (id, request) => {
      const at = now();
      const stored = toStoredTransfer(id, request, at);
      transfers.set(id, stored);
      addToCount(stored.transfer.state, 1);
      journal.append({ kind: 'added', id, request, at });
      onChange(stored.transfer, 'changed');
      return stored;
    },
    change,
    move: (stored, to, next = {}) =>
      change(stored, { ...next, state: moveTransfer(stored.transfer.state, to), stateSince: now() }),
    moveAfterRestart: (stored, to, next = {}) =>
      change(stored, { ...next, state: moveAfterRestart(stored.transfer.state, to), stateSince: now() }),
    progress: (stored, transferredBytes) => {
      const { transfer } = stored;
      const bytes = Math.min(transferredBytes, transfer.sizeBytes);
      stored.transfer = { ...transfer, transferredBytes: bytes, progressedAt: now() };
      onChange(stored.transfer, 'changed');
    },
    remove: (stored) => {
      transfers.delete(stored.transfer.id);
      addToCount(stored.transfer.state, -1);
      journal.append({ kind: 'removed', id: stored.transfer.id });
      onChange(stored.transfer, 'removed');
    },
    isPaused: () => isPaused,
    setPaused: (next) => {
      isPaused = next;
      journal.append({ kind: 'paused', isPaused });
    },
    sync: async () => {
      await journal.sync();
      if (isCompacting || !journal.isLarge(transfers.size * LINES_PER_TRANSFER)) return;
      isCompacting = true;
      await journal.compact(toRecords(transfers.values(), isPaused)).finally(() => {
        isCompacting = false;
      });
    },
    close: () => journal.close(),
  };
}
