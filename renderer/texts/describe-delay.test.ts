import { expect, it } from 'vitest';
import { describeDelay, toErrorAfter } from './describe-delay.ts';

const NOON = new Date(2026, 5, 15, 12, 0, 0).getTime();
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

it.each([
  [0, 'now'],
  [30_000, 'in 30 seconds'],
  [90_000, 'in 90 seconds'],
  [12 * MINUTE, 'in 12 minutes'],
  [239 * MINUTE, 'in 4 hours, at 3:59 PM'],
  [20 * HOUR + 34 * MINUTE, 'tomorrow at 8:34 AM'],
  [30 * HOUR, 'tomorrow at 6:00 PM'],
  [48 * HOUR, 'on Jun 17, 2026 at 12:00 PM'],
])('a wait of %i ms is over %s', (leftMs, words) =>
  expect(describeDelay(leftMs, NOON).replaceAll('\u202F', ' ')).toBe(words),
);

it('a wait gets shorter as the time goes by', () => {
  const error = { code: 'rateLimited', retryAfterMs: 30_000 } as const;
  expect(toErrorAfter(error, 12_000)).toEqual({ code: 'rateLimited', retryAfterMs: 18_000 });
  expect(toErrorAfter(error, 99_000)).toEqual({ code: 'rateLimited', retryAfterMs: 0 });
  expect(toErrorAfter({ code: 'offline' }, 1)).toEqual({ code: 'offline' });
});
