import { AppFailure } from '#app/errors.ts';

/** Whether a failure of the file system has one of these codes, such as `EEXIST`. */
export function hasCode(cause: unknown, ...codes: readonly string[]): boolean {
  return cause instanceof Error && 'code' in cause && codes.includes(String(cause.code));
}

/**
 * Waits for work on the folder that is saved to. Throws `AppFailure` with `diskFull` or `folderUnwritable` for what the
 * file system refuses.
 */
export async function onDisk<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (cause) {
    if (hasCode(cause, 'ENOSPC', 'EDQUOT')) throw new AppFailure({ code: 'diskFull' }, { cause });
    if (cause instanceof Error && 'syscall' in cause)
      throw new AppFailure({ code: 'folderUnwritable' }, { cause });
    throw cause;
  }
}
