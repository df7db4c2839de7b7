import type { Pacer } from '../../engine/pacer.ts';
import { createSemaphore, type Semaphore } from '../../engine/semaphore.ts';
import type { StoredTransfer } from './stored-transfer.ts';

/** Of a `small` transfer the round trip is what takes time, so many run at once; `large` ones share the line, so few do. */
export type SizeClass = 'small' | 'large';

/** The slots on the network, for each size its own: neither waits behind the other. */
export interface Lanes {
  /** Of the transfers that run, those that a size shares its slots with. Whoever allows one at once wants just one, of whatever size. */
  sharing(size: SizeClass, running: readonly StoredTransfer[]): readonly StoredTransfer[];
  /** How many of a size may use the network. */
  limit(size: SizeClass): number;
  /** How many of a size may be got ready or on their way. */
  mostAttempts(size: SizeClass): number;
  /** Settles with a slot on the network; rejects with the signal's reason at an abort. */
  acquire(stored: StoredTransfer, signal: AbortSignal): Promise<() => void>;
  /** How many large transfers a person allows at once. */
  concurrency(): number;
  setConcurrency(concurrency: number): void;
}

/** An upload of this size leaves in one write (see `send-body.ts`). */
const SMALL_BYTES = 256 * 1024;
/**
 * The mark of an upload that is got ready waits for the disk, about as long as some ten small ones take on a short way:
 * so many attempts there are for each that may use the network.
 */
export const ATTEMPTS_PER_SLOT: Readonly<Record<SizeClass, number>> = { small: 3, large: 8 };

/** Makes the lanes; how many run at once follows the account's pace. */
export function createLanes(
  pacer: Pick<Pacer, 'smallAtOnce' | 'largeAtOnce'>,
  initialConcurrency: number,
): Lanes {
  let concurrency = initialConcurrency;
  const toLane = (size: SizeClass): SizeClass => (concurrency === 1 ? 'large' : size);
  const limitOf = (lane: SizeClass) =>
    lane === 'small' ? pacer.smallAtOnce() : pacer.largeAtOnce(concurrency);
  /** Where one at once is wanted, slots of both sizes that were taken or asked for before count as one. */
  const slotsOf = (lane: SizeClass, other: SizeClass) => {
    if (concurrency > 1) return limitOf(lane);
    return slots[other].taken() > 0 ? 0 : 1;
  };
  const slots: Readonly<Record<SizeClass, Semaphore>> = {
    small: createSemaphore(() => slotsOf('small', 'large')),
    large: createSemaphore(() => slotsOf('large', 'small')),
  };
  const noteLimits = () => {
    slots.large.noteLimit();
    slots.small.noteLimit();
  };
  return {
    sharing: (size, running) => running.filter((stored) => toLane(toSizeClass(stored)) === toLane(size)),
    limit: (size) => limitOf(toLane(size)),
    mostAttempts: (size) => ATTEMPTS_PER_SLOT[toLane(size)] * limitOf(toLane(size)),
    acquire: async (stored, signal) => {
      const release = await slots[toLane(toSizeClass(stored))].acquire(signal);
      return () => {
        release();
        noteLimits();
      };
    },
    concurrency: () => concurrency,
    setConcurrency: (next) => {
      concurrency = next;
      noteLimits();
    },
  };
}

/** Gives the class of a transfer's size. */
export function toSizeClass({ transfer }: Pick<StoredTransfer, 'transfer'>): SizeClass {
  return transfer.sizeBytes <= SMALL_BYTES ? 'small' : 'large';
}
