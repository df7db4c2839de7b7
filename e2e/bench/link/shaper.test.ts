import { describe, expect, it } from 'vitest';
import { createShaper, type ShaperClock } from './shaper.ts';

const MBIT = 125_000;
const PIECE = 65_536;

/** A clock that goes on when it is told; each timer comes late by what `lateness` gives. */
function createClock(lateness: () => number = () => 0) {
  let now = 1000;
  const timers: { readonly at: number; readonly run: () => void }[] = [];
  const clock: ShaperClock = {
    now: () => now,
    after: (ms, run) => void timers.push({ at: now + Math.ceil(ms) + lateness(), run }),
  };
  const advance = (untilMs: number) => {
    for (;;) {
      timers.sort((a, b) => a.at - b.at);
      const next = timers[0];
      if (!next || next.at > untilMs) break;
      timers.shift();
      now = Math.max(now, next.at);
      next.run();
    }
    now = untilMs;
  };
  return { clock, advance, now: () => now };
}

const createLateness = () => {
  let turn = 0;
  return () => [0, 3, 0, 7, 1][turn++ % 5] ?? 0;
};

describe.each([
  ['timers that come in time', () => 0],
  ['timers that come late', createLateness()],
])('a direction of a link, with %s', (_, lateness) => {
  it.each([
    [1000 * MBIT, 10],
    [250 * MBIT, 10],
    [10 * MBIT, 50],
  ])('carries %d bytes a second, and each piece %d ms later', (bytesPerSecond, delayMs) => {
    const { clock, advance, now } = createClock(lateness);
    const { openLane } = createShaper({ bytesPerSecond, delayMs, clock });
    const lane = openLane();
    const arrivals: number[] = [];
    for (let piece = 0; piece < 1000; piece += 1) lane.send(PIECE, () => void arrivals.push(now()));
    const startedAt = now();
    const wholeMs = (1000 * PIECE * 1000) / bytesPerSecond;
    advance(startedAt + wholeMs / 2 + delayMs);
    const half = arrivals.length;
    advance(startedAt + 2 * wholeMs + 1000);
    expect(arrivals).toHaveLength(1000);
    expect(half / 500).toBeGreaterThan(0.95);
    expect(half / 500).toBeLessThan(1.03);
    const lastMs = (arrivals.at(-1) ?? 0) - startedAt - delayMs;
    expect(lastMs / wholeMs).toBeGreaterThan(0.97);
    expect(lastMs / wholeMs).toBeLessThan(1.02);
  });

  it('saves nothing up while it is idle', () => {
    const { clock, advance, now } = createClock(lateness);
    const { openLane } = createShaper({ bytesPerSecond: 250 * MBIT, delayMs: 10, clock });
    const lane = openLane();
    advance(now() + 60_000);
    let arrived = 0;
    for (let piece = 0; piece < 100; piece += 1) {
      lane.send(PIECE, () => {
        arrived += 1;
      });
    }
    advance(now() + 10 + (50 * PIECE) / ((250 * MBIT) / 1000));
    expect(arrived).toBeGreaterThan(44);
    // 5 ms of work, which a computer may have kept it from, are made up for.
    expect(arrived).toBeLessThanOrEqual(54);
  });

  it('gives each connection its turn, a small piece too, and keeps the order of each', () => {
    const { clock, advance, now } = createClock(lateness);
    const { openLane } = createShaper({ bytesPerSecond: 1000 * MBIT, delayMs: 10, clock });
    const counts = [0, 0, 0];
    const order: number[] = [];
    for (const index of counts.keys()) {
      const lane = openLane();
      for (let piece = 0; piece < 300; piece += 1) {
        lane.send(PIECE, () => {
          counts[index] = (counts[index] ?? 0) + 1;
          if (index === 0) order.push(piece);
        });
      }
    }
    let smallAt = 0;
    const startedAt = now();
    openLane().send(100, () => {
      smallAt = now();
    });
    advance(startedAt + 100);
    // The first of them had the line to itself for what it makes up for.
    expect(Math.min(...counts)).toBeGreaterThan(50);
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(12);
    expect(smallAt - startedAt).toBeLessThan(10 + 8 + 4);
    expect(order).toEqual(order.toSorted((a, b) => a - b));
  });
});
