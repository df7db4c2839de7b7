import type { FileView, FolderRow } from '#app/files/file-query.ts';
import type { RemoteFile } from '#app/files/remote-file.ts';
import { createMutex } from '../engine/mutex.ts';
import type { Bits } from './bits.ts';
import type { Selection } from './file-index.ts';
import { NO_ROW } from './file-table.ts';
import { findFolder, toKey } from './row-keys.ts';
import { type FolderMark, SelectedRows } from './selected-rows.ts';
import { createSelectionChanges, type SelectionParts } from './selection-changes.ts';
import type { Slice } from './slices.ts';

/** A selection with the side that the index sees of it. */
export interface IndexSelection extends Omit<Selection, 'toSet'> {
  /** The rows as all changes asked for so far leave them; later ones do not reach them. */
  rows(): Promise<Bits>;
  /** Takes out a row that is about to end; answers whether it was in. */
  end(row: number): boolean;
  /** Puts a row in, as in the place of one that was. */
  take(row: number): void;
}

/** Rows between two looks at the clock. */
const STEP = 4096;
/** The same where each row is looked up by its id. */
const FIND_STEP = 1024;

/** Makes a selection with nothing in it. */
export function createSelection(parts: SelectionParts): IndexSelection {
  const { store, views, slices } = parts;
  const selected = new SelectedRows(store);
  const carryOut = createSelectionChanges(parts, selected);
  /** One at a time: the second click of two must find what the first has done. */
  const { run: inTurn } = createMutex();

  const markOf = (row: RemoteFile | FolderRow): FolderMark => {
    if ('kind' in row) return selected.markOf(findFolder(store, toKey(row)));
    return selected.has(store.find(row.id)) ? 'all' : 'none';
  };
  const isAllSelected = async (view: FileView, slice: Slice): Promise<boolean> => {
    if (selected.count === store.totals.count) return true;
    const { folders, files, fileCount } = await views.rows(view);
    if (selected.count < fileCount) return false;
    for (const [index, folder] of folders.entries()) {
      if (selected.markOf(folder) !== 'all') return false;
      if (index % STEP === 0 && slice.isSpent()) await slice.next();
    }
    for (const [index, row] of files.unordered.entries()) {
      if (store.isAlive(row) && !selected.has(row)) return false;
      if (index % STEP === 0 && slice.isSpent()) await slice.next();
    }
    return true;
  };
  const setIds = async (ids: readonly string[], isIn: boolean) => {
    const slice = slices.begin('answer');
    let step = 0;
    for (const id of ids) {
      const row = store.find(id);
      if (row !== NO_ROW) selected.set(row, isIn);
      step += 1;
      if (step % FIND_STEP === 0 && slice.isSpent()) await slice.next();
    }
  };

  return {
    change: (change) => inTurn(() => carryOut(change)),
    view: async (rows, view) => {
      const slice = slices.begin('answer');
      // Where some of the page is left there is no need to look at the rest.
      const isWholePage = rows.every((row) => markOf(row) === 'all');
      const wasAllSelected = isWholePage && (await isAllSelected(view, slice));
      // The sum comes last of what takes turns, so that it is of the same moment as the marks.
      const summary = await selected.summary(slice);
      const marks = rows.map((row) => ({ key: toKey(row), mark: markOf(row) }));
      const keysOf = (wanted: FolderMark) =>
        marks.filter(({ mark }) => mark === wanted).map(({ key }) => key);
      const selectedKeys = keysOf('all');
      return {
        summary,
        selectedKeys,
        partlySelectedKeys: keysOf('some'),
        isAllMatchingSelected: wasAllSelected && selectedKeys.length === rows.length,
      };
    },
    restore: (ids) =>
      inTurn(async () => {
        if (selected.count === 0) await setIds(ids, true);
      }),
    remove: (ids) => inTurn(() => setIds(ids, false)),
    rows: () => inTurn(() => selected.copy()),
    end: (row) => selected.set(row, false),
    take: (row) => void selected.set(row, true),
  };
}
