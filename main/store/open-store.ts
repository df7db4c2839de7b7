import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { hasCode } from '../disk/has-code.ts';
import { DELETION_JOURNAL, importDeletions } from './import/import-deletions.ts';
import { removeOldImports } from './import/import-file.ts';
import { openSqliteStore, type SqliteStoreParts } from './sqlite/open-sqlite-store.ts';
import type { Store } from './store.ts';

/** What the app's store is made of. */
export interface StoreParts extends SqliteStoreParts {
  /** Where earlier versions kept their records. */
  readonly journalsFolder: string;
}

/** A store and what of it is to be told. */
export interface OpenedStore {
  readonly store: Store;
  /** Whether deletions may have been under way of which not all is known any more. */
  readonly hasLostDeletions: boolean;
}

/** Opens the store on this computer, into which it takes the records of earlier versions. Throws `NewerDatabaseError`. */
export async function openStore(parts: StoreParts): Promise<OpenedStore> {
  const store = await openSqliteStore(parts);
  const lost = await importAll(parts.journalsFolder, store).catch((cause: unknown) => {
    parts.onProblem(cause);
    return false;
  });
  return { store, hasLostDeletions: store.condition !== 'whole' || lost };
}

async function importAll(folder: string, store: Store): Promise<boolean> {
  let hasLost = false;
  const names = await listNames(folder);
  for (const name of names) {
    const locationId = DELETION_JOURNAL.exec(name)?.[1];
    if (locationId === undefined) continue;
    hasLost = (await importDeletions(join(folder, name), locationId, store)) || hasLost;
  }
  if (names.length > 0) await removeOldImports(folder);
  return hasLost;
}

/** None where no earlier version was. */
async function listNames(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch((cause: unknown) => {
    if (hasCode(cause, 'ENOENT')) return [];
    throw cause;
  });
}
