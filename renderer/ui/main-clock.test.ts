import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { followMainClock, readMainClock } from './main-clock.ts';

const HOUR_MS = 3_600_000;

describe('the page’s clock', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('shows main’s time, whatever this computer’s is set to, and follows it over the computer’s sleep', async () => {
    const start = Date.now();
    const told: ((now: number) => void)[] = [];
    followMainClock({
      readClock: async () => ({ ok: true, value: start + HOUR_MS }),
      onClockChanged: (listener) => {
        told.push(listener);
        return () => undefined;
      },
    });
    await vi.advanceTimersByTimeAsync(0);
    expect(readMainClock()).toBe(start + HOUR_MS);
    vi.setSystemTime(0);
    await vi.advanceTimersByTimeAsync(1000);
    expect(readMainClock()).toBe(start + HOUR_MS + 1000);
    told[0]?.(start + 9 * HOUR_MS);
    expect(readMainClock()).toBe(start + 9 * HOUR_MS);
  });
});
