import type { AppError } from '#app/errors.ts';
import { toDelayMs } from '../texts/describe-delay.ts';
import { describeError, type Operation } from '../texts/describe-error.ts';
import { readMainClock } from './main-clock.ts';
import { messages } from './message-store.ts';

/** Shows an error as an alert that stays until it is dismissed; a person who cancelled needs no telling. */
export function showError(error: AppError, operation: Operation): void {
  if (error.code === 'cancelled') return;
  const { title, meaning, action, quote } = describeError(error, operation);
  const waitMs = toDelayMs(error);
  messages.show({
    id: `error:${operation}:${error.code}`,
    tone: 'alert',
    title,
    details: quote === null ? [meaning, action] : [meaning, action, quote],
    ...(waitMs === null ? {} : { dueAt: readMainClock() + waitMs }),
    isBrief: false,
  });
}
