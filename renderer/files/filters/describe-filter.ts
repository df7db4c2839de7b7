import { type FileFilter, NO_FILTER } from '#app/files/file-query.ts';
import { formatDays, formatSize } from '../../texts/format.ts';
import { texts } from '../../texts/texts.ts';
import { type DateRange, PRESET_DAYS, toDatePreset } from './date-filter.ts';
import { LARGE_ABOVE_BYTES, type SizeRange, SMALL_BELOW_BYTES, toSizePreset } from './size-filter.ts';

/** One thing that narrows the files in view. */
export interface ActiveFilter {
  readonly id: string;
  readonly label: string;
  /** The filter without it. */
  readonly without: FileFilter;
}

/** Gives everything that narrows the files, the search excepted, each with its words. */
export function toActiveFilters(filter: FileFilter, now: number): readonly ActiveFilter[] {
  const { kinds, isSaveable } = filter;
  const kindFilters = kinds.map((kind) => ({
    id: `kind:${kind}`,
    label: texts.files.kinds[kind],
    without: { ...filter, kinds: kinds.filter((other) => other !== kind) },
  }));
  const size = describeSize(filter);
  const created = describeDates(filter, now);
  const words = texts.filters.saveable;
  return [
    ...kindFilters,
    ...(isSaveable === null
      ? []
      : [
          {
            id: 'saveable',
            label: isSaveable ? words.yes : words.no,
            without: { ...filter, isSaveable: null },
          },
        ]),
    ...(size === null
      ? []
      : [{ id: 'size', label: size, without: { ...filter, minSizeBytes: null, maxSizeBytes: null } }]),
    ...(created === null
      ? []
      : [{ id: 'created', label: created, without: { ...filter, createdFrom: null, createdBefore: null } }]),
  ];
}

/** Takes everything out of a filter but the search, which has a field and a button of its own. */
export function clearFilter({ search }: FileFilter): FileFilter {
  return { ...NO_FILTER, search };
}

function describeSize({ minSizeBytes, maxSizeBytes }: SizeRange): string | null {
  const words = texts.filters.size;
  const preset = toSizePreset({ minSizeBytes, maxSizeBytes });
  if (preset === 'any') return null;
  if (preset === 'small') return words.small(formatSize(SMALL_BELOW_BYTES));
  if (preset === 'large') return words.large(formatSize(LARGE_ABOVE_BYTES));
  if (minSizeBytes === null) return words.atMost(formatSize(maxSizeBytes ?? 0));
  if (maxSizeBytes === null) return words.atLeast(formatSize(minSizeBytes));
  if (minSizeBytes === maxSizeBytes) return words.exactly(formatSize(minSizeBytes));
  return words.medium(formatSize(minSizeBytes), formatSize(maxSizeBytes));
}

function describeDates({ createdFrom, createdBefore }: DateRange, now: number): string | null {
  const words = texts.filters.created;
  const preset = toDatePreset({ createdFrom, createdBefore }, now);
  if (preset === 'any') return null;
  if (preset === 'today') return words.today;
  if (preset !== null) return words.lastDays(PRESET_DAYS[preset]);
  if (createdBefore === null) return words.since(formatDays(createdFrom ?? 0, createdFrom ?? 0));
  const last = createdBefore - 1;
  return createdFrom === null ? words.until(formatDays(last, last)) : formatDays(createdFrom, last);
}
