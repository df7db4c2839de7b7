/** Turns on the network: so many at once, in the order they were asked for. */
export interface Turns {
  /** Settles with a turn, which its taker gives back by calling it, once or more; rejects with the signal's reason at an abort. */
  take(signal: AbortSignal): Promise<() => void>;
  /** Sets how many there are; turns that are taken stay so. */
  setCount(count: number): void;
}

/** Makes turns, none of them taken. */
export function createTurns(initialCount: number): Turns {
  let count = initialCount;
  let taken = 0;
  const waiting = new Set<() => void>();

  const giveOut = () => {
    for (const begin of waiting) {
      if (taken >= count) return;
      waiting.delete(begin);
      taken += 1;
      begin();
    }
  };
  const toGiveBack = () => {
    let isGivenBack = false;
    return () => {
      if (isGivenBack) return;
      isGivenBack = true;
      taken -= 1;
      giveOut();
    };
  };
  return {
    take: (signal) => {
      if (taken < count && !signal.aborted) {
        taken += 1;
        return Promise.resolve(toGiveBack());
      }
      return new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason);
        const abort = () => {
          waiting.delete(begin);
          reject(signal.reason);
        };
        const begin = () => {
          signal.removeEventListener('abort', abort);
          resolve(toGiveBack());
        };
        signal.addEventListener('abort', abort, { once: true });
        waiting.add(begin);
      });
    },
    setCount: (next) => {
      count = next;
      giveOut();
    },
  };
}
