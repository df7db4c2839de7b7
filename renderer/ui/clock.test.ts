import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createClock } from './clock.ts';

describe('createClock', () => {
  beforeEach(() => void vi.useFakeTimers());
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
});
