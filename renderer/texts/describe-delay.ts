import type { AppError } from '#app/errors.ts';
import { countMidnights, formatClock, formatDay, formatDuration, formatTime } from './format.ts';
import { texts } from './texts.ts';

const HOUR_MS = 3_600_000;

/**
 * Says when a wait of so many milliseconds is over: "in 12 minutes", "in 4 hours, at 2:34 PM", "tomorrow at 8:34 AM", and
 * with the date beyond that. `now` is in milliseconds since the epoch.
 */
export function describeDelay(leftMs: number, now: number = Date.now()): string {
  const words = texts.messages.wait;
  if (leftMs <= 0) return words.over;
  const duration = formatDuration(leftMs);
  if (leftMs < HOUR_MS) return words.inTime(duration);
  const at = now + leftMs;
  const time = formatClock(at);
  switch (countMidnights(now, at)) {
    case 0:
      return words.today(duration, time);
    case 1:
      return words.tomorrow(time);
    default:
      return words.later(formatDay(at), time);
  }
}

/** Says when something happens next: "at 2:34:09 PM", "tomorrow at 8:34 AM", and with the date beyond that. */
export function describeTime(at: number, now: number = Date.now()): string {
  const words = texts.messages.wait;
  switch (countMidnights(now, at)) {
    case 0:
      return words.at(formatTime(at));
    case 1:
      return words.tomorrow(formatClock(at));
    default:
      return words.later(formatDay(at), formatClock(at));
  }
}

/** How long the server asked to wait, in milliseconds; null when it did not. */
export function toDelayMs(error: AppError): number | null {
  return 'retryAfterMs' in error ? error.retryAfterMs : null;
}

/** Gives an error as it is some milliseconds after it came: what it asks to wait is less by then. */
export function toErrorAfter(error: AppError, elapsedMs: number): AppError {
  if (!('retryAfterMs' in error) || error.retryAfterMs === null) return error;
  return { ...error, retryAfterMs: Math.max(0, error.retryAfterMs - elapsedMs) };
}
