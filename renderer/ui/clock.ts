import { useSyncExternalStore } from 'react';

/** How often the clock ticks, in milliseconds: often enough that no second is seen to last two. */
const TICK_MS = 250;

/** A clock that ticks only while somebody looks at it, once for all who do. */
export interface Clock {
  readonly subscribe: (listener: () => void) => () => void;
  /** The time of the last tick in milliseconds since the epoch; the time itself while nobody looks. */
  readonly read: () => number;
}

/** Builds a clock that stands still. */
export function createClock(): Clock {
  const listeners = new Set<() => void>();
  let timer: ReturnType<typeof setInterval> | undefined;
  let now = 0;
  const tick = () => {
    now = Date.now();
    for (const listener of listeners) listener();
  };
  return {
    subscribe: (listener) => {
      listeners.add(listener);
      if (timer === undefined) {
        now = Date.now();
        timer = setInterval(tick, TICK_MS);
      }
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        clearInterval(timer);
        timer = undefined;
      };
    },
    read: () => (timer === undefined ? Date.now() : now),
  };
}

const clock = createClock();

/**
 * Gives what `read` makes of the time, in milliseconds since the epoch, and draws again only when that changes: a text
 * that counts seconds costs one drawing a second.
 */
export function useTicking<Value extends string | number | boolean | null>(
  read: (now: number) => Value,
): Value {
  return useSyncExternalStore(clock.subscribe, () => read(clock.read()));
}
