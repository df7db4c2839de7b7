import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createClock } from './clock.ts';

describe('createClock', () => {
  beforeEach(() => void vi.useFakeTimers({ now: 1000 }));
  afterEach(() => void vi.useRealTimers());

  it('ticks once for all who look, and not at all when nobody does', () => {
    const clock = createClock();
    const [one, other] = [vi.fn(), vi.fn()];
    const leave = [clock.subscribe(one), clock.subscribe(other)];
    expect(vi.getTimerCount()).toBe(1);
    vi.advanceTimersByTime(1000);
    expect(one).toHaveBeenCalledTimes(4);
    expect(other).toHaveBeenCalledTimes(4);
    for (const end of leave) end();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('holds the time between two ticks, so that all show the same', () => {
    const clock = createClock();
    expect(clock.read()).toBe(1000);
    const leave = clock.subscribe(vi.fn());
    vi.advanceTimersByTime(249);
    expect(clock.read()).toBe(1000);
    vi.advanceTimersByTime(1);
    expect(clock.read()).toBe(1250);
    leave();
    vi.advanceTimersByTime(5000);
    expect(clock.read()).toBe(6250);
  });
});
