import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type DatePreset, parseDateRange, toDatePreset, toDateRange, toTypedDays } from './date-filter.ts';

afterEach(() => vi.unstubAllEnvs());

const at = (text: string) => new Date(text).getTime();

describe('in Berlin, where clocks went forward on 29 March 2026 and back on 25 October', () => {
  beforeEach(() => vi.stubEnv('TZ', 'Europe/Berlin'));

  it('a day has 23 or 25 hours, and ends where the next begins', () => {
    expect(parseDateRange({ from: '2026-03-29', to: '2026-03-29' })).toEqual({
      createdFrom: at('2026-03-29T00:00+01:00'),
      createdBefore: at('2026-03-30T00:00+02:00'),
    });
    expect(parseDateRange({ from: '2026-10-25', to: '2026-10-25' })).toEqual({
      createdFrom: at('2026-10-25T00:00+02:00'),
      createdBefore: at('2026-10-26T00:00+01:00'),
    });
  });

  it('the last seven days begin at a midnight, whichever time it was then', () => {
    expect(toDateRange('week', at('2026-03-30T12:00+02:00')).createdFrom).toBe(at('2026-03-24T00:00+01:00'));
    expect(toDateRange('today', at('2026-03-29T23:59+02:00')).createdFrom).toBe(at('2026-03-29T00:00+01:00'));
    expect(toDateRange('month', at('2026-10-26T00:30+01:00')).createdFrom).toBe(at('2026-09-27T00:00+02:00'));
  });

  it('what is typed comes back as it was typed', () => {
    for (const day of ['2026-03-28', '2026-03-29', '2026-03-30', '2026-10-25', '2024-02-29', '1999-12-31']) {
      const days = { from: day, to: day };
      const range = parseDateRange(days);
      expect(range === null ? null : toTypedDays(range)).toEqual(days);
    }
  });
});

it('a day that begins at one o’clock begins there', () => {
  vi.stubEnv('TZ', 'Africa/Cairo');
  // Midnight of 24 April 2026 does not exist in Cairo.
  expect(parseDateRange({ from: '2026-04-24', to: '2026-04-24' })).toEqual({
    createdFrom: at('2026-04-24T01:00+03:00'),
    createdBefore: at('2026-04-25T00:00+03:00'),
  });
});

describe('presets', () => {
  const now = at('2026-05-14T15:00Z');

  it.each(['any', 'today', 'week', 'month'] satisfies readonly DatePreset[])(
    '%s is known again',
    (preset) => {
      expect(toDatePreset(toDateRange(preset, now), now)).toBe(preset);
    },
  );

  it('are no presets any more a day later, when they mean other days', () => {
    expect(toDatePreset(toDateRange('week', now), now + 86_400_000)).toBeNull();
  });

  it('are not taken for a range with an end', () => {
    const range = { ...toDateRange('week', now), createdBefore: now };
    expect(toDatePreset(range, now)).toBeNull();
  });
});

describe('parseDateRange', () => {
  it('takes an empty end for none', () => {
    expect(parseDateRange({ from: '', to: '' })).toEqual({ createdFrom: null, createdBefore: null });
    expect(parseDateRange({ from: '2026-05-01', to: '' })?.createdBefore).toBeNull();
  });

  it('refuses crossed ends', () => {
    expect(parseDateRange({ from: '2026-05-02', to: '2026-05-01' })).toBeNull();
  });

  it('passes over years that are still being typed', () => {
    expect(parseDateRange({ from: '0002-05-01', to: '' })).toEqual({
      createdFrom: null,
      createdBefore: null,
    });
  });
});
