import { setTimeout as wait } from 'node:timers/promises';

/** Time, as the queue knows it. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Settles after a time in milliseconds; rejects at an abort. Keeps no process alive. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/** The computer's own clock. */
export const systemClock: Clock = {
  now: Date.now,
  sleep: (ms, signal) => wait(ms, undefined, { signal, ref: false }),
};
