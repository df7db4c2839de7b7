import type { Bits } from './bits.ts';
import { SAVEABLE } from './file-columns.ts';
import type { FileSet } from './file-index.ts';
import { type FileTable, NO_ROW } from './file-table.ts';
import { sortRows } from './merge-runs.ts';
import { NewestRows } from './newest-rows.ts';
import type { Slice, Slices } from './slices.ts';
import { Totals } from './totals.ts';
import type { ViewSource } from './view-rows.ts';

/** Rows between two looks at the clock. */
const STEP = 2048;
/** The same where a row's texts are read. */
const READ_STEP = 256;
/** Of so many times more files, a few are sorted by themselves. */
const FEW = 16;

/** Makes a set of rows that are alive now, and that nobody changes any more. */
export function createFileSet(
  { store, orders }: ViewSource,
  slices: Slices,
  rows: Bits,
  leftOutCount: number,
): FileSet {
  const count = rows.count();
  const collect = async <Item>(read: (row: number) => Item, step: number): Promise<readonly Item[]> => {
    const slice = slices.begin('answer');
    const oldestFirst =
      count * FEW < store.length ? await sortFew(store, rows, count, slice) : await orders.created();
    const items: Item[] = [];
    for (let index = oldestFirst.length - 1; index >= 0; index -= 1) {
      const row = oldestFirst[index] ?? 0;
      if (rows.has(row) && store.isAlive(row)) items.push(read(row));
      if (index % step === 0 && slice.isSpent()) await slice.next();
    }
    return items;
  };
  return {
    count,
    leftOutCount,
    has: (id) => {
      const row = store.find(id);
      return row !== NO_ROW && rows.has(row);
    },
    summary: async () => {
      const slice = slices.begin('answer');
      const totals = new Totals();
      const newest = new NewestRows(store.columns);
      await forEachLiving(store, rows, slice, (row) => {
        const { columns } = store;
        totals.add(columns.kindOf(row), columns.sizes[row] ?? 0, columns.has(row, SAVEABLE));
        newest.note(row);
      });
      return {
        count: totals.count,
        sizeBytes: totals.sizeBytes,
        saveableCount: totals.saveableCount,
        kinds: totals.kinds('count'),
        firstFiles: newest.rows.map((row) => store.columns.read(row)),
      };
    },
    ids: () => collect((row) => store.columns.idOf(row), STEP),
    files: () => collect((row) => store.columns.read(row), READ_STEP),
  };
}

async function sortFew(store: FileTable, rows: Bits, count: number, slice: Slice): Promise<Uint32Array> {
  const some = new Uint32Array(count);
  let length = 0;
  await forEachLiving(store, rows, slice, (row) => {
    some[length] = row;
    length += 1;
  });
  const { createdAt } = store.columns;
  return sortRows(
    some.subarray(0, length),
    (a, b) => (createdAt[a] ?? 0) - (createdAt[b] ?? 0) || a - b,
    slice,
  );
}

async function forEachLiving(
  store: FileTable,
  rows: Bits,
  slice: Slice,
  visit: (row: number) => void,
): Promise<void> {
  let visited = 0;
  for (let row = rows.next(0); row !== -1; row = rows.next(row + 1)) {
    if (store.isAlive(row)) visit(row);
    visited += 1;
    if (visited % STEP === 0 && slice.isSpent()) await slice.next();
  }
}
