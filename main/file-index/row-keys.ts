import { parseFolderKey, type RowKey, toFolderKey } from '#app/files/file-query.ts';
import { Bits } from './bits.ts';
import type { IndexPage } from './file-index.ts';
import { type FileTable, NO_ROW } from './file-table.ts';
import { ROOT } from './folder-table.ts';
import type { Slice } from './slices.ts';

/** Rows between two looks at the clock. */
const STEP = 8192;
/** The same where each row is looked up by its id. */
const FIND_STEP = 1024;

/** Gives the key of a row of the index. */
export function toKey(row: IndexPage['rows'][number]): RowKey {
  return 'kind' in row ? toFolderKey(row.path) : row.id;
}

/** Finds the folder of a row's key; -1 when there is none, as for a file's. The root has no row. */
export function findFolder({ folders }: FileTable, key: RowKey): number {
  const path = parseFolderKey(key);
  const folder = path === null ? -1 : folders.find(path);
  return folder === ROOT ? -1 : folder;
}

/** Gives the files that rows stand for. */
export async function findFiles(store: FileTable, keys: readonly RowKey[], slice: Slice): Promise<Bits> {
  const found = new Bits();
  const chosen: number[] = [];
  for (const key of keys) {
    const row = store.find(key);
    if (row !== NO_ROW) found.add(row);
    const folder = findFolder(store, key);
    if (folder !== -1) chosen.push(folder);
  }
  if (chosen.length > 0) await addTrees(store, chosen, found, slice);
  return found;
}

/** Takes files out of a set of rows; answers how many were in it. */
export async function takeOut(
  store: FileTable,
  rows: Bits,
  ids: Iterable<string>,
  slice: Slice,
): Promise<number> {
  let count = 0;
  let step = 0;
  for (const id of ids) {
    const row = store.find(id);
    if (row !== NO_ROW && rows.delete(row)) count += 1;
    step += 1;
    if (step % FIND_STEP === 0 && slice.isSpent()) await slice.next();
  }
  return count;
}

/** Adds the files below folders, at whatever depth. */
export async function addTrees(
  store: FileTable,
  chosen: readonly number[],
  found: Bits,
  slice: Slice,
): Promise<void> {
  const marks = store.folders.markTrees(chosen);
  const { length } = store;
  for (let row = 0; row < length; row += 1) {
    if (marks[store.folderOf[row] ?? ROOT] === 1 && store.isAlive(row)) found.add(row);
    if (row % STEP === 0 && slice.isSpent()) await slice.next();
  }
}
