import { useRef } from 'react';
import type { AppError } from '#app/errors.ts';
import { toDelayMs, toErrorAfter } from '../texts/describe-delay.ts';
import { describeError, type ErrorDescription, type Operation } from '../texts/describe-error.ts';
import { useTicking } from './clock.ts';
import { readMainClock } from './main-clock.ts';

/**
 * Puts an error in words and counts down what it asks to wait, as a time that stands still may be over when it is read.
 * `cameAt` is in milliseconds since the epoch, on main's clock; unless it is known, the error came when it is first shown.
 */
export function useErrorWords(error: AppError, operation: Operation, cameAt?: number): ErrorDescription {
  const shownAt = useShownAt(error);
  const since = cameAt ?? shownAt;
  const read = (now: number) => describeError(toErrorAfter(error, now - since), operation);
  useTicking((now) => read(now).action, toDelayMs(error) !== null);
  return read(readMainClock());
}

/** By what the error says: main sends the same one again with each state. */
function useShownAt(error: AppError): number {
  const key = JSON.stringify(error);
  const shown = useRef({ key, at: readMainClock() });
  if (shown.current.key !== key) shown.current = { key, at: readMainClock() };
  return shown.current.at;
}
