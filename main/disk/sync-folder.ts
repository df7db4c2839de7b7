import { open } from 'node:fs/promises';
import { hasCode } from './has-code.ts';

/** Makes the names in a folder outlast a power cut, where the system can. Throws the system's own errors. */
export async function syncFolder(folder: string): Promise<void> {
  // Windows opens no folders as files; NTFS journals names by itself.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } catch (cause) {
    // Some network file systems sync no folders.
    if (!hasCode(cause, 'EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EBADF')) throw cause;
  } finally {
    await handle.close();
  }
}
