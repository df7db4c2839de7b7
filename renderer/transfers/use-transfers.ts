import { useEffect, useState, useSyncExternalStore } from 'react';
import type { Transfer } from '#app/transfers/transfer.ts';
import { announce } from '../ui/announcer.tsx';
import { createTransferNews } from './transfer-news.ts';
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

/** Tells screen readers politely what became of transfers, many at a time. */
export function useTransferAnnouncements(transfers: readonly Transfer[]): void {
  const [news] = useState(() => createTransferNews(announce));
  useEffect(() => news.follow(transfers), [news, transfers]);
}
