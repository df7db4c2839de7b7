import type { ConnectApi } from '#app/contract/connect-contract.ts';
import type { FilesApi } from '#app/contract/files-contract.ts';
import { type AppError, AppFailure } from '#app/errors.ts';
import type { Result } from '#app/result.ts';

declare global {
  interface Window {
    /** Put there by the preload script of the main window, and only there. */
    readonly files: FilesApi;
    /** Put there by the preload script of the connect window, and only there. */
    readonly connect: ConnectApi;
  }
}

/** Takes the value out of an answer of main; throws an {@link AppFailure} when it is an error, as queries want it. */
export async function unwrap<Value>(answer: Promise<Result<Value>>): Promise<Value> {
  const result = await answer;
  if (result.ok) return result.value;
  throw new AppFailure(result.error);
}

/** Gives the error that a query or a command threw; what did not come from main is a fault of the window itself. */
export function toAppError(thrown: unknown): AppError {
  return thrown instanceof AppFailure ? thrown.error : { code: 'unexpected', errorId: 'window' };
}
