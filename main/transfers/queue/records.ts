import type { Transfer } from '#app/transfers/transfer.ts';
import type { TransferChange, TransferRecord } from '../journal/transfer-records.ts';
import { type StoredTransfer, toStoredTransfer } from './stored-transfer.ts';

/** A queue as its journal tells it. */
export interface RecordedQueue {
  /** Oldest first. */
  readonly transfers: readonly StoredTransfer[];
  readonly isPaused: boolean;
}

/** Plays a journal's records. One that speaks of a transfer that is not there (its own line was lost) is passed over. */
export function playRecords(records: readonly TransferRecord[]): RecordedQueue {
  const transfers = new Map<string, StoredTransfer>();
  let isPaused = false;
  for (const record of records) {
    if (record.kind === 'paused') isPaused = record.isPaused;
    else if (record.kind === 'added')
      transfers.set(record.id, toStoredTransfer(record.id, record.request, record.at));
    else if (record.kind === 'removed') transfers.delete(record.id);
    else {
      const stored = transfers.get(record.id);
      if (stored) applyChange(stored, record.change);
    }
  }
  for (const stored of transfers.values()) {
    const { state, sizeBytes } = stored.transfer;
    if (state === 'done') stored.transfer = { ...stored.transfer, transferredBytes: sizeBytes };
  }
  return { transfers: [...transfers.values()], isPaused };
}

/** Gives the shortest journal of a queue. */
export function toRecords(transfers: Iterable<StoredTransfer>, isPaused: boolean): TransferRecord[] {
  const records: TransferRecord[] = [{ kind: 'paused', isPaused }];
  for (const { request, transfer, ...inner } of transfers) {
    const { id, direction: _, transferredBytes: __, progressedAt: ___, ...lasting } = transfer;
    const change = { ...lasting, ...inner };
    records.push({ kind: 'added', id, request, at: transfer.stateSince }, { kind: 'changed', id, change });
  }
  return records;
}

/** Changes a transfer in memory. */
export function applyChange(stored: StoredTransfer, change: TransferChange): void {
  if (!INNER_KEYS.some((key) => key in change)) {
    // Nearly every change is of what is shown alone.
    stored.transfer = { ...stored.transfer, ...(change as Partial<Transfer>) };
    return;
  }
  const { path, sent, placing, isCancelWanted, replaces, isDeletedHere, convertFrom, answered, ...shown } =
    change;
  stored.transfer = { ...stored.transfer, ...(shown as Partial<Transfer>) };
  if (path !== undefined) stored.path = path;
  if (sent !== undefined) stored.sent = sent;
  if (placing !== undefined) stored.placing = placing;
  if (isCancelWanted !== undefined) stored.isCancelWanted = isCancelWanted;
  if (replaces !== undefined) stored.replaces = replaces;
  if (isDeletedHere !== undefined) stored.isDeletedHere = isDeletedHere;
  if (convertFrom !== undefined) stored.convertFrom = convertFrom;
  if (answered !== undefined) stored.answered = answered;
}

/** What a change may hold that is not shown. */
const INNER_KEYS = [
  'path',
  'sent',
  'placing',
  'isCancelWanted',
  'replaces',
  'isDeletedHere',
  'convertFrom',
  'answered',
] as const;
