import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { LostRecords } from '#app/accounts/session.ts';
import { hasCode } from '../disk/has-code.ts';
import { DELETION_JOURNAL, importDeletions } from './import/import-deletions.ts';
import { removeOldImports } from './import/import-file.ts';
import { HISTORY_JOURNAL, importHistory } from './import/import-history.ts';
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
  /** What may be missing of it. */
  readonly lostRecords: readonly LostRecords[];
}

/** How the files of earlier versions are called, and how each is taken over. */
const IMPORTS = [
  { name: DELETION_JOURNAL, importFile: importDeletions, lost: 'deletions' },
  { name: HISTORY_JOURNAL, importFile: importHistory, lost: 'history' },
] as const;

/** Opens the store on this computer, into which it takes the records of earlier versions. Throws `NewerDatabaseError`. */
export async function openStore(parts: StoreParts): Promise<OpenedStore> {
  const store = await openSqliteStore(parts);
  const lost = await importAll(parts.journalsFolder, store).catch((cause: unknown) => {
    parts.onProblem(cause);
    return new Set<LostRecords>();
  });
  const all = store.condition === 'whole' ? [...lost] : IMPORTS.map(({ lost }) => lost);
  return { store, lostRecords: all };
}

async function importAll(folder: string, store: Store): Promise<ReadonlySet<LostRecords>> {
  const lost = new Set<LostRecords>();
  const names = await listNames(folder);
  for (const name of names) {
    for (const kind of IMPORTS) {
      const locationId = kind.name.exec(name)?.[1];
      if (locationId === undefined) continue;
      if (await kind.importFile(join(folder, name), locationId, store)) lost.add(kind.lost);
    }
  }
  if (names.length > 0) await removeOldImports(folder);
  return lost;
}

/** None where no earlier version was. */
async function listNames(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch((cause: unknown) => {
    if (hasCode(cause, 'ENOENT')) return [];
    throw cause;
  });
}
