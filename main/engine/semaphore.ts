/** So many at once, in the order they asked. */
export interface Semaphore {
  /** Settles with a slot, which its taker gives back by calling it, once or more; rejects with the signal's reason at an abort. */
  acquire(signal?: AbortSignal): Promise<() => void>;
  /** To be told that there may be more slots. Where there are fewer, those that are taken stay so. */
  noteLimit(): void;
  /** How many slots are taken. */
  taken(): number;
}

/** Makes a semaphore, none of its slots taken; how many there are may change. */
export function createSemaphore(limit: () => number): Semaphore {
  let taken = 0;
  const waiting = new Set<() => void>();

  const giveOut = () => {
    for (const begin of waiting) {
      if (taken >= limit()) return;
      waiting.delete(begin);
      taken += 1;
      begin();
    }
  };
  const toRelease = () => {
    let isReleased = false;
    return () => {
      if (isReleased) return;
      isReleased = true;
      taken -= 1;
      giveOut();
    };
  };
  return {
    acquire: (signal) => {
      if (taken < limit() && !signal?.aborted) {
        taken += 1;
        return Promise.resolve(toRelease());
      }
      return new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const abort = () => {
          waiting.delete(begin);
          reject(signal?.reason);
        };
        const begin = () => {
          signal?.removeEventListener('abort', abort);
          resolve(toRelease());
        };
        signal?.addEventListener('abort', abort, { once: true });
        waiting.add(begin);
      });
    },
    noteLimit: giveOut,
    taken: () => taken,
  };
}
