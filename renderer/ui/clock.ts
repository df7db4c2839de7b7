import { useSyncExternalStore } from 'react';
import { readMainClock } from './main-clock.ts';

/** How often the clock ticks, in milliseconds: often enough that no second is seen to last two. */
const TICK_MS = 250;

/** A clock that ticks only while somebody listens, once for all who do. */
export interface Clock {
  /** Gives what ends it. */
  readonly subscribe: (listener: () => void) => () => void;
}

/** Builds a clock that stands still. */
export function createClock(): Clock {
  const listeners = new Set<() => void>();
  let timer: ReturnType<typeof setInterval> | undefined;
  const tick = () => {
    for (const listener of listeners) listener();
  };
  return {
    subscribe: (listener) => {
      listeners.add(listener);
      timer ??= setInterval(tick, TICK_MS);
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        clearInterval(timer);
        timer = undefined;
      };
    },
  };
}

const clock = createClock();

function subscribeToNothing(): () => void {
  return () => undefined;
}

/**
 * Gives what `read` makes of the time on main's clock, in milliseconds since the epoch, and draws again only when that changes: a text
 * that counts seconds costs one drawing a second. With `isRunning` false the clock is not listened to.
 */
export function useTicking<Value extends string | number | boolean | null>(
  read: (now: number) => Value,
  isRunning = true,
): Value {
  // The time itself and not that of the last tick: what has just become due in ten seconds would be due in eleven.
  return useSyncExternalStore(isRunning ? clock.subscribe : subscribeToNothing, () => read(readMainClock()));
}
