import type { InLocation } from '#app/contract/files-contract.ts';
import { DEFAULT_TRANSFER_CONCURRENCY } from '#app/limits.ts';
import type { Result } from '#app/result.ts';
import type { Transfer, TransferSnapshot, TransferUpdate } from '#app/transfers/transfer.ts';

/** The transfers as the window knows them, oldest first. */
export type TransferList = TransferSnapshot;

/** Where the transfers come from: the part of the bridge that this store needs. */
export interface TransferSource {
  readonly listTransfers: (location: InLocation) => Promise<Result<TransferSnapshot>>;
  readonly onTransfersChanged: (
    listener: (event: InLocation & { readonly update: TransferUpdate }) => void,
  ) => () => void;
}

/** The transfers of one of main's locations, followed. */
export interface TransferStore {
  /** Follows a location's transfers from now on, and asks for all of them; of others nothing is known any more. */
  readonly follow: (location: InLocation) => void;
  readonly subscribe: (listener: () => void) => () => void;
  readonly read: () => TransferList;
}

/** No transfers, and a queue of which nothing is known yet. */
export const NO_TRANSFERS: TransferList = {
  revision: 0,
  transfers: [],
  status: {
    isPaused: false,
    holds: [],
    concurrency: DEFAULT_TRANSFER_CONCURRENCY,
    bytesPerSecond: 0,
    busySince: null,
    hasLostRecords: false,
  },
};

/** Applies an update: changed transfers keep their place, new ones follow at the end. An update that is known is passed over. */
export function mergeUpdate(list: TransferList, update: TransferUpdate): TransferList {
  if (update.revision <= list.revision) return list;
  if (update.changed.length === 0 && update.removedIds.length === 0) {
    return { ...list, revision: update.revision, status: update.status };
  }
  const changed = new Map(update.changed.map((transfer) => [transfer.id, transfer]));
  const removed = new Set(update.removedIds);
  const transfers: Transfer[] = [];
  for (const old of list.transfers) {
    const next = changed.get(old.id) ?? old;
    changed.delete(old.id);
    if (!removed.has(old.id)) transfers.push(next);
  }
  for (const added of changed.values()) if (!removed.has(added.id)) transfers.push(added);
  return { revision: update.revision, transfers, status: update.status };
}

/**
 * Follows the transfers of a location: listens first, then asks for the whole, and applies what came in between by
 * revision, so that nothing is lost or applied twice. An update that skips a revision makes it ask for the whole again.
 */
export function createTransferStore(source: TransferSource): TransferStore {
  let list = NO_TRANSFERS;
  let followed: InLocation | null = null;
  let pending: TransferUpdate[] | null = null;
  let isWantedAgain = false;
  const listeners = new Set<() => void>();
  const change = (next: TransferList) => {
    if (next === list) return;
    list = next;
    for (const listener of listeners) listener();
  };

  const load = async (location: InLocation) => {
    if (pending !== null) {
      isWantedAgain = true;
      return;
    }
    isWantedAgain = false;
    pending = [];
    const result = await source.listTransfers(location);
    const missed: readonly TransferUpdate[] = pending;
    pending = null;
    if (followed?.locationId === location.locationId) {
      // Without an answer the updates still come, each with the whole state of what it changes.
      const start: TransferList = result.ok ? result.value : list;
      change(missed.reduce(mergeUpdate, start));
    }
    if (isWantedAgain && followed !== null) await load(followed);
  };

  source.onTransfersChanged(({ locationId, update }) => {
    if (followed?.locationId !== locationId) return;
    if (pending !== null) {
      pending.push(update);
      return;
    }
    const isGap = update.revision > list.revision + 1;
    change(mergeUpdate(list, update));
    if (isGap) void load({ locationId });
  });

  return {
    follow: (location) => {
      if (followed?.locationId !== location.locationId) {
        followed = location;
        if (pending !== null) pending = [];
        change(NO_TRANSFERS);
      }
      void load(location);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    read: () => list,
  };
}
