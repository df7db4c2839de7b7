import type { StoredTransfer } from './stored-transfer.ts';

/** The transfers that wait for their turn, each direction in its own order. */
export interface WaitingList {
  /** `front` for one that had its turn and could not use it. */
  add(stored: StoredTransfer, place: 'front' | 'back'): void;
  remove(stored: StoredTransfer): void;
  /** Takes out the first that is ready; undefined when none is. */
  take(direction: Direction, isReady: (stored: StoredTransfer) => boolean): StoredTransfer | undefined;
}

type Direction = StoredTransfer['transfer']['direction'];

/** Makes an empty list. */
export function createWaitingList(): WaitingList {
  const lists = {
    upload: { front: new Set<StoredTransfer>(), back: new Set<StoredTransfer>() },
    save: { front: new Set<StoredTransfer>(), back: new Set<StoredTransfer>() },
  };
  return {
    add: (stored, place) => {
      lists[stored.transfer.direction][place].add(stored);
    },
    remove: (stored) => {
      const { front, back } = lists[stored.transfer.direction];
      front.delete(stored);
      back.delete(stored);
    },
    take: (direction, isReady) => {
      for (const list of [lists[direction].front, lists[direction].back]) {
        for (const stored of list) {
          if (!isReady(stored)) continue;
          list.delete(stored);
          return stored;
        }
      }
      return undefined;
    },
  };
}
