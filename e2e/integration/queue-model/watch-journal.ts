import { closeSync, openSync, readSync } from 'node:fs';
import type { Transfer } from '#app/transfers/transfer.ts';
import { RESTART_TRANSITIONS, TRANSFER_TRANSITIONS } from '#app/transfers/transfer-states.ts';
import {
  parseTransferRecord,
  type TransferRecord,
} from '../../../main/transfers/journal/transfer-records.ts';
import { applyChange } from '../../../main/transfers/queue/records.ts';
import { type StoredTransfer, toStoredTransfer } from '../../../main/transfers/queue/stored-transfer.ts';
import { disk } from './disk.ts';

/** Reads along what of the journal outlasts a crash. */
export interface JournalWatch {
  /** Takes in what has been synced since; reports moves that are not legal. */
  look(): void;
  /** Whether a crash now would leave the transfer at least as far as it was told. */
  isKept(told: Transfer): boolean;
  isRemoved(id: string): boolean;
  /** What a restart would find. */
  transfers(): readonly Transfer[];
  /** From here on another process writes. */
  startProcess(): void;
}

const CHECK_AND_SPACE = 9;

/** Makes a watch of the journal at a path. */
export function createJournalWatch(path: string, report: (fault: string) => void): JournalWatch {
  const stored = new Map<string, StoredTransfer>();
  const versions = new Map<string, Set<string>>();
  const removed = new Set<string>();
  const moved = new Set<string>();
  let replacement = 0;
  let offset = 0;
  let seenCount = 0;
  let toSkip = 0;

  const keep = ({ transfer }: StoredTransfer) => {
    const known = versions.get(transfer.id) ?? new Set();
    versions.set(transfer.id, known.add(toKey(transfer)));
  };
  const checkMove = (from: Transfer['state'], to: Transfer['state'], id: string) => {
    const usual: readonly Transfer['state'][] = TRANSFER_TRANSITIONS[from];
    const isAfterRestart = !moved.has(id) && RESTART_TRANSITIONS[from]?.includes(to);
    if (!usual.includes(to) && !isAfterRestart) report(`A transfer went from ${from} to ${to}`);
    moved.add(id);
  };
  const take = (record: TransferRecord) => {
    if (record.kind === 'paused') return;
    if (record.kind === 'removed') {
      stored.delete(record.id);
      removed.add(record.id);
      return;
    }
    if (record.kind === 'added')
      stored.set(record.id, toStoredTransfer(record.id, record.request, record.at));
    const found = stored.get(record.id);
    if (!found) return report('The journal tells of a transfer that was never added');
    if (record.kind === 'changed') {
      const { state } = record.change;
      if (state) checkMove(found.transfer.state, state, record.id);
      applyChange(found, record.change);
    }
    keep(found);
  };
  const takeLine = (line: string) => {
    const value: unknown = JSON.parse(line.slice(CHECK_AND_SPACE));
    const record = parseTransferRecord(value);
    if (record === null) return; // The header.
    if (toSkip > 0) toSkip -= 1;
    else {
      seenCount += 1;
      take(record);
    }
  };
  return {
    look: () => {
      const synced = disk.findSynced(path);
      if (!synced) return;
      if (synced.replacement !== replacement) {
        // It was written anew, with what it held before.
        replacement = synced.replacement;
        offset = 0;
        toSkip = seenCount;
      }
      if (synced.bytes <= offset) return;
      const text = readRange(path, offset, synced.bytes);
      const end = text.lastIndexOf('\n') + 1;
      offset += Buffer.byteLength(text.slice(0, end));
      for (const line of text.slice(0, end).split('\n')) if (line !== '') takeLine(line);
    },
    isKept: (told) => versions.get(told.id)?.has(toKey(told)) ?? false,
    isRemoved: (id) => removed.has(id),
    transfers: () => Array.from(stored.values(), ({ transfer }) => transfer),
    startProcess: () => moved.clear(),
  };
}

/** All but progress, which is not kept. */
function toKey({ transferredBytes: _, progressedAt: __, ...lasting }: Transfer): string {
  return JSON.stringify(Object.entries(lasting).sort(([one], [other]) => (one < other ? -1 : 1)));
}

function readRange(path: string, from: number, to: number): string {
  const descriptor = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(to - from);
    return bytes.toString('utf8', 0, readSync(descriptor, bytes, 0, bytes.length, from));
  } finally {
    closeSync(descriptor);
  }
}
