import { type AppError, AppFailure } from '#app/errors.ts';
import { hasCode } from '../../disk/has-code.ts';

/** Waits for work on the folder that is saved to. Throws `AppFailure` for what the file system refuses. */
export async function onDisk<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (cause) {
    const error = toDiskError(cause);
    throw error === null ? cause : new AppFailure(error, { cause });
  }
}

/** Gives what a failure of the file system means for a save; null for any other failure. */
function toDiskError(cause: unknown): AppError | null {
  if (!(cause instanceof Error && 'syscall' in cause)) return null;
  if (hasCode(cause, 'ENOSPC', 'EDQUOT')) return { code: 'diskFull' };
  // A name is looked up in a folder, so this is the folder.
  if (hasCode(cause, 'ENOENT', 'ENOTDIR')) return { code: 'folderMissing' };
  if (hasCode(cause, 'ENAMETOOLONG', 'EINVAL', 'EILSEQ')) return { code: 'nameNotAllowed' };
  return { code: 'folderUnwritable' };
}
