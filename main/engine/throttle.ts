import type { Clock } from './clock.ts';

/** Work that is done as often as it is asked for, but no more often than an interval allows. */
export interface Throttle {
  /** Asks for it. Settles after a run that has begun since. */
  request(): Promise<void>;
  /** Settles when nothing is asked for any more. */
  whenIdle(): Promise<void>;
}

/** What a throttle is made of. */
export interface ThrottleParts {
  readonly clock: Pick<Clock, 'now' | 'sleep'>;
  /** Between two runs, in milliseconds. */
  readonly intervalMs: number;
  /** Answers whether there is more to do. Never rejects. */
  readonly run: () => Promise<boolean>;
  /** Once it is aborted no run waits for the interval any more. */
  readonly closing: AbortSignal;
}

/** Makes a throttle; the first run after a quiet time comes when the current turn of the event loop is over. */
export function createThrottle({ clock, intervalMs, run, closing }: ThrottleParts): Throttle {
  let lastAt = Number.NEGATIVE_INFINITY;
  /** Those who have asked, and wait for the run; null when nobody has. */
  let wanted: { readonly done: Promise<void>; readonly settle: () => void } | null = null;
  let running: Promise<void> | null = null;

  const want = () => {
    let settle: () => void = () => undefined;
    const done = new Promise<void>((resolve) => {
      settle = resolve;
    });
    wanted = { done, settle };
    return wanted;
  };
  const runAll = async () => {
    while (wanted !== null) {
      const waitMs = Math.max(0, lastAt + intervalMs - clock.now());
      await clock.sleep(waitMs, closing).catch(() => undefined);
      const { settle } = wanted;
      wanted = null;
      const isMore = await run();
      lastAt = clock.now();
      settle();
      if (isMore && wanted === null) want();
    }
    running = null;
  };
  return {
    request: () => {
      const { done } = wanted ?? want();
      running ??= runAll();
      return done;
    },
    whenIdle: () => running ?? Promise.resolve(),
  };
}
