import type { FileFilter } from '#app/files/file-query.ts';

/** The part of a filter that is about dates, in milliseconds since the epoch, the start included and the end not; null: no bound. */
export type DateRange = Pick<FileFilter, 'createdFrom' | 'createdBefore'>;

/** How many days the presets go back, the day they are chosen on included. */
export const PRESET_DAYS = { today: 1, week: 7, month: 30 } as const;

export type DatePreset = 'any' | keyof typeof PRESET_DAYS;

/** A range of days as inputs of type `date` give them, both days included; empty for no bound. */
export interface TypedDays {
  readonly from: string;
  readonly to: string;
}

/** What is typed digit by digit passes through years that nobody means. */
const FIRST_YEAR = 1970;

/** Gives the range of a preset on the day of `now`, by this computer's calendar. */
export function toDateRange(preset: DatePreset, now: number): DateRange {
  if (preset === 'any') return { createdFrom: null, createdBefore: null };
  return { createdFrom: toMidnight(now, 1 - PRESET_DAYS[preset]), createdBefore: null };
}

/** Tells which preset a range is on the day of `now`; null when it is none. */
export function toDatePreset({ createdFrom, createdBefore }: DateRange, now: number): DatePreset | null {
  if (createdBefore !== null) return null;
  const isThis = (preset: DatePreset) => toDateRange(preset, now).createdFrom === createdFrom;
  return (['any', 'today', 'week', 'month'] as const).find(isThis) ?? null;
}

/** Gives the days of a range, the last one being the last that has a part in it. */
export function toTypedDays({ createdFrom, createdBefore }: DateRange): TypedDays {
  return {
    from: createdFrom === null ? '' : toDay(createdFrom),
    to: createdBefore === null ? '' : toDay(createdBefore - 1),
  };
}

/** Reads a range of days: it begins with the first one and ends with the end of the last. Null when its ends are crossed. */
export function parseDateRange({ from, to }: TypedDays): DateRange | null {
  const createdFrom = parseDay(from);
  const lastDay = parseDay(to);
  if (createdFrom !== null && lastDay !== null && createdFrom > lastDay) return null;
  return { createdFrom, createdBefore: lastDay === null ? null : toMidnight(lastDay, 1) };
}

/** The beginning of the day that is so many days after that of `at`: days are 23 or 25 hours long where clocks change. */
function toMidnight(at: number, days: number): number {
  const date = new Date(at);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days).getTime();
}

function toDay(at: number): string {
  const date = new Date(at);
  const pad = (value: number, length: number) => String(value).padStart(length, '0');
  return [pad(date.getFullYear(), 4), pad(date.getMonth() + 1, 2), pad(date.getDate(), 2)].join('-');
}

function parseDay(day: string): number | null {
  const [year, month, date] = day.split('-').map(Number);
  if (year === undefined || month === undefined || date === undefined || year < FIRST_YEAR) return null;
  const at = new Date(year, month - 1, date).getTime();
  return Number.isNaN(at) ? null : at;
}
