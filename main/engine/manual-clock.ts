import type { Clock } from './clock.ts';

/** A clock that stands still until a test moves it. */
export interface ManualClock extends Clock {
  /** Moves it on, in milliseconds, ending the sleeps on the way in their order; settles when what follows has happened. */
  pass(ms: number): Promise<void>;
  /** How many sleeps have not ended. */
  sleeperCount(): number;
}

/** Makes one that shows so many milliseconds since the epoch. */
export function createManualClock(start = 1_000_000): ManualClock {
  const sleepers = new Set<{ readonly until: number; readonly wake: () => void }>();
  let now = start;
  return {
    now: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason);
        const settle = (finish: () => void) => {
          sleepers.delete(sleeper);
          signal.removeEventListener('abort', abort);
          finish();
        };
        const abort = () => settle(() => reject(signal.reason));
        const sleeper = { until: now + ms, wake: () => settle(resolve) };
        sleepers.add(sleeper);
        signal.addEventListener('abort', abort, { once: true });
      }),
    pass: async (ms) => {
      const end = now + ms;
      await nextTurn();
      for (;;) {
        const [next] = [...sleepers].sort((one, other) => one.until - other.until);
        if (!next || next.until > end) break;
        now = Math.max(now, next.until);
        next.wake();
        await nextTurn();
      }
      now = end;
    },
    sleeperCount: () => sleepers.size,
  };
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
