import { open, rm, stat, writeFile } from 'node:fs/promises';
import { AppFailure } from '#app/errors.ts';
import { isSyncUnsupported } from '../../disk/sync-file.ts';
import type { Clock } from '../../engine/clock.ts';
import type { Store, StoreChange } from '../store.ts';
import { type DatabaseFiles, findDatabaseFiles } from './database-files.ts';
import { createGroupCommit } from './group-commit.ts';
import { keepBackup } from './keep-backup.ts';
import { NewerDatabaseError, openDatabase } from './open-database.ts';
import { readHistory } from './read-history.ts';
import { readJobs } from './read-jobs.ts';
import { HAS_IMPORTED, MIGRATIONS, toStatement } from './schema.ts';
import type { SqliteThread } from './sqlite-thread.ts';

/** What a store on disk is made of. */
export interface SqliteStoreParts {
  /** Where its files are. */
  readonly folder: string;
  readonly clock: Clock;
  /** Told what was wrong with the records, and why there is no backup. */
  readonly onProblem: (cause: unknown) => void;
  readonly migrations?: readonly (readonly string[])[];
  /** How large the database may become, in pages of 4 KiB. */
  readonly maxPageCount?: number;
}

/** 1 GiB: records that have grown beyond that are not what a person's files need, and would fill the disk. */
const MAX_PAGE_COUNT = 262_144;
/** Sixty pages in the log: many times what the states of a few jobs take. */
const RESERVE_BYTES = 256 * 1024;

/**
 * Opens the store. Throws {@link NewerDatabaseError} for records of a version to come, which stay as they are. Records that
 * cannot be read at all are never written to: the store is `unreadable` then.
 */
export async function openSqliteStore(parts: SqliteStoreParts): Promise<Store> {
  const { migrations = MIGRATIONS, maxPageCount = MAX_PAGE_COUNT } = parts;
  try {
    const files = await findDatabaseFiles(parts.folder);
    const options = { migrations, maxPageCount, canSync: await canSync(files.reserve) };
    const { thread, damage } = await openDatabase(files, options);
    if (damage !== null) parts.onProblem(new Error(`The records were damaged: ${damage}`));
    // Where there is no room for it, there is none to keep back.
    await keepReserve(files.reserve).catch(parts.onProblem);
    return createSqliteStore(parts, files, thread, damage !== null);
  } catch (cause) {
    if (cause instanceof NewerDatabaseError) throw cause;
    parts.onProblem(cause);
    return createUnreadable(cause);
  }
}

function createSqliteStore(
  { clock, onProblem }: SqliteStoreParts,
  files: DatabaseFiles,
  thread: SqliteThread,
  isDamaged: boolean,
): Store {
  const closing = new AbortController();
  const group = createGroupCommit(thread);
  const backups = keepBackup({
    thread,
    path: files.backup,
    clock,
    closing: closing.signal,
    onFailure: onProblem,
  }).catch(onProblem);
  const commit = async (changes: readonly StoreChange[]) => {
    try {
      await group.commit(changes.map(toStatement));
    } catch (cause) {
      throw new AppFailure({ code: 'journalUnwritable' }, { cause });
    }
  };
  return {
    condition: isDamaged ? 'damaged' : 'whole',
    readJobs: (locationId, kind) => readJobs(thread, locationId, kind),
    readHistory: (locationId, onPart) => readHistory(thread, locationId, onPart),
    hasImported: async (hash) => {
      const [row] = await thread.read(HAS_IMPORTED, hash);
      return row?.['count'] !== 0;
    },
    commit,
    commitFromReserve: async (changes) => {
      try {
        await commit(changes);
      } catch {
        await rm(files.reserve, { force: true });
        await commit(changes);
      }
    },
    close: async () => {
      closing.abort();
      await Promise.all([group.whenIdle(), backups]);
      await thread.close();
    },
  };
}

/** Whether the file system has a sync at all. Other failures are SQLite's to tell. */
async function canSync(path: string): Promise<boolean> {
  const handle = await open(path, 'a', 0o600);
  try {
    await handle.sync();
    return true;
  } catch (cause) {
    return !isSyncUnsupported(cause);
  } finally {
    await handle.close();
  }
}

/** Real bytes, not a length: a file system gives no room for bytes that are not written. */
async function keepReserve(path: string): Promise<void> {
  const kept = await stat(path).catch(() => null);
  if (kept?.size === RESERVE_BYTES) return;
  await writeFile(path, Buffer.alloc(RESERVE_BYTES, 1), { mode: 0o600 });
}

/** To write to records that could not be read might destroy them. */
function createUnreadable(cause: unknown): Store {
  const refuse = () => Promise.reject(new AppFailure({ code: 'journalUnwritable' }, { cause }));
  return {
    condition: 'unreadable',
    readJobs: async () => [],
    readHistory: async () => undefined,
    hasImported: async () => false,
    commit: refuse,
    commitFromReserve: refuse,
    close: async () => undefined,
  };
}
