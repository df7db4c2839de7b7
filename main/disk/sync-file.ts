import type { DiskFile } from './disk-file.ts';
import { hasCode } from './has-code.ts';

/** What file systems answer that cannot sync, such as some of FUSE and of networks. What they were given, they have. */
const UNSUPPORTED = ['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'];

/**
 * Makes the bytes of a file outlast a power cut, where the file system can; `data` leaves out times and rights. Throws
 * the system's own errors.
 */
export async function syncFile(
  handle: Pick<DiskFile, 'sync' | 'datasync'>,
  what: 'all' | 'data' = 'all',
): Promise<void> {
  try {
    await (what === 'all' ? handle.sync() : handle.datasync());
  } catch (cause) {
    if (!isSyncUnsupported(cause)) throw cause;
  }
}

/** Whether a sync failed because the file system has none, so that nothing is wrong with what was written. */
export function isSyncUnsupported(cause: unknown): boolean {
  return hasCode(cause, ...UNSUPPORTED);
}
