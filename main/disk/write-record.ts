import writeFileAtomic from 'write-file-atomic';
import { isSyncUnsupported } from './sync-file.ts';

/**
 * Puts a record of the app in the place of the one before, whole or not at all and for this user alone; synced where the
 * file system can. Throws the system's own errors.
 */
export async function writeRecord(path: string, content: string | Buffer): Promise<void> {
  const options = { mode: 0o600 };
  try {
    await writeFileAtomic(path, content, options);
  } catch (cause) {
    if (!isFailedSync(cause)) throw cause;
    await writeFileAtomic(path, content, { ...options, fsync: false });
  }
}

/** The same at once, for what is written as the app ends. */
export function writeRecordSync(path: string, content: string): void {
  const options = { mode: 0o600 };
  try {
    writeFileAtomic.sync(path, content, options);
  } catch (cause) {
    if (!isFailedSync(cause)) throw cause;
    writeFileAtomic.sync(path, content, { ...options, fsync: false });
  }
}

function isFailedSync(cause: unknown): boolean {
  return (
    cause instanceof Error && 'syscall' in cause && cause.syscall === 'fsync' && isSyncUnsupported(cause)
  );
}
