import { vi } from 'vitest';
import type { Clock } from '../../../main/engine/clock.ts';

const START = Date.UTC(2026, 7, 1, 12);

/**
 * Puts timers and dates under the test's control: half a minute then costs nothing, and a run has the same order each
 * time. All that the simulated disk and network do waits on such timers, so that between two of them nothing is under
 * way: there a process can be stopped and looked at.
 */
export function startVirtualTime(): void {
  // By the real `performance` work would be cut into slices here or there, as busy as the machine happens to be.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'], now: START });
}

/** Gives the time back. */
export function endVirtualTime(): void {
  vi.useRealTimers();
}

/** Rounds of the event loop in which work that is cut into slices comes to its next timer. */
const ROUNDS = 4;

/** Settles when all that can go on without a timer has gone on: what did so later would outlive its process. */
export async function settle(): Promise<void> {
  for (let round = 0; round < ROUNDS; round += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** Lets the next timer pass, and all that follows from it; false when none waits. */
export async function passTimer(): Promise<boolean> {
  if (vi.getTimerCount() === 0) return false;
  vi.advanceTimersToNextTimer();
  await settle();
  return true;
}

/** Ends every timer: whatever waited for one never goes on, like a process that was killed. */
export function killTimers(): void {
  const now = Date.now();
  // It would also turn the time back to its start.
  vi.clearAllTimers();
  vi.setSystemTime(now);
}

/** Lets time go by while nothing runs, in milliseconds. */
export function passTimeAlone(ms: number): void {
  vi.advanceTimersByTime(ms);
}

/** Settles after a time in milliseconds; rejects with the signal's reason at an abort. */
export function later(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const abort = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', abort);
      resolve();
    }, ms);
    signal?.addEventListener('abort', abort, { once: true });
  });
}

/** The queue's clock in virtual time. */
export const virtualClock: Clock = { now: () => Date.now(), sleep: later };
