import { assertNever } from '#app/assert-never.ts';
import { FILE_KINDS } from '#app/files/file-kind.ts';
import type { FileSort } from '#app/files/file-query.ts';
import { type CompareTexts, createCompareTexts } from './collation.ts';
import { SAVEABLE } from './file-columns.ts';
import type { FileTable } from './file-table.ts';
import { Order, type OrderedRows } from './order.ts';
import { type Direction, type IsEqual, RowSequence } from './row-sequence.ts';
import type { Slice, Slices } from './slices.ts';

/** The orders of all files. */
export interface Orders {
  /** Oldest first; of files of one moment the one that was listed first. */
  created(): Promise<Uint32Array>;
  /** All files in the order of a sort, as they are now. */
  sorted(sort: FileSort, slice: Slice): Promise<SortedRows>;
  /** Folders by name; those without files are among them. */
  foldersByName(): Promise<Uint32Array>;
  /** Takes rows in that are new, in the background. */
  advance(): void;
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
  store: FileTable,
  slices: Slices,
  compareTexts: CompareTexts = createCompareTexts(),
): Orders {
  const compare = createComparisons(store, compareTexts);
  const created = new Order(store, compare.created, slices);
  const bySize = new Order(store, (a, b) => compare.sizes(a, b) || compare.created(b, a), slices);
  const byName = new Order(store, (a, b) => compare.names(a, b) || compare.created(b, a), slices);
  const foldersByName = new Order(toFolderRows(store), compare.folders, slices);
  return {
    created: () => created.ready(),
    foldersByName: () => foldersByName.ready(),
    byName: () => byName.ready(),
    sorted: async (sort, slice) => {
      const inGroups = sort.isDescending ? 'backwardInGroups' : 'forward';
      switch (sort.by) {
        case 'created':
          return toSorted(await created.ready(), sort.isDescending ? 'backward' : 'forward');
        case 'size':
          return toSorted(await bySize.ready(), inGroups, (a, b) => compare.sizes(a, b) === 0);
        case 'name':
          return toSorted(await byName.ready(), inGroups, (a, b) => compare.names(a, b) === 0);
        case 'kind':
        case 'saveable': {
          const buckets = toBuckets(store, sort);
          return toSorted(await sortIntoBuckets(await created.ready(), buckets, slice), 'forward');
        }
        default:
          return assertNever(sort.by);
      }
    },
    advance: createAdvance([created, bySize, byName, foldersByName]),
    adopt: (sorted, covered) => byName.adopt(sorted, covered),
  };
}

function toSorted(rows: Uint32Array, direction: Direction, isEqual?: IsEqual): SortedRows {
  return { rows, toSequence: (some) => new RowSequence(some, direction, isEqual) };
}

/** Compares rows, and those of folders; of texts by what a person sees, so that two may be equal. */
function createComparisons(store: FileTable, compareTexts: CompareTexts) {
  const { folders } = store;
  return {
    created: (a: number, b: number) => {
      const { createdAt } = store.columns;
      return (createdAt[a] ?? 0) - (createdAt[b] ?? 0) || a - b;
    },
    sizes: (a: number, b: number) => {
      const { sizes } = store.columns;
      return (sizes[a] ?? 0) - (sizes[b] ?? 0);
    },
    names: (a: number, b: number) => {
      const { columns } = store;
      const { nameAt } = columns;
      return compareTexts(columns.nameHeapOf(a), nameAt[a] ?? 0, columns.nameHeapOf(b), nameAt[b] ?? 0);
    },
    folders: (a: number, b: number) =>
      compareTexts(folders.names, folders.nameAt[a] ?? 0, folders.names, folders.nameAt[b] ?? 0) || a - b,
  };
}

function toFolderRows({ folders }: FileTable): OrderedRows {
  return {
    isAlive: () => true,
    removals: 0,
    get length() {
      return folders.length;
    },
  };
}

/** Makes what lets orders take new rows in, one order after the other; calls meanwhile are for one more round. */
function createAdvance(orders: readonly Order[]): () => void {
  let isAdvancing = false;
  let isBehind = false;
  const advanceAll = async () => {
    isAdvancing = true;
    while (isBehind) {
      isBehind = false;
      for (const order of orders) await order.advance();
    }
    isAdvancing = false;
  };
  return () => {
    isBehind = true;
    if (!isAdvancing) void advanceAll();
  };
}

interface Buckets {
  readonly of: (row: number) => number;
  readonly count: number;
}

/** Says in which bucket of a sort by kind, or by whether a file can be saved, a row belongs. */
function toBuckets(store: FileTable, { by, isDescending }: FileSort): Buckets {
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
  { of: bucketOf, count }: Buckets,
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
