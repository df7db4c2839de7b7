/** Time, as the queue knows it. */
export interface Clock {
  /** Milliseconds since the epoch. It never goes back, so that the difference of two is how much time has passed. */
  now(): number;
  /** Settles after a time in milliseconds; rejects at an abort. Keeps no process alive. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/** The computer's time, which nobody can set while the app runs. */
export interface SystemClock extends Clock {
  /** To be told when the computer wakes up: the time that it slept has passed as well. */
  noteResume(): void;
}

/** What a computer has of clocks, in milliseconds. */
export interface SystemTime {
  /** Since the epoch; a person or a time server may set it. */
  readonly wall: () => number;
  /** Since some moment; it goes on evenly, and on some systems stands still while the computer sleeps. */
  readonly steady: () => number;
}

/**
 * A wait of up to this much goes on where the computer's sleep interrupted it: whoever opens the lid has the rest of the
 * time to undo a deletion. Of a longer one the sleep is a part.
 */
const SHORT_WAIT_MS = 120_000;
/** The longest that a timer can be set to. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/**
 * Makes a clock that begins at the computer's time and goes on evenly, whatever that is set to meanwhile: a wall clock
 * that is set back by an hour would make everything that waits wait for an hour.
 */
export function createSystemClock(time: SystemTime): SystemClock {
  let offset = time.wall() - time.steady();
  const longWaits = new Set<() => void>();
  const now = () => Math.round(time.steady() + offset);
  return {
    now,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        const until = now() + ms;
        let timer: NodeJS.Timeout | undefined;
        const end = (settle: () => void) => {
          clearTimeout(timer);
          longWaits.delete(look);
          signal.removeEventListener('abort', abort);
          settle();
        };
        const abort = () => end(() => reject(signal.reason));
        const wait = (leftMs: number) => {
          clearTimeout(timer);
          timer = setTimeout(
            leftMs > MAX_TIMER_MS ? look : () => end(resolve),
            Math.min(leftMs, MAX_TIMER_MS),
          );
          timer.unref();
        };
        const look = () => wait(Math.max(0, until - now()));
        if (signal.aborted) return abort();
        signal.addEventListener('abort', abort, { once: true });
        if (ms > SHORT_WAIT_MS) longWaits.add(look);
        wait(Math.max(0, ms));
      }),
    noteResume: () => {
      offset = Math.max(offset, time.wall() - time.steady());
      for (const look of [...longWaits]) look();
    },
  };
}

/** The clock of this computer. */
export const systemClock = createSystemClock({ wall: () => Date.now(), steady: () => performance.now() });
