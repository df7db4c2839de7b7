import { createMutex } from '../engine/mutex.ts';
import { type CompareRows, mergeRuns } from './merge-runs.ts';
import type { Slice, Slices } from './slices.ts';

/** Rows that an order is of; new ones get the next numbers. */
export interface OrderedRows {
  readonly length: number;
  /** Rows that ended. */
  readonly removals: number;
  isAlive(row: number): boolean;
}

/** Rows sorted at once; runs of this length are merged. A thousand names hold main up for 100 ms while their comparison is not compiled yet. */
const RUN_ROWS = 128;
/** Rows between two looks at the clock when ended ones are left out. */
const FILTER_STEP = 16_384;

/**
 * An order of rows that is kept while they come and go. New rows become short sorted runs, runs of about one length
 * are merged, so that each row is moved a few times only; whoever needs the order has what is left merged.
 */
export class Order {
  readonly #rows: OrderedRows;
  readonly #compare: CompareRows;
  readonly #slice: Slice;
  /** Sorted, each shorter than the one before. */
  #runs: Uint32Array[] = [];
  /** Rows below this number are in a run, or had ended. */
  #covered = 0;
  /** Removals that the runs know of. */
  #removals = 0;
  readonly #mutex = createMutex();
  #waiting = 0;

  constructor(rows: OrderedRows, compare: CompareRows, slices: Slices) {
    this.#rows = rows;
    this.#compare = compare;
    this.#slice = slices.begin('background');
  }

  /** Begins with an order that was kept: of all rows below this number. */
  adopt(sorted: Uint32Array, covered: number): void {
    this.#runs = [sorted];
    this.#covered = covered;
  }

  /** Gives all living rows in order; the array is never changed afterwards. Rows that end meanwhile may be in it. */
  async ready(): Promise<Uint32Array> {
    if (!this.#isReady()) {
      this.#waiting += 1;
      this.#slice.urgency = 'answer';
      await this.#mutex.run(() => this.#finish());
      this.#waiting -= 1;
      if (this.#waiting === 0) this.#slice.urgency = 'background';
    }
    return this.#runs[0] ?? new Uint32Array(0);
  }

  /** Takes new rows in, as far as that is cheap. */
  advance(): Promise<void> {
    return this.#mutex.run(() => this.#takeIn());
  }

  #isReady(): boolean {
    return (
      this.#runs.length <= 1 && this.#covered === this.#rows.length && this.#removals === this.#rows.removals
    );
  }

  async #finish(): Promise<void> {
    await this.#takeIn();
    while (this.#runs.length > 1) await this.#mergeLast();
    if (this.#removals !== this.#rows.removals) await this.#leaveOutEnded();
  }

  async #takeIn(): Promise<void> {
    const end = this.#rows.length;
    while (this.#covered < end) {
      if (this.#slice.isSpent()) await this.#slice.next();
      const until = Math.min(end, this.#covered + RUN_ROWS);
      this.#runs.push(this.#sortNew(this.#covered, until));
      this.#covered = until;
      while (this.#isLastToMerge()) await this.#mergeLast();
    }
  }

  #sortNew(from: number, until: number): Uint32Array {
    const run = new Uint32Array(until - from);
    let length = 0;
    for (let row = from; row < until; row += 1) {
      if (!this.#rows.isAlive(row)) continue;
      run[length] = row;
      length += 1;
    }
    const rows = run.subarray(0, length);
    // The listing has the oldest first, and a search for that is quicker than a sort that changes nothing.
    return this.#isSorted(rows) ? rows : rows.sort(this.#compare);
  }

  #isSorted(rows: Uint32Array): boolean {
    for (let index = 1; index < rows.length; index += 1) {
      if (this.#compare(rows[index - 1] ?? 0, rows[index] ?? 0) > 0) return false;
    }
    return true;
  }

  #isLastToMerge(): boolean {
    const [before, last] = this.#runs.slice(-2);
    return before !== undefined && last !== undefined && before.length < last.length * 2;
  }

  async #mergeLast(): Promise<void> {
    const [before, last] = this.#runs.slice(-2);
    if (!before || !last) return;
    const merged = await mergeRuns(before, last, this.#compare, this.#slice);
    this.#runs.splice(-2, 2, merged);
  }

  async #leaveOutEnded(): Promise<void> {
    const { removals } = this.#rows;
    const run = this.#runs[0] ?? new Uint32Array(0);
    const living = new Uint32Array(run.length);
    let length = 0;
    for (let index = 0; index < run.length; index += 1) {
      const row = run[index] ?? 0;
      if (this.#rows.isAlive(row)) {
        living[length] = row;
        length += 1;
      }
      if (index % FILTER_STEP === 0 && this.#slice.isSpent()) await this.#slice.next();
    }
    this.#runs = [living.subarray(0, length)];
    this.#removals = removals;
  }
}
