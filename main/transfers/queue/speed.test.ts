import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSpeed } from './speed.ts';

describe('the speed', () => {
  it('is 0 before anything has moved', () => {
    expect(createSpeed().bytesPerSecond(0)).toBe(0);
  });

  it('is what moves a second, after a while of steady work', () => {
    const speed = createSpeed();
    for (let now = 0; now <= 20_000; now += 50) speed.add(50, now);
    expect(speed.bytesPerSecond(20_000)).toBeGreaterThan(950);
    expect(speed.bytesPerSecond(20_000)).toBeLessThan(1060);
  });

  it('does not take the first moment for a whole second, nor for less than one', () => {
    const speed = createSpeed();
    speed.add(1000, 0);
    expect(speed.bytesPerSecond(1)).toBe(1000);
    speed.add(1000, 2000);
    expect(speed.bytesPerSecond(2000)).toBe(1000);
  });

  it.each([200, 2000, 4000])(
    'is what comes a second when a piece comes every %i ms, from the first one on',
    (everyMs) => {
      const speed = createSpeed();
      speed.begin(0);
      for (let now = everyMs; now <= 40_000; now += everyMs) {
        speed.add(20 * everyMs, now);
        if (now >= 1000) expect(speed.bytesPerSecond(now)).toBeGreaterThanOrEqual(15_000);
        expect(speed.bytesPerSecond(now)).toBeLessThanOrEqual(32_000);
      }
    },
  );

  it('begins anew with a transfer that comes after a rest, and not with one that comes beside another', () => {
    const speed = createSpeed();
    speed.begin(0);
    speed.add(1000, 2000);
    speed.begin(2000);
    expect(speed.bytesPerSecond(2000)).toBe(500);
    speed.begin(60_000);
    speed.add(1000, 62_000);
    expect(speed.bytesPerSecond(62_000)).toBe(500);
  });

  it('falls to 0 within five seconds of a stall', () => {
    const speed = createSpeed();
    for (let now = 0; now <= 10_000; now += 100) speed.add(1_000_000, now);
    const during = speed.bytesPerSecond(10_000);
    const after = speed.bytesPerSecond(12_500);
    expect(after).toBeGreaterThan(0);
    expect(after).toBeLessThan(during);
    expect(speed.bytesPerSecond(15_001)).toBe(0);
  });

  it('never tells of more than has moved in its window, nor of less than nothing', () => {
    const moves = fc.array(fc.record({ bytes: fc.nat({ max: 1e8 }), afterMs: fc.nat({ max: 3000 }) }));
    fc.assert(
      fc.property(moves, (list) => {
        const speed = createSpeed();
        let now = 0;
        let total = 0;
        for (const { bytes, afterMs } of list) {
          now += afterMs;
          total += bytes;
          speed.add(bytes, now);
          const told = speed.bytesPerSecond(now);
          expect(told).toBeGreaterThanOrEqual(0);
          expect(told).toBeLessThanOrEqual(total);
        }
      }),
    );
  });
});
