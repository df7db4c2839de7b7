import { afterEach, describe, expect, it, vi } from 'vitest';
import { parseRetryAfter } from './retry-after.ts';

const parse = (value: string, date?: string) =>
  parseRetryAfter(new Map([['retry-after', value], ...(date ? [['date', date] as const] : [])]));

afterEach(() => vi.useRealTimers());

describe('Retry-After', () => {
  it.each([
    ['7', 7000],
    [' 7 ', 7000],
    ['0', 0],
    ['1.5', 1500],
    ['31536000', 24 * 3_600_000],
  ])('%o is a wait of %i ms', (value, ms) => {
    expect(parse(value)).toBe(ms);
  });

  it.each(['', '-1', '-1.5', 'soon', '1e3', '2026-01', 'Wed, 99 Foo 2026'])(
    '%o asks for no wait that could be kept to',
    (value) => {
      expect(parse(value)).toBeNull();
    },
  );

  it('is none without the header', () => {
    expect(parseRetryAfter(new Map())).toBeNull();
  });

  it('that is a date is compared with the date of the answer, whatever this computer’s clock says', () => {
    vi.useFakeTimers({ now: Date.parse('2031-05-05T00:00:00Z'), toFake: ['Date'] });
    const sentAt = 'Tue, 01 Dec 2026 10:00:00 GMT';
    expect(parse('Tue, 01 Dec 2026 10:01:00 GMT', sentAt)).toBe(60_000);
    expect(parse('Tue, 01 Dec 2026 09:59:00 GMT', sentAt)).toBeNull();
  });

  it('that is a date is compared with this computer’s clock where the answer has no date', () => {
    vi.useFakeTimers({ now: Date.parse('2026-12-01T10:00:00Z'), toFake: ['Date'] });
    expect(parse('Tue, 01 Dec 2026 10:01:00 GMT')).toBe(60_000);
    expect(parse('Tue, 01 Dec 2026 10:01:00 GMT', 'yesterday')).toBe(60_000);
  });
});
