import { type AppError, AppFailure } from '#app/errors.ts';
import type { RemoteFile } from '#app/files/remote-file.ts';
import { toRetryPolicy } from '../engine/retry-policy.ts';

/** The requests that deleting one file may take. */
export interface DeleteOneParts {
  readonly deleteFile: (id: string, signal: AbortSignal) => Promise<void>;
  readonly readFile: (id: string, signal: AbortSignal) => Promise<RemoteFile>;
  readonly toUnexpected: (cause: unknown) => AppError;
}

/** What one try to delete a file has come to. */
export type DeleteOutcome =
  | { readonly isGone: true }
  | {
      readonly isGone: false;
      /** What a person is told if nothing else is tried. */
      readonly error: AppError;
      /** What stood in the way last, for the decision what to try next. */
      readonly obstacle: AppError;
    };

/** Tries once to delete one file. When the outcome is open, the server is asked for the file. Never rejects. */
export async function deleteOne(
  parts: DeleteOneParts,
  id: string,
  signal: AbortSignal,
): Promise<DeleteOutcome> {
  const error = await toError(parts.deleteFile(id, signal), parts);
  // Somebody else was quicker: what was asked for is so.
  if (error === null || error.code === 'notFound') return { isGone: true };
  if (!toRetryPolicy(error, 'deletion').isVerified) return { isGone: false, error, obstacle: error };
  const lookError = await toError(parts.readFile(id, signal), parts);
  if (lookError === null) return { isGone: false, error, obstacle: error };
  if (lookError.code === 'notFound') return { isGone: true };
  return { isGone: false, error: { code: 'maybeDeleted' }, obstacle: lookError };
}

async function toError(action: Promise<unknown>, { toUnexpected }: DeleteOneParts): Promise<AppError | null> {
  try {
    await action;
    return null;
  } catch (cause) {
    return cause instanceof AppFailure ? cause.error : toUnexpected(cause);
  }
}
