import { MAX_NAMED_FILES } from '#app/files/selection.ts';
import type { FileColumns } from './file-columns.ts';

/** Finds, of rows that are shown to it, the few that a summary names: the newest ones. */
export class NewestRows {
  /** Newest first. */
  readonly rows: number[] = [];
  readonly #columns: FileColumns;
  /** When the last of them was created, once there are enough. */
  #oldest = Number.NEGATIVE_INFINITY;

  constructor(columns: FileColumns) {
    this.#columns = columns;
  }

  note(row: number): void {
    const { createdAt } = this.#columns;
    // Most of many rows are none of the few.
    if ((createdAt[row] ?? 0) < this.#oldest) return;
    const { rows } = this;
    if (rows.length === MAX_NAMED_FILES && !this.#isNewer(row, rows[rows.length - 1] ?? 0)) return;
    let place = rows.length;
    while (place > 0 && this.#isNewer(row, rows[place - 1] ?? 0)) place -= 1;
    rows.splice(place, 0, row);
    if (rows.length > MAX_NAMED_FILES) rows.pop();
    if (rows.length === MAX_NAMED_FILES) this.#oldest = createdAt[rows[rows.length - 1] ?? 0] ?? 0;
  }

  #isNewer(row: number, other: number): boolean {
    const { createdAt } = this.#columns;
    const difference = (createdAt[row] ?? 0) - (createdAt[other] ?? 0);
    return difference > 0 || (difference === 0 && row > other);
  }
}
