import { FILE_KINDS } from '#app/files/file-kind.ts';
import type { FileSort } from '#app/files/file-query.ts';
import { type CompareTexts, createCompareTexts } from './collation.ts';
import { SAVEABLE } from './file-columns.ts';
import type { FileStore } from './file-store.ts';
import { Order } from './order.ts';
import { RowSequence } from './row-sequence.ts';
import type { Slice, Slices } from './slices.ts';

/** The orders of all files. */
export interface Orders {
  /** Oldest first; of files of one moment the one that was listed first. */
  created(): Promise<Uint32Array>;
  /** All files in the order of a sort, as they are now. */
  sorted(sort: FileSort, slice: Slice): Promise<SortedRows>;
  /** Folders by name; those without files are among them. */
  foldersByName(): Promise<Uint32Array>;
  /** Compares the names of folders. */
  compareFolders(a: number, b: number): number;
  /** Takes rows in that are new, in the background. */
  advance(): void;
  /** Settles when all that `advance` was called for is taken in. */
  whenAdvanced(): Promise<void>;
  /** Begins with orders that were kept: of all rows below this number. */
  adopt(byName: Uint32Array, covered: number): void;
  /** By name, as {@link adopt} takes it. */
  byName(): Promise<Uint32Array>;
}

/** Rows in one order, and how a part of them is to be read for a sort. */
export interface SortedRows {
  readonly rows: Uint32Array;
  /** Makes the sequence of some of these rows, which keep their order. */
  toSequence(some: Uint32Array): RowSequence;
}

/** Rows between two looks at the clock. */
const STEP = 8192;

/** Kinds in the order of their names. */
const KINDS_IN_ORDER = FILE_KINDS.map((kind, index) => ({ kind, index }))
  .sort((a, b) => (a.kind < b.kind ? -1 : 1))
  .map(({ index }) => index);

/** Makes the orders of a store. */
export function createOrders(
  store: FileStore,
  slices: Slices,
  compareTexts: CompareTexts = createCompareTexts(),
): Orders {
  const { folders } = store;
  const compareCreated = (a: number, b: number) => {
    const { createdAt } = store.columns;
    return (createdAt[a] ?? 0) - (createdAt[b] ?? 0) || a - b;
  };
  const compareSizes = (a: number, b: number) => {
    const { sizes } = store.columns;
    return (sizes[a] ?? 0) - (sizes[b] ?? 0) || compareCreated(b, a);
  };
  const compareNames = (a: number, b: number) => {
    const { columns } = store;
    return compareTexts(
      columns.nameHeapOf(a),
      columns.nameAt[a] ?? 0,
      columns.nameHeapOf(b),
      columns.nameAt[b] ?? 0,
    );
  };
  const compareFolders = (a: number, b: number) =>
    compareTexts(folders.names, folders.nameAt[a] ?? 0, folders.names, folders.nameAt[b] ?? 0) || a - b;

  const created = new Order(store, compareCreated, slices);
  const bySize = new Order(store, compareSizes, slices);
  const byName = new Order(store, (a, b) => compareNames(a, b) || compareCreated(b, a), slices);
  const folderRows = { isAlive: () => true, removals: 0 };
  const foldersByName = new Order(
    {
      ...folderRows,
      get length() {
        return folders.length;
      },
    },
    compareFolders,
    slices,
  );
  let advancing: Promise<void> | null = null;
  let isBehind = false;
  const advanceAll = async () => {
    while (isBehind) {
      isBehind = false;
      for (const order of [created, bySize, byName, foldersByName]) await order.advance();
    }
    advancing = null;
  };

  const backward = (isDescending: boolean) => (isDescending ? 'backwardInGroups' : 'forward');
  const bucketed = async (sort: FileSort, slice: Slice): Promise<SortedRows> => {
    const oldestFirst = await created.ready();
    const buckets = toBuckets(store, sort);
    const rows = await sortIntoBuckets(oldestFirst, buckets.of, buckets.count, slice);
    return { rows, toSequence: (some) => new RowSequence(some, 'forward') };
  };
  return {
    created: () => created.ready(),
    foldersByName: () => foldersByName.ready(),
    byName: () => byName.ready(),
    compareFolders,
    sorted: async (sort, slice) => {
      switch (sort.by) {
        case 'created': {
          const direction = sort.isDescending ? 'backward' : 'forward';
          return {
            rows: await created.ready(),
            toSequence: (some) => new RowSequence(some, direction),
          };
        }
        case 'size': {
          const isEqual = (a: number, b: number) => store.columns.sizes[a] === store.columns.sizes[b];
          return {
            rows: await bySize.ready(),
            toSequence: (some) => new RowSequence(some, backward(sort.isDescending), isEqual),
          };
        }
        case 'name': {
          const isEqual = (a: number, b: number) => compareNames(a, b) === 0;
          return {
            rows: await byName.ready(),
            toSequence: (some) => new RowSequence(some, backward(sort.isDescending), isEqual),
          };
        }
        default:
          return bucketed(sort, slice);
      }
    },
    advance: () => {
      isBehind = true;
      advancing ??= advanceAll();
    },
    whenAdvanced: async () => {
      await advancing;
    },
    adopt: (sorted, covered) => byName.adopt(sorted, covered),
  };
}

/** Says in which bucket of a sort by kind, or by whether a file can be saved, a row belongs. */
function toBuckets(
  store: FileStore,
  { by, isDescending }: FileSort,
): { readonly of: (row: number) => number; readonly count: number } {
  const { columns } = store;
  if (by === 'saveable') {
    const first = isDescending ? 1 : 0;
    return { of: (row) => (columns.has(row, SAVEABLE) ? 1 - first : first), count: 2 };
  }
  const count = FILE_KINDS.length;
  const places = new Uint8Array(count);
  for (const [place, kind] of KINDS_IN_ORDER.entries())
    places[kind] = isDescending ? count - 1 - place : place;
  return { of: (row) => places[columns.kindOf(row)] ?? 0, count };
}

/** Sorts rows that are given oldest first by bucket, and within each newest first. */
async function sortIntoBuckets(
  oldestFirst: Uint32Array,
  bucketOf: (row: number) => number,
  count: number,
  slice: Slice,
): Promise<Uint32Array> {
  const starts = new Uint32Array(count + 1);
  for (let index = 0; index < oldestFirst.length; index += 1) {
    const next = bucketOf(oldestFirst[index] ?? 0) + 1;
    starts[next] = (starts[next] ?? 0) + 1;
    if (index % STEP === 0 && slice.isSpent()) await slice.next();
  }
  for (let bucket = 1; bucket <= count; bucket += 1) {
    starts[bucket] = (starts[bucket] ?? 0) + (starts[bucket - 1] ?? 0);
  }
  const rows = new Uint32Array(oldestFirst.length);
  for (let index = oldestFirst.length - 1; index >= 0; index -= 1) {
    const row = oldestFirst[index] ?? 0;
    const bucket = bucketOf(row);
    rows[starts[bucket] ?? 0] = row;
    starts[bucket] = (starts[bucket] ?? 0) + 1;
    if (index % STEP === 0 && slice.isSpent()) await slice.next();
  }
  return rows;
}
