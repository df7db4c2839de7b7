import { assertNever } from '#app/assert-never.ts';
import { FILE_KINDS } from '#app/files/file-kind.ts';
import { type FileFilter, type FileView, type FolderRow, isUnfiltered } from '#app/files/file-query.ts';
import type { Bits } from './bits.ts';
import { SAVEABLE, toInstant, UNKNOWN_INSTANT } from './file-columns.ts';
import type { FileTable } from './file-table.ts';
import { ROOT } from './folder-table.ts';
import { type CompareRows, sortRows } from './merge-runs.ts';
import type { Orders } from './orders.ts';
import type { RowSequence } from './row-sequence.ts';
import { findRows } from './search.ts';
import { toSafeSize } from './size-sums.ts';
import type { Slice } from './slices.ts';

/** The rows of a view: folders first, by number. */
export interface ViewRows {
  readonly folders: Uint32Array;
  readonly files: RowSequence;
  /** All files that the view is of, those below its folders included. */
  readonly fileCount: number;
  readonly sizeBytes: number;
}

/** What a view is put together from. */
export interface ViewSource {
  readonly store: FileTable;
  readonly orders: Orders;
}

/** Rows between two looks at the clock. */
const STEP = 8192;
const NO_ROWS = new Uint32Array(0);

/** Puts a view together as the files are now. A folder that is no longer there has no rows. */
export async function toViewRows(
  { store, orders }: ViewSource,
  view: FileView,
  slice: Slice,
): Promise<ViewRows> {
  const sorted = await orders.sorted(view.sort, slice);
  const folder = view.folder === null ? ROOT : store.folders.find(view.folder);
  if (folder === -1)
    return { folders: NO_ROWS, files: sorted.toSequence(NO_ROWS), fileCount: 0, sizeBytes: 0 };
  const isUnnarrowed = isUnfiltered(view.filter);
  if (view.folder !== null && isUnnarrowed) {
    const own = await narrow(sorted.rows, (row) => store.folderOf[row] === folder, slice);
    return {
      folders: await toFolders({ store, orders }, folder, view.sort, slice),
      files: sorted.toSequence(own),
      fileCount: store.folders.counts[folder] ?? 0,
      sizeBytes: store.folders.sizes.read(folder),
    };
  }
  if (isUnnarrowed) {
    const { count, sizeBytes } = store.totals;
    return { folders: NO_ROWS, files: sorted.toSequence(sorted.rows), fileCount: count, sizeBytes };
  }
  const matches = await createMatch(store, view.filter, folder, slice);
  let sizeBytes = 0;
  const rows = await narrow(
    sorted.rows,
    (row) => {
      if (!store.isAlive(row) || !matches(row)) return false;
      sizeBytes += store.columns.sizes[row] ?? 0;
      return true;
    },
    slice,
  );
  return {
    folders: NO_ROWS,
    files: sorted.toSequence(rows),
    fileCount: rows.length,
    sizeBytes: toSafeSize(sizeBytes),
  };
}

/** Makes the row of a folder. */
export function toFolderRow({ folders }: FileTable, folder: number): FolderRow {
  return {
    kind: 'folder',
    path: folders.pathOf(folder),
    fileCount: folders.counts[folder] ?? 0,
    sizeBytes: folders.sizes.read(folder),
    newestAt: toInstant(folders.newest[folder] ?? UNKNOWN_INSTANT),
  };
}

async function narrow(rows: Uint32Array, isIn: (row: number) => boolean, slice: Slice): Promise<Uint32Array> {
  const some = new Uint32Array(rows.length);
  let length = 0;
  for (let index = 0; index < rows.length; index += 1) {
    const row = rows[index] ?? 0;
    if (isIn(row)) {
      some[length] = row;
      length += 1;
    }
    if (index % STEP === 0 && slice.isSpent()) await slice.next();
  }
  // A copy, as few rows must not hold the memory of all.
  return length * 2 < some.length ? some.slice(0, length) : some.subarray(0, length);
}

async function createMatch(
  store: FileTable,
  filter: FileFilter,
  folder: number,
  slice: Slice,
): Promise<(row: number) => boolean> {
  const { columns } = store;
  const found: Bits | null = filter.search.trim() === '' ? null : await findRows(store, filter.search, slice);
  const tree = folder === ROOT ? null : store.folders.markTrees([folder]);
  const kinds = new Set(filter.kinds.map((kind) => FILE_KINDS.indexOf(kind)));
  const isKind = FILE_KINDS.map((_, index) => kinds.size === 0 || kinds.has(index));
  const { isSaveable } = filter;
  const minSize = filter.minSizeBytes ?? 0;
  const maxSize = filter.maxSizeBytes ?? Number.POSITIVE_INFINITY;
  // A file without a date is of no time that can be asked for.
  const from = filter.createdFrom ?? (filter.createdBefore === null ? UNKNOWN_INSTANT : UNKNOWN_INSTANT + 1);
  const before = filter.createdBefore ?? Number.POSITIVE_INFINITY;
  return (row) => {
    if (found !== null && !found.has(row)) return false;
    const sizeBytes = columns.sizes[row] ?? 0;
    const createdAt = columns.createdAt[row] ?? 0;
    return (
      (tree === null || tree[store.folderOf[row] ?? ROOT] === 1) &&
      isKind[columns.kindOf(row)] === true &&
      (isSaveable === null || columns.has(row, SAVEABLE) === isSaveable) &&
      sizeBytes >= minSize &&
      sizeBytes <= maxSize &&
      createdAt >= from &&
      createdAt < before
    );
  };
}

/** Gives the folders in a folder that hold any file, in the order of a sort; a sort that says nothing of folders has them by name. */
async function toFolders(
  { store, orders }: ViewSource,
  parent: number,
  { by, isDescending }: FileView['sort'],
  slice: Slice,
): Promise<Uint32Array> {
  const { folders } = store;
  if (!folders.isNewestKnown) await findNewest(store, slice);
  const byName = await narrow(
    await orders.foldersByName(),
    (folder) => folder !== ROOT && folders.parents[folder] === parent && (folders.counts[folder] ?? 0) > 0,
    slice,
  );
  const sign = isDescending ? -1 : 1;
  const compareBy = (read: (folder: number) => number): CompareRows => {
    return (a, b) => sign * (read(a) - read(b));
  };
  switch (by) {
    case 'name':
      return isDescending ? byName.toReversed() : byName;
    case 'size':
      return sortRows(
        byName,
        compareBy((folder) => folders.sizes.read(folder)),
        slice,
      );
    case 'created':
      return sortRows(
        byName,
        compareBy((folder) => folders.newest[folder] ?? 0),
        slice,
      );
    case 'kind':
    case 'saveable':
      return byName;
    default:
      return assertNever(by);
  }
}

/** Finds anew when the newest file of each folder was created: one that went may have been it. */
async function findNewest(store: FileTable, slice: Slice): Promise<void> {
  const { folders, columns } = store;
  const finding = folders.findNewest();
  for (let row = 0; row < store.length; row += 1) {
    if (store.isAlive(row)) finding.note(store.folderOf[row] ?? ROOT, columns.createdAt[row] ?? 0);
    if (row % STEP === 0 && slice.isSpent()) await slice.next();
  }
  finding.finish();
}
