import type { Bits } from './bits.ts';
import type { FileSet, Selection } from './file-index.ts';
import { createFileSet } from './file-set.ts';
import type { Orders } from './orders.ts';
import { takeOut } from './row-keys.ts';
import { createSelection, type IndexSelection } from './selection.ts';
import type { SelectionParts } from './selection-changes.ts';
import type { Slice } from './slices.ts';

/** What selections are opened in. */
interface SelectionHome extends SelectionParts {
  readonly orders: Orders;
  /** Those that are open. */
  readonly selections: Set<IndexSelection>;
}

/** Opens a selection with nothing in it. */
export function openSelection(parts: SelectionHome, whenOpen: Promise<void>): Selection {
  const { selections, slices } = parts;
  const selection = createSelection(parts);
  selections.add(selection);
  return {
    view: selection.view,
    change: async (change) => {
      await whenOpen;
      await selection.change(change);
    },
    restore: async (ids) => {
      await whenOpen;
      await selection.restore(ids);
    },
    remove: async (ids) => {
      await whenOpen;
      await selection.remove(ids);
    },
    toSet: async (leftOut = []) => {
      await whenOpen;
      return toFileSet(parts, await selection.rows(), leftOut, slices.begin('answer'));
    },
  };
}

/** Gives the files of rows but for some; the rows are changed by that. */
export async function toFileSet(
  { store, orders, slices }: Pick<SelectionHome, 'store' | 'orders' | 'slices'>,
  rows: Bits,
  leftOut: Iterable<string>,
  slice: Slice,
): Promise<FileSet> {
  const leftOutCount = await takeOut(store, rows, leftOut, slice);
  return createFileSet({ store, orders }, slices, rows, leftOutCount);
}
