import { assertNever } from '#app/assert-never.ts';
/** Which way sorted rows are read: `backwardInGroups` keeps the order within rows that the sort holds for equal. */
export type Direction = 'forward' | 'backward' | 'backwardInGroups';

/** Says which rows a sort holds for equal. */
export type IsEqual = (a: number, b: number) => boolean;

/** Rows in the order of a view, over an array that is sorted one way. */
export class RowSequence {
  readonly #sorted: Uint32Array;
  readonly #direction: Direction;
  readonly #isEqual: IsEqual;

  /** `isEqual` says which rows the sort holds for equal; those stand side by side in `sorted`. */
  constructor(sorted: Uint32Array, direction: Direction, isEqual: IsEqual = () => false) {
    this.#sorted = sorted;
    this.#direction = direction;
    this.#isEqual = isEqual;
  }

  get length(): number {
    return this.#sorted.length;
  }

  /** The rows in whatever order. */
  get unordered(): Uint32Array {
    return this.#sorted;
  }

  /** Gives the rows from one position up to another. */
  slice(start: number, end: number): Uint32Array {
    const { length } = this.#sorted;
    const from = Math.min(start, length);
    const until = Math.min(end, length);
    switch (this.#direction) {
      case 'forward':
        return this.#sorted.subarray(from, until);
      case 'backward':
        return this.#sorted.slice(length - until, length - from).reverse();
      case 'backwardInGroups':
        return this.#sliceInGroups(from, until);
      default:
        return assertNever(this.#direction);
    }
  }

  /** Gives the position of a row; -1 when it is not in. */
  indexOf(row: number): number {
    const { length } = this.#sorted;
    const index = this.#sorted.indexOf(row);
    if (index === -1 || this.#direction === 'forward') return index;
    if (this.#direction === 'backward') return length - 1 - index;
    return length - this.#groupEnd(index) + (index - this.#groupStart(index));
  }

  #sliceInGroups(from: number, until: number): Uint32Array {
    const { length } = this.#sorted;
    const rows = new Uint32Array(until - from);
    let position = from;
    while (position < until) {
      const start = this.#groupStart(length - 1 - position);
      const end = this.#groupEnd(length - 1 - position);
      const first = start + (position - (length - end));
      const last = Math.min(end, first + until - position);
      rows.set(this.#sorted.subarray(first, last), position - from);
      position += last - first;
    }
    return rows;
  }

  #groupStart(index: number): number {
    let known = index;
    let step = 1;
    while (known > 0 && this.#isOneGroup(Math.max(0, known - step), index)) {
      known = Math.max(0, known - step);
      step *= 2;
    }
    let low = Math.max(0, known - step);
    while (low < known) {
      const middle = (low + known) >>> 1;
      if (this.#isOneGroup(middle, index)) known = middle;
      else low = middle + 1;
    }
    return known;
  }

  #groupEnd(index: number): number {
    const { length } = this.#sorted;
    let known = index;
    let step = 1;
    while (known < length - 1 && this.#isOneGroup(Math.min(length - 1, known + step), index)) {
      known = Math.min(length - 1, known + step);
      step *= 2;
    }
    let high = Math.min(length - 1, known + step);
    while (known < high) {
      const middle = (known + high + 1) >>> 1;
      if (this.#isOneGroup(middle, index)) known = middle;
      else high = middle - 1;
    }
    return known + 1;
  }

  #isOneGroup(index: number, other: number): boolean {
    return this.#isEqual(this.#sorted[index] ?? 0, this.#sorted[other] ?? 0);
  }
}
