import { type FileHandle, open } from 'node:fs/promises';
import { hasCode } from './has-code.ts';
import { isSyncUnsupported } from './sync-file.ts';

/** Makes the names in a folder outlast a power cut, where the system can. Throws the system's own errors. */
export async function syncFolder(folder: string): Promise<void> {
  // Windows opens no folders as files; NTFS journals names by itself.
  if (process.platform === 'win32') return;
  const handle = await openFolder(folder);
  try {
    await handle?.sync();
  } catch (cause) {
    // Some network file systems sync no folders.
    if (!isSyncUnsupported(cause) && !hasCode(cause, 'EBADF')) throw cause;
  } finally {
    await handle?.close();
  }
}

/** Gives null for a folder that may be written to but not read: there is no other way to sync it. */
async function openFolder(folder: string): Promise<FileHandle | null> {
  try {
    return await open(folder, 'r');
  } catch (cause) {
    if (hasCode(cause, 'EACCES', 'EPERM')) return null;
    throw cause;
  }
}
