import { open, rename, stat } from 'node:fs/promises';
import { hasCode } from '../../disk/has-code.ts';
import { syncFile } from '../../disk/sync-file.ts';
import type { Clock } from '../../engine/clock.ts';
import { createOwnFile, removeDatabase } from './database-files.ts';
import type { SqliteThread } from './sqlite-thread.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** The start of the app has more urgent work for the disk. */
const FIRST_AFTER_MS = 60_000;

/** What the backups of a database need. */
export interface BackupParts {
  readonly thread: Pick<SqliteThread, 'read'>;
  readonly path: string;
  readonly clock: Clock;
  readonly closing: AbortSignal;
  readonly onFailure: (cause: unknown) => void;
}

/** Copies a database once a day while the app runs; a copy that fails is tried again the next day. Settles when closing. */
export async function keepBackup(parts: BackupParts): Promise<void> {
  const { clock, closing, path } = parts;
  const rest = (ms: number) => clock.sleep(ms, closing).catch(() => undefined);
  await rest(FIRST_AFTER_MS);
  while (!closing.aborted) {
    const leftMs = DAY_MS - (await findAge(path));
    if (leftMs > 0) {
      await rest(leftMs);
      continue;
    }
    await writeBackup(parts.thread, path).catch(async (cause: unknown) => {
      parts.onFailure(cause);
      await rest(DAY_MS);
    });
  }
}

/** Puts a copy of a database in the place of the one before, whole or not at all. Throws what SQLite or the system does. */
async function writeBackup(thread: BackupParts['thread'], path: string): Promise<void> {
  const unfinished = `${path}.new`;
  await removeDatabase(unfinished);
  await createOwnFile(unfinished);
  await thread.read('VACUUM INTO ?', unfinished);
  const handle = await open(unfinished, 'r+');
  try {
    await syncFile(handle);
  } finally {
    await handle.close();
  }
  await rename(unfinished, path);
}

/** Gives how old a file is by the computer's time, in milliseconds; a file of the future is as new as can be. */
async function findAge(path: string): Promise<number> {
  try {
    return Math.max(0, Date.now() - (await stat(path)).mtimeMs);
  } catch (cause) {
    if (hasCode(cause, 'ENOENT')) return Number.POSITIVE_INFINITY;
    throw cause;
  }
}
