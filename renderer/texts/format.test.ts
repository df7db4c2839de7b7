import { describe, expect, it } from 'vitest';
import {
  formatBytes,
  formatCountdown,
  formatDays,
  formatDuration,
  formatElapsed,
  formatFacts,
  formatPercent,
  formatRelativeDate,
  formatSize,
  formatSpeed,
  formatTimeLeft,
  parseCount,
  plural,
} from './format.ts';
import { chooseLocale } from './locale.ts';

const NOON = new Date(2026, 5, 15, 12, 0, 0).getTime();
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('formatSize', () => {
  it.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [1023, '1,023 bytes'],
    [1024, '1 KiB'],
    [24_576, '24 KiB'],
    [1_048_575, '1 MiB'],
    [1_047_552, '1,023 KiB'],
    [104_857_600, '100 MiB'],
    [104_857_601, '100 MiB'],
    [10_737_418_240, '10 GiB'],
    [1_234_567, '1.18 MiB'],
  ])('%i bytes are %s', (sizeBytes, words) => {
    expect(formatSize(sizeBytes).replace('\u00A0', ' ')).toBe(words);
  });
});

describe('formatBytes', () => {
  it('is exact', () => {
    expect(formatBytes(104_857_600)).toBe('104,857,600 bytes');
  });
});

describe('formatRelativeDate', () => {
  it.each([
    [-MINUTE, 'now'],
    [10_000, 'now'],
    [5 * MINUTE + 1, '5 minutes ago'],
    [3 * HOUR, '3 hours ago'],
    [13 * HOUR, 'yesterday'],
    [3 * 24 * HOUR, '3 days ago'],
    [9 * 24 * HOUR, 'Jun 6, 2026'],
    [-48 * HOUR, 'Jun 17, 2026'],
  ])('%i ms before noon is %s', (age, words) => {
    expect(formatRelativeDate(NOON - age, NOON)).toBe(words);
  });

  it('is yesterday after midnight however few hours ago', () => {
    const midnight = new Date(2026, 5, 15, 0, 0, 0).getTime();
    expect(formatRelativeDate(midnight - 2 * HOUR, midnight + HOUR)).toBe('yesterday');
  });
});

describe('formatDuration', () => {
  it('rounds up, so that nobody tries too early', () => {
    expect(formatDuration(0)).toBe('1 second');
    expect(formatDuration(1001)).toBe('2 seconds');
    expect(formatDuration(121_000)).toBe('3 minutes');
    expect(formatDuration(239 * MINUTE)).toBe('4 hours');
  });
});

describe('formatCountdown and formatElapsed', () => {
  it.each([
    [0, '0 s', '0 s'],
    [400, '1 s', '0 s'],
    [14_000, '14 s', '14 s'],
    [59_500, '1 min', '59 s'],
    [125_000, '2 min 5 s', '2 min 5 s'],
    [3_720_000, '1 h 2 min', '1 h 2 min'],
    [86_399_000, '24 h', '23 h 59 min 59 s'],
    [-5000, '0 s', '0 s'],
  ])('%i ms are %s to wait and %s that have passed', (ms, left, passed) => {
    expect(formatCountdown(ms).replaceAll('\u00A0', ' ')).toBe(left);
    expect(formatElapsed(ms).replaceAll('\u00A0', ' ')).toBe(passed);
  });
});

describe('formatTimeLeft', () => {
  it.each([
    [0, '5 sec'],
    [21_000, '25 sec'],
    [59_999, '60 sec'],
    [60_001, '2 min'],
    [3_599_999, '60 min'],
    [3_600_000, '1 hr'],
    [5_000_000, '1.5 hr'],
  ])('%i ms are %s', (ms, words) => {
    expect(formatTimeLeft(ms)).toBe(words);
  });
});

describe('formatSpeed', () => {
  it('is a size a second', () => {
    expect(formatSpeed(1_258_291.2).replace('\u00A0', ' ')).toBe('1.2 MiB/s');
  });
});

describe('plural', () => {
  it('chooses the form and groups the count', () => {
    const forms = { one: '# file', other: '# files' };
    expect(plural(1, forms)).toBe('1 file');
    expect(plural(1234, forms)).toBe('1,234 files');
  });

  it('leaves a number sign in a name alone', () => {
    expect(plural(2, { other: '# were skipped (#1, $&)' })).toBe('2 were skipped (#1, $&)');
  });
});

describe('parseCount', () => {
  it.each([
    ['12431', 12_431],
    ['12,431', 12_431],
    [' 12 431\n', 12_431],
    ['12\u202f431', 12_431],
    ['0', 0],
    ['１２，４３１', 12_431],
    ['１２４３１　', 12_431],
    ['١٢٤٣١', 12_431],
    ['१२४३१', 12_431],
    ['', null],
    ['12431x', null],
    ['12.5', null],
    ['-1', null],
    ['1e3', null],
    ['9'.repeat(16), null],
  ])('%j is %s', (text, count) => {
    expect(parseCount(text)).toBe(count);
  });
});

describe('formatDays', () => {
  it('says a range, and one day by itself', () => {
    expect(formatDays(NOON, NOON + HOUR)).toBe('Jun 15, 2026');
    expect(formatDays(NOON, NOON + 48 * HOUR)).toMatch(/^Jun 15\s–\s17, 2026$/);
  });
});

describe('formatPercent', () => {
  it.each([
    [0, '0%'],
    [0.328, '33%'],
    [0.9999, '99%'],
    [1, '100%'],
    [1.2, '120%'],
  ])('%s is %s', (share, text) => {
    expect(formatPercent(share)).toBe(text);
  });
});

describe('formatFacts', () => {
  it('puts facts side by side', () => {
    expect(formatFacts(['3 done', '1 failed', '2 queued'])).toBe('3 done, 1 failed, 2 queued');
  });
});

describe('chooseLocale', () => {
  it('keeps the region of a language that the catalogue has', () => {
    expect(chooseLocale(['de-DE', 'en-GB', 'en'])).toBe('en-GB');
  });

  it('falls back to English', () => {
    expect(chooseLocale(['de-DE', 'fr'])).toBe('en');
    expect(chooseLocale([])).toBe('en');
  });
});
