import { type AppError, type AppErrorCode, AppFailure } from '#app/errors.ts';
import type { RemoteFile } from '#app/files/remote-file.ts';

/** The requests that deleting one file may take. */
export interface DeleteOneParts {
  readonly deleteFile: (id: string, signal: AbortSignal) => Promise<void>;
  readonly readFile: (id: string, signal: AbortSignal) => Promise<RemoteFile>;
  readonly toUnexpected: (cause: unknown) => AppError;
}

/** Errors after which the server may have deleted the file all the same. */
const OPEN_OUTCOMES: ReadonlySet<AppErrorCode> = new Set([
  'timedOut',
  'connectionLost',
  'unexpectedAnswer',
  'serverFailed',
  'providerFailed',
]);

/** Deletes one file; null when it is gone, else why it is not. When that is open, the server is asked for the file. */
export async function deleteOne(
  parts: DeleteOneParts,
  id: string,
  signal: AbortSignal,
): Promise<AppError | null> {
  const error = await toError(parts.deleteFile(id, signal), parts);
  // Somebody else was quicker: what was asked for is so.
  if (error === null || error.code === 'notFound') return null;
  if (!OPEN_OUTCOMES.has(error.code)) return error;
  const lookError = await toError(parts.readFile(id, signal), parts);
  if (lookError === null) return error;
  return lookError.code === 'notFound' ? null : { code: 'maybeDeleted' };
}

async function toError(action: Promise<unknown>, { toUnexpected }: DeleteOneParts): Promise<AppError | null> {
  try {
    await action;
    return null;
  } catch (cause) {
    return cause instanceof AppFailure ? cause.error : toUnexpected(cause);
  }
}
