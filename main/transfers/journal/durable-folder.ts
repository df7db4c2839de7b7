import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Makes a folder for this user alone, and those above it; one that is new is on the disk when this settles. */
export async function createFolder(path: string): Promise<void> {
  const highest = await mkdir(path, { recursive: true, mode: 0o700 });
  if (highest === undefined) return;
  for (let folder = path; ; folder = dirname(folder)) {
    await syncFolder(dirname(folder));
    if (folder === highest || folder === dirname(folder)) return;
  }
}

/** Settles when the names in a folder are on the disk. Windows has no such call and writes them in order by itself. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
