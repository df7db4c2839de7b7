import { useEffect, useRef, useSyncExternalStore } from 'react';
import type { Transfer } from '#app/transfers/transfer.ts';
import { isFinished } from '#app/transfers/transfer-states.ts';
import { formatFacts } from '../texts/format.ts';
import { texts } from '../texts/texts.ts';
import { announce } from '../ui/announcer.tsx';
import { createTransferStore, type TransferList, type TransferStore } from './transfer-store.ts';

let store: TransferStore | undefined;

/** Starts following the transfers, once, before anything is drawn; so the question is under way with all the others. */
export function followTransfers(): TransferStore {
  store ??= createTransferStore(window.files);
  return store;
}

/** Gives the transfers and draws again when they change. */
export function useTransfers(): TransferList {
  const { subscribe, read } = followTransfers();
  return useSyncExternalStore(subscribe, read);
}

/** Transfers that end within this time, in milliseconds, are announced together. */
const BATCH_MS = 1000;

/** Tells screen readers politely what has ended, many endings at a time. */
export function useTransferAnnouncements(transfers: readonly Transfer[]): void {
  const known = useRef<ReadonlyMap<string, Transfer> | null>(null);
  const ended = useRef<Transfer[]>([]);
  useEffect(() => {
    const before = known.current;
    known.current = new Map(transfers.map((transfer) => [transfer.id, transfer]));
    if (before === null) return;
    const fresh = transfers.filter((transfer) => {
      return isFinished(transfer.state) && before.get(transfer.id)?.state !== transfer.state;
    });
    const isFirst = ended.current.length === 0;
    ended.current.push(...fresh);
    if (fresh.length === 0 || !isFirst) return;
    setTimeout(() => {
      announce(describeEnded(ended.current));
      ended.current = [];
    }, BATCH_MS);
  }, [transfers]);
}

function describeEnded(transfers: readonly Transfer[]): string {
  const words = texts.transfers;
  const count = (isCounted: (transfer: Transfer) => boolean) => transfers.filter(isCounted).length;
  const uploads = count(({ direction, state }) => state === 'done' && direction === 'upload');
  const saves = count(({ direction, state }) => state === 'done' && direction === 'save');
  const failures = count(({ state }) => state === 'failed' || state === 'interrupted');
  return formatFacts([
    ...(uploads === 0 ? [] : [words.finishedUploads(uploads)]),
    ...(saves === 0 ? [] : [words.finishedSaves(saves)]),
    ...(failures === 0 ? [] : [words.finishedFailures(failures)]),
  ]);
}
