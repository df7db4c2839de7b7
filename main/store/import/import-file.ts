import { createHash } from 'node:crypto';
import { readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { hasCode } from '../../disk/has-code.ts';
import type { Store, StoreChange } from '../store.ts';

/** What a file of an earlier version becomes. */
export interface ImportedRecords {
  /** What must be there as a whole or not at all is the last one, which also notes that the file was taken over. */
  readonly commits: readonly (readonly StoreChange[])[];
  /** Whether some of it could not be read. */
  readonly hasLost: boolean;
}

const ENDING = '.imported';
const KEPT_MS = 30 * 24 * 60 * 60 * 1000;

/**
 * Takes over a file of an earlier version and gives it another name, under which it stays for a while. The store remembers
 * its name and content: what was taken over is not again, even when the file could not be renamed. Answers whether records were
 * lost. Never rejects.
 */
export async function importFile(
  path: string,
  store: Store,
  read: (bytes: Uint8Array) => Promise<ImportedRecords>,
): Promise<boolean> {
  let hasLost = false;
  try {
    const bytes = await readFile(path);
    // Two files may hold the same, and each has to be looked at.
    const hash = createHash('sha256')
      .update(`${basename(path)}\n`)
      .update(bytes)
      .digest('hex');
    if (!(await store.hasImported(hash))) {
      const records = await read(bytes);
      ({ hasLost } = records);
      for (const changes of records.commits.slice(0, -1)) await store.commit(changes);
      await store.commit([...(records.commits.at(-1) ?? []), { op: 'noteImport', hash }]);
    }
  } catch (cause) {
    // A file that is there and cannot be read may hold anything.
    return hasLost || !hasCode(cause, 'ENOENT');
  }
  await setAside(path).catch(() => undefined);
  return hasLost;
}

/** From now on, not from when it was written last, it is kept for a while. */
async function setAside(path: string): Promise<void> {
  const now = new Date();
  await utimes(path, now, now);
  await rename(path, path + ENDING);
}

/** Removes the files of a folder that were taken over long ago. Throws what the system does. */
export async function removeOldImports(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.endsWith(ENDING)) continue;
    const path = join(folder, name);
    if (Date.now() - (await stat(path)).mtimeMs > KEPT_MS) await rm(path);
  }
}
