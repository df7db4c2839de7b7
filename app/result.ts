import type { AppError } from './errors.ts';

/** What every command answers: a value, or an error as data. Nothing that a person caused is thrown across the bridge. */
export type Result<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly error: AppError };

/** Wraps a value as a successful result. */
export function succeed<Value>(value: Value): Result<Value> {
  return { ok: true, value };
}

/** Wraps an error as a failed result. */
export function fail(error: AppError): Result<never> {
  return { ok: false, error };
}
