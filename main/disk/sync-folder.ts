import { open } from 'node:fs/promises';
import type { DiskFile } from './disk-file.ts';
import { hasCode } from './has-code.ts';
import { isSyncUnsupported } from './sync-file.ts';

/** A folder that is open. */
type OpenFolder = Pick<DiskFile, 'sync' | 'close'>;

/**
 * Makes the names in a folder outlast a power cut, where the system can; `openFolder` opens it for reading. Throws the
 * system's own errors.
 */
export async function syncFolder(
  folder: string,
  openFolder: (folder: string) => Promise<OpenFolder> = (path) => open(path, 'r'),
): Promise<void> {
  // Windows opens no folders as files; NTFS journals names by itself.
  if (process.platform === 'win32') return;
  const opened = await openFolder(folder).catch(passOverUnreadable);
  try {
    await opened?.sync();
  } catch (cause) {
    // Some network file systems sync no folders.
    if (!isSyncUnsupported(cause) && !hasCode(cause, 'EBADF')) throw cause;
  } finally {
    await opened?.close();
  }
}

/** Of a folder that may be written to but not read: there is no other way to sync it. */
function passOverUnreadable(cause: unknown): null {
  if (hasCode(cause, 'EACCES', 'EPERM')) return null;
  throw cause;
}
