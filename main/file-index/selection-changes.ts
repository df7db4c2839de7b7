import { assertNever } from '#app/assert-never.ts';
import type { FileView, RowKey } from '#app/files/file-query.ts';
import type { SelectionChange } from '#app/files/selection.ts';
import { Bits } from './bits.ts';
import { type FileTable, NO_ROW } from './file-table.ts';
import { ROOT } from './folder-table.ts';
import { addTrees, findFiles, findFolder } from './row-keys.ts';
import type { SelectedRows } from './selected-rows.ts';
import type { Slice, Slices } from './slices.ts';
import type { ViewRows } from './view-rows.ts';
import type { Views } from './views.ts';

/** What a selection is made of. */
export interface SelectionParts {
  readonly store: FileTable;
  readonly views: Views;
  readonly slices: Slices;
}

/** Rows between two looks at the clock. */
const STEP = 4096;

/** Gives what carries out changes of a selection; it remembers where the next range starts. One is to be over before the next begins. */
export function createSelectionChanges(
  { store, views, slices }: SelectionParts,
  selected: SelectedRows,
): (change: SelectionChange) => Promise<void> {
  /** The row that was chosen last: a range starts there. */
  let anchor: RowKey | null = null;
  /** What the last range has added; the next one from the same anchor takes it back. */
  let range = new Bits();

  const setAll = async (rows: Bits, isSelected: boolean, slice: Slice, changed?: Bits) => {
    let step = 0;
    for (let row = rows.next(0); row !== NO_ROW; row = rows.next(row + 1)) {
      if (store.isAlive(row) && selected.set(row, isSelected)) changed?.add(row);
      step += 1;
      if (step % STEP === 0 && slice.isSpent()) await slice.next();
    }
  };
  const setKeys = async (keys: readonly RowKey[], isSelected: boolean, slice: Slice) =>
    setAll(await findFiles(store, keys, slice), isSelected, slice);
  const startAt = (key: RowKey | null) => {
    anchor = key;
    range = new Bits();
  };
  const isSelected = (key: RowKey) => {
    const folder = findFolder(store, key);
    return folder === -1 ? selected.has(store.find(key)) : selected.markOf(folder) === 'all';
  };
  const selectRange = async (view: FileView, fromKey: RowKey, endKey: RowKey, slice: Slice) => {
    const rows = await views.rows(view);
    const end = findPosition(store, rows, endKey);
    if (end === -1) return;
    let start = anchor === null ? -1 : findPosition(store, rows, anchor);
    if (start === -1) {
      startAt(fromKey);
      start = findPosition(store, rows, fromKey);
    }
    // Whoever has gone leaves no place to start from.
    if (start === -1) start = end;
    await setAll(range, false, slice);
    range = new Bits();
    const chosen = await findInRange(store, rows, Math.min(start, end), Math.max(start, end) + 1, slice);
    await setAll(chosen, true, slice, range);
  };
  const selectMatching = async (view: FileView, slice: Slice) => {
    range = new Bits();
    const rows = await views.rows(view);
    const end = rows.folders.length + rows.files.length;
    await setAll(await findInRange(store, rows, 0, end, slice), true, slice);
  };

  return async (change) => {
    const slice = slices.begin('answer');
    switch (change.kind) {
      case 'only':
        selected.clear();
        startAt(change.key);
        return setKeys([change.key], true, slice);
      case 'toggle':
        startAt(change.key);
        return setKeys([change.key], !isSelected(change.key), slice);
      case 'range':
        return selectRange(change.view, change.fromKey, change.toKey, slice);
      case 'rows':
        range = new Bits();
        return setKeys(change.keys, change.isSelected, slice);
      case 'allMatching':
        return selectMatching(change.view, slice);
      case 'clear':
        selected.clear();
        return startAt(null);
      default:
        return assertNever(change);
    }
  };
}

/** Gives the position of a row in a view; -1 when it is not in view. */
function findPosition(store: FileTable, { folders, files }: ViewRows, key: RowKey): number {
  const folder = findFolder(store, key);
  if (folder !== -1) return folders.indexOf(folder);
  const row = store.find(key);
  const position = row === NO_ROW ? -1 : files.indexOf(row);
  return position === -1 ? -1 : folders.length + position;
}

/** Gives the files of the rows from one position of a view up to another. */
async function findInRange(
  store: FileTable,
  { folders, files }: ViewRows,
  start: number,
  end: number,
  slice: Slice,
): Promise<Bits> {
  const found = new Bits();
  const chosen = folders.subarray(start, end);
  if (chosen.length > 0) await addTrees(store, [...chosen], found, slice);
  const rows = files.slice(Math.max(0, start - folders.length), Math.max(0, end - folders.length));
  for (let index = 0; index < rows.length; index += 1) {
    found.add(rows[index] ?? ROOT);
    if (index % STEP === 0 && slice.isSpent()) await slice.next();
  }
  return found;
}
