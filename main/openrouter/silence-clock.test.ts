import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createSilenceClock } from './silence-clock.ts';

const LIMITS = { headMs: 60, silenceMs: 30, totalMs: 150, isContent: false };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function start(limits = LIMITS) {
  const onTimeout = vi.fn();
  return { onTimeout, clock: createSilenceClock(limits, onTimeout) };
}

/** Lets a piece come every 20 ms. */
function trickle({ clock }: ReturnType<typeof start>, totalMs: number) {
  for (let ms = 0; ms < totalMs; ms += 20) {
    vi.advanceTimersByTime(20);
    clock.noteBytes();
  }
}

describe('an answer', () => {
  it('may take until its head as long as a connection and silence together', () => {
    const { onTimeout } = start();
    vi.advanceTimersByTime(59);
    expect(onTimeout).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(onTimeout).toHaveBeenCalledOnce();
  });

  it('may be silent between two parts for a while', () => {
    const started = start();
    started.clock.noteHead(true);
    trickle(started, 100);
    expect(started.onTimeout).not.toHaveBeenCalled();
    vi.advanceTimersByTime(30);
    expect(started.onTimeout).toHaveBeenCalledOnce();
  });

  it('must end in time, unless it brings the content of a file', () => {
    const [listing, content] = [start(), start({ ...LIMITS, isContent: true })];
    for (const started of [listing, content]) started.clock.noteHead(true);
    for (let ms = 0; ms < 200; ms += 20) {
      vi.advanceTimersByTime(20);
      for (const started of [listing, content]) started.clock.noteBytes();
    }
    expect(listing.onTimeout).toHaveBeenCalledOnce();
    expect(content.onTimeout).not.toHaveBeenCalled();
  });

  it('must end in time where an error comes in the place of a content', () => {
    const started = start({ ...LIMITS, isContent: true });
    started.clock.noteHead(false);
    trickle(started, 200);
    expect(started.onTimeout).toHaveBeenCalledOnce();
  });
});

describe('a clock', () => {
  it('stands still while nobody reads', () => {
    const { clock, onTimeout } = start({ ...LIMITS, isContent: true });
    clock.noteHead(true);
    clock.pause();
    vi.advanceTimersByTime(1000);
    expect(onTimeout).not.toHaveBeenCalled();
    clock.resume();
    vi.advanceTimersByTime(30);
    expect(onTimeout).toHaveBeenCalledOnce();
  });

  it('that is stopped never starts again', () => {
    const { clock, onTimeout } = start();
    clock.stop();
    clock.noteBytes();
    clock.resume();
    vi.advanceTimersByTime(1000);
    expect(onTimeout).not.toHaveBeenCalled();
  });
});
