import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createThrottle } from './throttle.ts';

describe('createThrottle', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('acts on the first call at once and on the last one after the interval', () => {
    const act = vi.fn();
    const call = createThrottle(act, 100);
    call();
    call();
    call();
    expect(act).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(100);
    expect(act).toHaveBeenCalledTimes(2);
    vi.advanceTimersByTime(1000);
    expect(act).toHaveBeenCalledTimes(2);
  });

  it('acts at once again after a pause', () => {
    const act = vi.fn();
    const call = createThrottle(act, 100);
    call();
    vi.advanceTimersByTime(101);
    call();
    expect(act).toHaveBeenCalledTimes(2);
  });

  it('acts at most once an interval however often it is called', () => {
    const act = vi.fn();
    const call = createThrottle(act, 100);
    for (let elapsedMs = 0; elapsedMs < 1000; elapsedMs += 10) {
      call();
      vi.advanceTimersByTime(10);
    }
    expect(act.mock.calls.length).toBeLessThanOrEqual(11);
  });
});
