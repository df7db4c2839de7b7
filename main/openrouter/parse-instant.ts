/** RFC 3339, and what servers write in its place: small letters, a space, no seconds, an offset without its colon, or none. */
const INSTANT =
  /^(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?(?: ?(?:[Zz]|([+-])(\d\d)(?::?(\d\d))?))?)?$/;

/** Length of the form that the server writes: `2026-08-25T00:00:00Z`. */
const PLAIN_LENGTH = 20;

/** Numbers below this are seconds, as in the OpenAI shape (contract, section 2); those above would be of the year 5138. */
const FIRST_MILLISECONDS = 1e11;

/** The last instant that a `Date` can hold, in milliseconds since the epoch. */
const LAST_INSTANT = 8.64e15;

/**
 * Reads a date and time, leniently, as a file must not be lost for how its date is written: without an offset it is
 * taken for UTC, a leap second for the next one. Gives milliseconds since the epoch, null for what is no date and for
 * days that no calendar has.
 */
export function parseInstant(value: unknown): number | null {
  if (typeof value === 'number') return parseNumber(value);
  if (typeof value !== 'string') return null;
  return (value.length === PLAIN_LENGTH ? parsePlain(value) : null) ?? parseAny(value.trim());
}

function parseNumber(value: number): number | null {
  const milliseconds = Math.abs(value) < FIRST_MILLISECONDS ? value * 1000 : value;
  return Math.abs(milliseconds) <= LAST_INSTANT ? Math.trunc(milliseconds) : null;
}

/** Reads the server's own form, character by character: a listing has one for each row. */
function parsePlain(text: string): number | null {
  const isFormed =
    text.charCodeAt(4) === 0x2d &&
    text.charCodeAt(7) === 0x2d &&
    text.charCodeAt(10) === 0x54 &&
    text.charCodeAt(13) === 0x3a &&
    text.charCodeAt(16) === 0x3a &&
    text.charCodeAt(19) === 0x5a;
  if (!isFormed) return null;
  const year = readPair(text, 0) * 100 + readPair(text, 2);
  const day = toDay(year, readPair(text, 5), readPair(text, 8));
  const time = toTime(readPair(text, 11), readPair(text, 14), readPair(text, 17));
  return day === null || time === null ? null : day + time;
}

function parseAny(text: string): number | null {
  const match = INSTANT.exec(text);
  if (!match) return null;
  const [, year, month, dayOfMonth, hour = '0', minute = '0', second = '0', fraction = '', sign, ...offsets] =
    match;
  const [offsetHour = '0', offsetMinute = '0'] = offsets;
  const day = toDay(Number(year), Number(month), Number(dayOfMonth));
  const time = toTime(Number(hour), Number(minute), Number(second));
  const offset = sign === undefined ? 0 : toTime(Number(offsetHour), Number(offsetMinute), 0);
  if (day === null || time === null || offset === null) return null;
  const milliseconds = Number(fraction.slice(0, 3).padEnd(3, '0'));
  return day + time + milliseconds - (sign === '-' ? -offset : offset);
}

/** Gives NaN for anything but two digits. */
function readPair(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 0x30;
  const ones = text.charCodeAt(at + 1) - 0x30;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

let lastDay = { key: -1, milliseconds: 0 };

/** Gives the start of a day; null for one that there is not. Rows of a listing are mostly of the day of the row before. */
function toDay(year: number, month: number, dayOfMonth: number): number | null {
  const key = (year * 100 + month) * 100 + dayOfMonth;
  if (key === lastDay.key) return lastDay.milliseconds;
  const isDay = month >= 1 && month <= 12 && dayOfMonth >= 1 && dayOfMonth <= 31 && year >= 0;
  if (!isDay) return null;
  // `Date.UTC` takes years below 100 for those of the twentieth century.
  const date = new Date(0);
  const milliseconds = date.setUTCFullYear(year, month - 1, dayOfMonth);
  if (date.getUTCDate() !== dayOfMonth) return null;
  lastDay = { key, milliseconds };
  return milliseconds;
}

function toTime(hour: number, minute: number, second: number): number | null {
  const isTime = hour >= 0 && hour <= 23 && minute >= 0 && minute <= 59 && second >= 0 && second <= 60;
  return isTime ? ((hour * 60 + minute) * 60 + second) * 1000 : null;
}
