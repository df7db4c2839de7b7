import { expect, it } from 'vitest';
import { isWithinLimit, toMedian, toPercentile } from './figures.ts';

it.each([
  [[5], 95, 5],
  [[3, 1, 2], 50, 2],
  [Array.from({ length: 100 }, (_, index) => index + 1), 95, 95],
  [Array.from({ length: 60 }, (_, index) => index + 1), 95, 57],
  [[1, 2], 100, 2],
])('of %j the percentile %i is %d', (values, percent, expected) => {
  expect(toPercentile(values, percent)).toBe(expected);
});

it('gives the middle of an even number of values', () => expect(toMedian([4, 1, 3, 2])).toBe(2.5));

it('takes nothing for a figure of nothing', () => {
  expect(() => toPercentile([], 95)).toThrow();
  expect(() => toMedian([])).toThrow();
});

it('takes what is no number, and what is invalid, for over the limit', () => {
  const figure = { name: 'n', limit: 1, unit: 'ms', reference: null, samples: [], detail: '', invalid: null };
  expect(isWithinLimit({ ...figure, value: 1 })).toBe(true);
  expect(isWithinLimit({ ...figure, value: Number.NaN })).toBe(false);
  expect(isWithinLimit({ ...figure, value: 0, invalid: 'broken' })).toBe(false);
  expect(isWithinLimit({ ...figure, limit: null, value: 5 })).toBe(true);
  expect(isWithinLimit({ ...figure, limit: null, value: Number.NaN })).toBe(false);
});
