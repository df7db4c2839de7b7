import { access, stat } from 'node:fs/promises';
import { type DatabaseFiles, keepLog } from './database-files.ts';
import { findDamage } from './find-damage.ts';
import { salvage } from './salvage.ts';
import {
  isDamage,
  SqliteError,
  type SqliteThread,
  type Statement,
  startSqliteThread,
} from './sqlite-thread.ts';

/** Throws away nothing: the file is of a version of the app that came later, and stays as it is. */
export class NewerDatabaseError extends Error {
  constructor(version: number) {
    super(`The records are of version ${version}, which this version of the app does not know`);
  }
}

/** How a database is opened. */
export interface DatabaseOptions {
  readonly migrations: readonly (readonly string[])[];
  /** How large it may become, in pages. */
  readonly maxPageCount: number;
  /** Whether the file system has a sync: without one each commit would fail, and what the system was given it has. */
  readonly canSync: boolean;
}

/** A database that is whole now. */
export interface OpenedDatabase {
  readonly thread: SqliteThread;
  /** What was wrong with the file before; null when nothing was. */
  readonly damage: string | null;
}

/**
 * Opens the database that counts, or makes one. A damaged one is left as it is, and what can be read of it is put into a
 * new one; where nothing can, the backup's is. Throws {@link NewerDatabaseError}, `SqliteError` and what the system does.
 */
export async function openDatabase(files: DatabaseFiles, options: DatabaseOptions): Promise<OpenedDatabase> {
  if (files.current === null) {
    return { thread: await establishNext(files, options, []), damage: null };
  }
  const thread = startSqliteThread();
  try {
    const damage = await openAndCheck(thread, files.current, options);
    if (damage === null) return { thread, damage };
    const found = await salvage(thread);
    const statements = found.length > 0 ? found : await readBackup(files.backup);
    await keepLog(files.current);
    await thread.end();
    return { thread: await establishNext(files, options, statements), damage };
  } catch (cause) {
    await thread.end();
    throw cause;
  }
}

/** Opens a database that is there and brings it to the latest version, unless it is damaged: then says what is wrong with it. Throws like {@link openDatabase}. */
export async function openAndCheck(
  thread: SqliteThread,
  path: string,
  options: DatabaseOptions,
): Promise<string | null> {
  // Each has its tables from its first moment on: one without them has lost all it held.
  if ((await stat(path)).size === 0) return 'the file is empty';
  try {
    await thread.open(path, [OWN_FILE]);
    const version = await readVersion(thread);
    if (version > options.migrations.length) throw new NewerDatabaseError(version);
    if (version === 0) return 'the database is empty';
    // Only now, as this may write to it.
    for (const sql of toSetUp(options)) await thread.read(sql);
    const damage = await findDamage(thread, path, version);
    if (damage === null) await migrate(thread, version, options.migrations);
    return damage;
  } catch (cause) {
    if (isDamage(cause) && cause instanceof Error) return cause.message;
    throw cause;
  }
}

/** Makes the next database, with what these statements put into it. */
async function establishNext(
  files: DatabaseFiles,
  options: DatabaseOptions,
  statements: readonly Statement[],
): Promise<SqliteThread> {
  const making = startSqliteThread();
  try {
    await making.open(await files.createNext(), toSetUp(options));
    await migrate(making, 0, options.migrations);
    if (statements.length > 0) await commitAll(making, statements);
    await making.close();
  } catch (cause) {
    await making.end();
    throw cause;
  }
  const path = await files.establish();
  const thread = startSqliteThread();
  await thread.open(path, toSetUp(options));
  return thread;
}

/** Gives what is in the backup; nothing where there is none, or none that can be read. */
async function readBackup(path: string): Promise<readonly Statement[]> {
  const thread = startSqliteThread();
  try {
    // To open one that is not there would make it.
    await access(path);
    await thread.open(path, ['PRAGMA query_only = ON']);
    return await salvage(thread);
  } catch {
    return [];
  } finally {
    await thread.end();
  }
}

async function migrate(
  thread: SqliteThread,
  version: number,
  migrations: DatabaseOptions['migrations'],
): Promise<void> {
  for (const [index, statements] of [...migrations.entries()].slice(version)) {
    const all = [...statements, `PRAGMA user_version = ${index + 1}`];
    await commitAll(
      thread,
      all.map((sql) => ({ sql, values: [] })),
    );
  }
}

async function commitAll(thread: SqliteThread, statements: readonly Statement[]): Promise<void> {
  const [failure] = await thread.commit([statements]);
  if (failure) throw new SqliteError(failure);
}

async function readVersion(thread: SqliteThread): Promise<number> {
  const [row] = await thread.read('PRAGMA user_version');
  return Number(row?.['user_version']);
}

/** One process has it; without shared memory the log works on network file systems, too. Before the first access. */
const OWN_FILE = 'PRAGMA locking_mode = EXCLUSIVE';

function toSetUp({ maxPageCount, canSync }: DatabaseOptions): readonly string[] {
  return [
    OWN_FILE,
    'PRAGMA journal_mode = WAL',
    `PRAGMA synchronous = ${canSync ? 'FULL' : 'OFF'}`,
    // What macOS takes for a sync leaves the data in the disk's own memory.
    'PRAGMA fullfsync = ON',
    'PRAGMA checkpoint_fullfsync = ON',
    'PRAGMA foreign_keys = ON',
    'PRAGMA cell_size_check = ON',
    'PRAGMA trusted_schema = OFF',
    `PRAGMA max_page_count = ${maxPageCount}`,
  ];
}
