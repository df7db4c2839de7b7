import { AppFailure } from '#app/errors.ts';
import { hasCode } from '../../disk/has-code.ts';

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
