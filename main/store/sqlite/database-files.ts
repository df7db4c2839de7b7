import { copyFile, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { hasCode } from '../../disk/has-code.ts';
import { syncFolder } from '../../disk/sync-folder.ts';

/** How many damaged files are kept. Who has not looked at the oldest by then never will. */
const MAX_SET_ASIDE = 5;
const NAME = /^records-(\d+)\.sqlite$/;

/**
 * The files of a store. Of `records-N.sqlite` the highest counts: a damaged one stays as it is when what can
 * be read of it has been put into the next. So no moment of that loses anything.
 */
export interface DatabaseFiles {
  /** The file that counts; null when there is none yet. */
  readonly current: string | null;
  readonly backup: string;
  /** Bytes that are given up for a few last records when the disk is full. */
  readonly reserve: string;
  /** A new, empty file for this user alone, which counts for nothing until {@link establish}. */
  createNext(): Promise<string>;
  /** Makes the file of {@link createNext} the one that counts, and removes the oldest of those before; gives its path. */
  establish(): Promise<string>;
}

/** Looks what there is in a folder, which is made if it is not there. Throws what the system does. */
export async function findDatabaseFiles(folder: string): Promise<DatabaseFiles> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const numbers = (await readdir(folder))
    .flatMap((name) => NAME.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((one, other) => one - other);
  const last = numbers.at(-1) ?? null;
  const toPath = (number: number) => join(folder, `records-${number}.sqlite`);
  const next = toPath((last ?? 0) + 1);
  const unfinished = join(folder, 'new.sqlite');
  return {
    current: last === null ? null : toPath(last),
    backup: join(folder, 'backup.sqlite'),
    reserve: join(folder, 'reserve'),
    createNext: async () => {
      await removeDatabase(unfinished);
      await createOwnFile(unfinished);
      return unfinished;
    },
    establish: async () => {
      await rename(unfinished, next);
      await syncFolder(folder);
      for (const number of numbers.slice(0, -MAX_SET_ASIDE)) await removeDatabase(toPath(number));
      return next;
    },
  };
}

/** Makes an empty file for this user alone, whose rights SQLite gives to the log, too. Throws what the system does. */
export async function createOwnFile(path: string): Promise<void> {
  const handle = await open(path, 'wx', 0o600);
  await handle.close();
}

/** Keeps the log of a damaged database beside it: SQLite removes it as it closes the file. Throws what the system does. */
export async function keepLog(path: string): Promise<void> {
  await copyFile(`${path}-wal`, `${path}-wal-damaged`).catch((cause: unknown) => {
    if (!hasCode(cause, 'ENOENT')) throw cause;
  });
}

/** Removes a database with its log, if it is there. */
export async function removeDatabase(path: string): Promise<void> {
  // First the file: a log without one means nothing, a file without its log means something else.
  for (const ending of ['', '-wal', '-shm', '-wal-damaged']) await rm(path + ending, { force: true });
}
