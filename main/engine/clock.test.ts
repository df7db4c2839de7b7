import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createSystemClock } from './clock.ts';

const HOUR_MS = 3_600_000;
const signal = () => new AbortController().signal;

describe('the system’s clock', () => {
  let wall: number;
  let slept: number;
  beforeEach(() => {
    vi.useFakeTimers();
    wall = 0;
    slept = 0;
  });
  afterEach(() => void vi.useRealTimers());
  const startedAt = 1_800_000_000_000;
  const create = () => {
    const begin = performance.now();
    const awake = () => performance.now() - begin;
    return createSystemClock({ wall: () => startedAt + awake() + wall + slept, steady: awake });
  };

  it.each([-HOUR_MS, HOUR_MS])('goes on evenly when the computer’s is set by %d ms', async (ms) => {
    const clock = create();
    expect(clock.now()).toBe(startedAt);
    await vi.advanceTimersByTimeAsync(1000);
    wall += ms;
    await vi.advanceTimersByTimeAsync(1000);
    expect(clock.now()).toBe(startedAt + 2000);
  });

  it('counts the time that the computer slept, when it wakes up', () => {
    const clock = create();
    slept += 8 * HOUR_MS;
    clock.noteResume();
    expect(clock.now()).toBe(startedAt + 8 * HOUR_MS);
    wall -= 9 * HOUR_MS;
    clock.noteResume();
    expect(clock.now()).toBe(startedAt + 8 * HOUR_MS);
  });

  it('ends a long wait whose time has passed while the computer slept', async () => {
    const clock = create();
    const ended = vi.fn();
    void clock.sleep(HOUR_MS, signal()).then(ended);
    slept += HOUR_MS - 1000;
    clock.noteResume();
    await vi.advanceTimersByTimeAsync(999);
    expect(ended).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(ended).toHaveBeenCalledOnce();
  });

  it('leaves a person the rest of a short wait, such as the time to undo', async () => {
    const clock = create();
    const ended = vi.fn();
    void clock.sleep(10_000, signal()).then(ended);
    await vi.advanceTimersByTimeAsync(4000);
    slept += HOUR_MS;
    clock.noteResume();
    await vi.advanceTimersByTimeAsync(5999);
    expect(ended).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(ended).toHaveBeenCalledOnce();
  });

  it('waits longer than a timer can, and no longer than wanted', async () => {
    const clock = create();
    const ended = vi.fn();
    const days = 40 * 24 * HOUR_MS;
    void clock.sleep(days, signal()).then(ended);
    await vi.advanceTimersByTimeAsync(days - 1);
    expect(ended).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(ended).toHaveBeenCalledOnce();
  });

  it('ends a wait at an abort, and begins none after it', async () => {
    const clock = create();
    const controller = new AbortController();
    const waiting = clock.sleep(1000, controller.signal);
    controller.abort(new Error('stop'));
    await expect(waiting).rejects.toThrow('stop');
    await expect(clock.sleep(0, controller.signal)).rejects.toThrow('stop');
    expect(vi.getTimerCount()).toBe(0);
  });
});
