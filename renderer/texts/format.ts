import { locale } from './locale.ts';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const countFormat = new Intl.NumberFormat(locale);
const bytesFormat = new Intl.NumberFormat(locale, { style: 'unit', unit: 'byte', unitDisplay: 'long' });
const binaryFormat = new Intl.NumberFormat(locale, { maximumSignificantDigits: 3 });
const largeBinaryFormat = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
const relativeFormat = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
const dayFormat = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
const instantFormat = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'medium' });
const timeFormat = new Intl.DateTimeFormat(locale, { timeStyle: 'medium' });
const clockFormat = new Intl.DateTimeFormat(locale, { timeStyle: 'short' });
const percentFormat = new Intl.NumberFormat(locale, { style: 'percent' });
const momentFormat = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
const secondsFormat = new Intl.NumberFormat(locale, { style: 'unit', unit: 'second', unitDisplay: 'long' });
const minutesFormat = new Intl.NumberFormat(locale, { style: 'unit', unit: 'minute', unitDisplay: 'long' });
const hoursFormat = new Intl.NumberFormat(locale, { style: 'unit', unit: 'hour', unitDisplay: 'long' });
const shortSecondsFormat = new Intl.NumberFormat(locale, { style: 'unit', unit: 'second' });
const shortMinutesFormat = new Intl.NumberFormat(locale, { style: 'unit', unit: 'minute' });
const shortHoursFormat = new Intl.NumberFormat(locale, { style: 'unit', unit: 'hour' });
const groupSeparator =
  countFormat.formatToParts(1_000_000).find(({ type }) => type === 'group')?.value ?? ',';
const pluralRules = new Intl.PluralRules(locale);
const itemsFormat = new Intl.ListFormat(locale, { type: 'unit', style: 'short' });

/** The forms of a sentence by plural category; a language that needs more of them gives more of them. */
export type PluralForms = { readonly other: string } & Partial<Readonly<Record<Intl.LDMLPluralRule, string>>>;

/** Gives a whole number with the locale's grouping. */
export function formatCount(count: number): string {
  return countFormat.format(count);
}

/**
 * Reads a whole number as a person writes it, with or without the locale's grouping; null when it is none. Where the
 * groups stand is not checked: "12431", "12,431" and, with what a copy brings along, "12 431 " are the same number. Input
 * methods write digits of full width or of another script.
 */
