import { useEffect, useState, useSyncExternalStore } from 'react';
import type { InLocation } from '#app/contract/files-contract.ts';
import type { Transfer } from '#app/transfers/transfer.ts';
import { announce } from '../ui/announcer.tsx';
import { createTransferNews } from './transfer-news.ts';
import { createTransferStore, type TransferList, type TransferStore } from './transfer-store.ts';

let store: TransferStore | undefined;

/** Gives the transfers of the location in view. */
export function readTransfers(): TransferStore {
  store ??= createTransferStore(window.files);
  return store;
}

/** Follows a location's transfers from now on. */
export function followTransfers(location: InLocation): void {
  readTransfers().follow(location);
}

/** Gives the transfers and draws again when they change. */
export function useTransfers(): TransferList {
  const { subscribe, read } = readTransfers();
  return useSyncExternalStore(subscribe, read);
}

/** Tells screen readers politely what became of transfers, many at a time. */
export function useTransferAnnouncements(transfers: readonly Transfer[]): void {
  const [news] = useState(() => createTransferNews(announce));
  useEffect(() => news.follow(transfers), [news, transfers]);
}
