import { describe, expect, it } from 'vitest';
import { type FileFilter, NO_FILTER } from '#app/files/file-query.ts';
import { parseDateRange, toDateRange } from './date-filter.ts';
import { clearFilter, toActiveFilters } from './describe-filter.ts';
import { SIZE_PRESETS } from './size-filter.ts';

const now = new Date(2026, 4, 14, 15).getTime();
const MIB = 1_048_576;

function label(part: Partial<FileFilter>): readonly string[] {
  return toActiveFilters({ ...NO_FILTER, ...part }, now).map((active) =>
    active.label.replaceAll('\u00A0', ' '),
  );
}

describe('toActiveFilters', () => {
  it('finds nothing where nothing narrows, and passes over the search', () => {
    expect(label({ search: 'invoice' })).toEqual([]);
  });

  it('says "the big PDFs from last week" in three', () => {
    const big = { ...NO_FILTER, kinds: ['pdf'], ...SIZE_PRESETS.large, ...toDateRange('week', now) } as const;
    expect(label(big)).toEqual(['PDF', 'Larger than 10 MiB', 'Last 7 days']);
  });

  it.each<readonly [Partial<FileFilter>, string]>([
    [{ isSaveable: true }, 'Can be saved'],
    [{ isSaveable: false }, 'Cannot be saved'],
    [SIZE_PRESETS.small, 'Smaller than 1 MiB'],
    [SIZE_PRESETS.medium, '1 MiB to 10 MiB'],
    [{ minSizeBytes: 5 * MIB }, 'At least 5 MiB'],
    [{ maxSizeBytes: 5 * MIB }, 'At most 5 MiB'],
    [{ minSizeBytes: 5 * MIB, maxSizeBytes: 5 * MIB }, 'Exactly 5 MiB'],
    [toDateRange('today', now), 'Today'],
    [parseDateRange({ from: '2026-05-01', to: '' }) ?? {}, 'Since May 1, 2026'],
    [parseDateRange({ from: '', to: '2026-05-01' }) ?? {}, 'Until May 1, 2026'],
    [parseDateRange({ from: '2026-05-01', to: '2026-05-01' }) ?? {}, 'May 1, 2026'],
  ])('puts %j in words', (part, words) => {
    expect(label(part)).toEqual([words]);
  });

  it('takes each out by itself', () => {
    const filter: FileFilter = {
      ...NO_FILTER,
      search: 'a',
      kinds: ['pdf', 'csv'],
      isSaveable: true,
      ...SIZE_PRESETS.medium,
      ...toDateRange('month', now),
    };
    let rest = filter;
    for (let count = 5; count > 0; count -= 1) {
      const active = toActiveFilters(rest, now);
      expect(active).toHaveLength(count);
      rest = active[0]?.without ?? rest;
    }
    expect(rest).toEqual({ ...NO_FILTER, search: 'a' });
    expect(clearFilter(filter)).toEqual(rest);
  });
});