export function parseCount(text: string): number | null {
  const typed = text.normalize('NFKC').replaceAll(/\p{Nd}/gu, toAsciiDigit);
  const digits = typed.replaceAll(groupSeparator, '').replaceAll(/[\s\u2019']/g, '');
  return /^\d{1,15}$/.test(digits) ? Number(digits) : null;
}

/** The ten digits of a script stand one behind the other, from zero on. */
function toAsciiDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let zero = code;
  while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String((code - zero) % 10);
}

/** Picks the form for a count and puts the formatted count in the place of `#`. */
export function plural(count: number, forms: PluralForms): string {
  const form = forms[pluralRules.select(count)] ?? forms.other;
  return form.replace('#', () => formatCount(count));
}

/** Gives the exact number of bytes in words, such as "24,576 bytes". */
export function formatBytes(sizeBytes: number): string {
  return bytesFormat.format(sizeBytes);
}

/**
 * Gives a size in the powers of 1,024 that OpenRouter states its limits in (100 MiB, 10 GiB). The number is the
 * locale's; the unit is a symbol of IEC 80000-13, which ECMA-402 has no name for.
 */
export function formatSize(sizeBytes: number): string {
  if (sizeBytes < 1024) return formatBytes(sizeBytes);
  let value = sizeBytes;
  let unit = '';
  for (const next of ['KiB', 'MiB', 'GiB', 'TiB']) {
    // 1,023.95 KiB would be printed as 1,024 KiB: that is a mebibyte.
    if (Math.round(value) < 1024 && unit !== '') break;
    value /= 1024;
    unit = next;
  }
  const number = value < 1000 ? binaryFormat.format(value) : largeBinaryFormat.format(value);
  return `${number}\u00A0${unit}`;
}

/** Says when something was, for a list: "5 minutes ago", "yesterday", and the date from a week on. */
export function formatRelativeDate(at: number, now: number): string {
  const age = now - at;
  // A server's clock may be ahead of this computer's: a file from the next minutes was made just now.
  if (age < -5 * MINUTE_MS) return dayFormat.format(at);
  if (age < MINUTE_MS) return relativeFormat.format(0, 'second');
  if (age < HOUR_MS) return relativeFormat.format(-Math.floor(age / MINUTE_MS), 'minute');
  const days = countMidnights(at, now);
  if (days === 0) return relativeFormat.format(-Math.floor(age / HOUR_MS), 'hour');
  if (days < 7) return relativeFormat.format(-days, 'day');
  return dayFormat.format(at);
}

/** Gives a date and a time in full, with seconds. */
export function formatInstant(at: number): string {
  return instantFormat.format(at);
}

/** Gives the days from one instant to another, both included: "Nov 1 – 4, 2026", and a single one by itself. */
export function formatDays(from: number, to: number): string {
  return dayFormat.formatRange(from, to);
}

/** Gives a day: "Jun 17, 2026". */
export function formatDay(at: number): string {
  return dayFormat.format(at);
}

/** Gives a time of the day to the minute. */
export function formatClock(at: number): string {
  return clockFormat.format(at);
}

/** Gives a time of the day with seconds, for something that happens soon. */
export function formatTime(at: number): string {
  return timeFormat.format(at);
}

/** Gives a share from 0 to 1 in whole per cent; what is below all is never said to be all. */
export function formatPercent(share: number): string {
  return percentFormat.format(share < 1 ? Math.min(share, 0.99) : share);
}

/** Gives a date and a time to the minute, for a list. */
export function formatMoment(at: number): string {
  return momentFormat.format(at);
}

/** Gives a waiting time in whole seconds, rounded up, from two minutes on in minutes, and from two hours on in the nearest hours. */
export function formatDuration(durationMs: number): string {
  const seconds = Math.max(1, Math.ceil(durationMs / SECOND_MS));
  if (seconds < 120) return secondsFormat.format(seconds);
  if (seconds < 7200) return minutesFormat.format(Math.ceil(seconds / 60));
  return hoursFormat.format(Math.round(seconds / 3600));
}

/** Gives how long something will still take, as roughly as that can be known: "25 sec", "3 min", "1.5 hr". */
export function formatTimeLeft(leftMs: number): string {
  if (leftMs < MINUTE_MS)
    return shortSecondsFormat.format(Math.max(1, Math.ceil(leftMs / (5 * SECOND_MS))) * 5);
  if (leftMs < HOUR_MS) return shortMinutesFormat.format(Math.ceil(leftMs / MINUTE_MS));
  return shortHoursFormat.format(Math.ceil((2 * leftMs) / HOUR_MS) / 2);
}

/** Gives the time left until something happens, rounded up: "9 s", "2 min 5 s", and in whole minutes from an hour on. */
export function formatCountdown(leftMs: number): string {
  if (leftMs >= HOUR_MS) return toClock(Math.ceil(leftMs / MINUTE_MS) * 60);
  return toClock(Math.max(0, Math.ceil(leftMs / SECOND_MS)));
}

/** Gives the time since something began, in whole seconds rounded down: "14 s", "2 min 5 s". */
export function formatElapsed(elapsedMs: number): string {
  return toClock(Math.max(0, Math.floor(elapsedMs / SECOND_MS)));
}

/** Gives a speed, such as "1.2 MiB/s". */
export function formatSpeed(bytesPerSecond: number): string {
  return `${formatSize(Math.round(bytesPerSecond))}/s`;
}

/** Puts names or short facts side by side: "3 done, 1 failed". */
export function formatFacts(facts: readonly string[]): string {
  return itemsFormat.format(facts);
}

/** Puts seconds as a clock counts them. The units are symbols of the SI, the same in every language. */
function toClock(seconds: number): string {
  const parts: readonly (readonly [number, string])[] = [
    [Math.floor(seconds / 3600), 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ];
  const shown = parts.filter(([value, unit]) => value > 0 || (unit === 's' && seconds < 60));
  return shown.map(([value, unit]) => `${formatCount(value)}\u00A0${unit}`).join(' ');
}

/** Calendar days between two instants, in this computer's time zone; days that are 23 or 25 hours long count as one. */
export function countMidnights(from: number, to: number): number {
  const startOf = (at: number) => new Date(at).setHours(0, 0, 0, 0);
  return Math.round((startOf(to) - startOf(from)) / DAY_MS);
}
