import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BACK_OFF, toBackOff } from './back-off.ts';

describe('the wait before another attempt', () => {
  it('doubles up to its limit', () => {
    const waits = [1, 2, 3, 4, 7, 100].map((attempts) => toBackOff(attempts, BACK_OFF, () => 0.5));
    expect(waits).toEqual([1000, 2000, 4000, 8000, 60_000, 60_000]);
    expect(toBackOff(3, { firstMs: 2000, maxMs: 30_000 }, () => 0.5)).toBe(8000);
  });

  it('is spread by a fifth to both sides, and never no wait', () => {
    fc.assert(
      fc.property(fc.nat({ max: 2000 }), fc.double({ min: 0, max: 1, noNaN: true }), (attempts, chance) => {
        const middle = toBackOff(attempts, BACK_OFF, () => 0.5);
        const wait = toBackOff(attempts, BACK_OFF, () => chance);
        expect(wait).toBeGreaterThanOrEqual(Math.floor(middle * 0.8));
        expect(wait).toBeLessThanOrEqual(Math.ceil(middle * 1.2));
        expect(wait).toBeGreaterThan(0);
      }),
    );
  });
});
