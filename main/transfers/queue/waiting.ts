import type { Transfer } from '#app/transfers/transfer.ts';
import { createQueue } from '../../engine/queue.ts';
import { type SizeClass, toSizeClass } from './lanes.ts';
import type { StoredTransfer } from './stored-transfer.ts';

/** The transfers that wait for their turn, each direction in its own order. */
export interface Waiting {
  /** `front` for one that had its turn and could not use it. */
  add(stored: StoredTransfer, place: 'front' | 'back'): void;
  remove(stored: StoredTransfer): void;
  /** Takes out the first that is ready, of sizes for which there is room; undefined when none is. */
  take(
    direction: Transfer['direction'],
    hasRoom: (size: SizeClass) => boolean,
    isReady: (stored: StoredTransfer) => boolean,
  ): StoredTransfer | undefined;
}

/** Makes it, with nothing waiting. */
export function createWaiting(): Waiting {
  const createOrder = () => ({
    queue: createQueue<StoredTransfer>(),
    // Not to look through thousands of one size for one of the other.
    sizes: { small: new Set<StoredTransfer>(), large: new Set<StoredTransfer>() },
  });
  const orders = { upload: createOrder(), save: createOrder() };
  const remove = (stored: StoredTransfer) => {
    const { queue, sizes } = orders[stored.transfer.direction];
    queue.remove(stored);
    sizes.small.delete(stored);
    sizes.large.delete(stored);
  };
  return {
    add: (stored, place) => {
      const { queue, sizes } = orders[stored.transfer.direction];
      queue.add(stored, place);
      sizes[toSizeClass(stored)].add(stored);
    },
    remove,
    take: (direction, hasRoom, isReady) => {
      const { queue, sizes } = orders[direction];
      const wanted = [sizes.small, sizes.large].filter(
        (some) => some.size > 0 && hasRoom(some === sizes.small ? 'small' : 'large'),
      );
      if (wanted.length === 0) return undefined;
      const next = queue.take((stored) => wanted.some((some) => some.has(stored)) && isReady(stored));
      if (next !== undefined) remove(next);
      return next;
    },
  };
}
