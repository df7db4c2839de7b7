import type { Slice } from './slices.ts';

/** Says which of two rows comes first: a negative number for the first one. */
export type CompareRows = (a: number, b: number) => number;

/** Rows between two looks at the clock. */
const STEP = 128;
/** A run that is so many times shorter is put into the other at places that are searched for. */
const FEW = 32;

/** Merges two sorted runs into one; of rows that compare equal those of the first come first. */
export async function mergeRuns(
  first: Uint32Array,
  second: Uint32Array,
  compare: CompareRows,
  slice: Slice,
): Promise<Uint32Array> {
  const out = new Uint32Array(first.length + second.length);
  if (first.length === 0 || second.length === 0 || isBefore(first, second, compare)) {
    out.set(first);
    out.set(second, first.length);
    return out;
  }
  if (second.length * FEW < first.length) await mergeFew(first, second, out, compare, slice);
  else await mergeMany(first, second, out, compare, slice);
  return out;
}

/** Sorts rows; rows that compare equal keep their order. */
export async function sortRows(rows: Uint32Array, compare: CompareRows, slice: Slice): Promise<Uint32Array> {
  let runs: Uint32Array[] = [];
  for (let start = 0; start < rows.length; start += STEP) {
    if (slice.isSpent()) await slice.next();
    runs.push(rows.slice(start, start + STEP).sort(compare));
  }
  while (runs.length > 1) {
    const merged: Uint32Array[] = [];
    for (let index = 0; index < runs.length; index += 2) {
      const [first, second] = runs.slice(index, index + 2);
      if (first) merged.push(second ? await mergeRuns(first, second, compare, slice) : first);
    }
    runs = merged;
  }
  return runs[0] ?? new Uint32Array(0);
}

function isBefore(first: Uint32Array, second: Uint32Array, compare: CompareRows): boolean {
  return compare(first[first.length - 1] ?? 0, second[0] ?? 0) <= 0;
}

async function mergeMany(
  first: Uint32Array,
  second: Uint32Array,
  out: Uint32Array,
  compare: CompareRows,
  slice: Slice,
): Promise<void> {
  let i = 0;
  let j = 0;
  while (i < first.length && j < second.length) {
    if (slice.isSpent()) await slice.next();
    for (let step = 0; step < STEP && i < first.length && j < second.length; step += 1) {
      const a = first[i] ?? 0;
      const b = second[j] ?? 0;
      if (compare(a, b) <= 0) {
        out[i + j] = a;
        i += 1;
      } else {
        out[i + j] = b;
        j += 1;
      }
    }
  }
  out.set(i < first.length ? first.subarray(i) : second.subarray(j), i + j);
}

async function mergeFew(
  many: Uint32Array,
  few: Uint32Array,
  out: Uint32Array,
  compare: CompareRows,
  slice: Slice,
): Promise<void> {
  let taken = 0;
  for (let index = 0; index < few.length; index += 1) {
    if ((index & 31) === 31 && slice.isSpent()) await slice.next();
    const row = few[index] ?? 0;
    const place = findPlace(many, row, taken, compare);
    out.set(many.subarray(taken, place), taken + index);
    out[place + index] = row;
    taken = place;
  }
  out.set(many.subarray(taken), taken + few.length);
}

/** Finds the first place from `start` on whose row comes behind the given one. */
function findPlace(rows: Uint32Array, row: number, start: number, compare: CompareRows): number {
  let low = start;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compare(rows[middle] ?? 0, row) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
