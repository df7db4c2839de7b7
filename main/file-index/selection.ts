import type { FileView } from '#app/files/file-query.ts';
import type { Bits } from './bits.ts';
import type { Selection } from './file-index.ts';
import { NO_ROW } from './file-store.ts';
import { findFolder, toKey } from './row-keys.ts';
import { SelectedRows } from './selected-rows.ts';
import { createSelectionChanges, type SelectionParts } from './selection-changes.ts';
import type { Slice } from './slices.ts';

/** A selection with the side that the index sees of it. */
export interface IndexSelection extends Selection {
  /** The rows as they are now; later changes do not reach them. */
  rows(): Bits;
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
  let turn: Promise<void> = Promise.resolve();

  const isAllSelected = async (view: FileView, slice: Slice): Promise<boolean> => {
    const { folders, files, fileCount } = await views.rows(view);
    if (selected.count < fileCount) return false;
    if (folders.some((folder) => selected.markOf(folder) !== 'all')) return false;
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
  /** One at a time: the second click of two must find what the first has done. */
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const done = turn.then(work);
    turn = done.catch(() => undefined);
    return done;
  };

  return {
    change: (change) => inTurn(() => carryOut(change)),
    view: async (rows, view) => {
      const slice = slices.begin('answer');
      const summary = await selected.summary(slice);
      const isAllMatchingSelected = await isAllSelected(view, slice);
      const folders = rows.flatMap((row) =>
        'kind' in row ? [{ key: toKey(row), mark: selected.markOf(findFolder(store, toKey(row))) }] : [],
      );
      const files = rows.filter((row) => !('kind' in row) && selected.has(store.find(row.id)));
      return {
        summary,
        selectedKeys: [
          ...folders.filter(({ mark }) => mark === 'all').map(({ key }) => key),
          ...files.map(toKey),
        ],
        partlySelectedKeys: folders.filter(({ mark }) => mark === 'some').map(({ key }) => key),
        isAllMatchingSelected,
      };
    },
    restore: (ids) =>
      inTurn(async () => {
        if (selected.count === 0) await setIds(ids, true);
      }),
    remove: (ids) => inTurn(() => setIds(ids, false)),
    rows: () => selected.copy(),
    end: (row) => selected.set(row, false),
    take: (row) => void selected.set(row, true),
  };
}
