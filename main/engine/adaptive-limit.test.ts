import { describe, expect, it } from 'vitest';
import { createAdaptiveLimit } from './adaptive-limit.ts';
import { createManualClock } from './manual-clock.ts';

function setUp() {
  const clock = createManualClock();
  const limit = createAdaptiveLimit(clock);
  return {
    clock,
    limit,
    answer: (durationMs: number, count = 1) => {
      for (let index = 0; index < count; index += 1) limit.noteAnswer(durationMs);
    },
  };
}

describe('how many small requests run at once', () => {
  it.each([
    [2, 8],
    [10, 8],
    [15, 12],
    [20, 16],
    [500, 16],
  ])('follows the round trip: of %i ms, %i', (durationMs, expected) => {
    const { limit, answer } = setUp();
    expect(limit.current()).toBe(8);
    answer(durationMs + 400, 31);
    answer(durationMs);
    expect(limit.current()).toBe(expected);
    expect(limit.share()).toBe(1);
  });

  it('is halved by what the server refuses, once a second, and never nothing', async () => {
    const { clock, limit } = setUp();
    const seen: number[] = [];
    for (let round = 0; round < 5; round += 1) {
      for (let count = 0; count < 8; count += 1) limit.noteRefusal();
      seen.push(limit.current());
      await clock.pass(1000);
    }
    expect(seen).toEqual([4, 2, 1, 1, 1]);
    expect(limit.share()).toBe(1 / 8);
  });

  it('grows by one a second while the server answers, and only then', async () => {
    const { clock, limit, answer } = setUp();
    limit.noteRefusal();
    await clock.pass(60_000);
    expect(limit.current()).toBe(4);
    const seen: number[] = [];
    for (let second = 0; second < 6; second += 1) {
      answer(10, 50);
      seen.push(limit.current());
      await clock.pass(1000);
    }
    expect(seen).toEqual([5, 6, 7, 8, 8, 8]);
  });
});
