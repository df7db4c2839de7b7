import { FILE_KINDS } from '#app/files/file-kind.ts';
import type { KindCount } from '#app/files/selection.ts';
import { SizeSums } from './size-sums.ts';

/** What some files amount to, kept up to date file by file. */
export class Totals {
  count = 0;
  saveableCount = 0;
  readonly #counts = new Uint32Array(FILE_KINDS.length);
  readonly #sizes = new SizeSums(FILE_KINDS.length);

  /** Counts a file in; `kind` is its place among all kinds. */
  add(kind: number, sizeBytes: number, isSaveable: boolean): void {
    this.#change(kind, 1, sizeBytes, isSaveable);
  }

  /** Counts a file out. */
  remove(kind: number, sizeBytes: number, isSaveable: boolean): void {
    this.#change(kind, -1, sizeBytes, isSaveable);
  }

  clear(): void {
    this.count = 0;
    this.saveableCount = 0;
    this.#counts.fill(0);
    this.#sizes.clear();
  }

  get sizeBytes(): number {
    return this.#sizes.total();
  }

  /** The kinds that occur, the one with most of what is asked for first. */
  kinds(most: 'count' | 'sizeBytes'): readonly KindCount[] {
    return FILE_KINDS.map((kind, position) => ({
      kind,
      count: this.#counts[position] ?? 0,
      sizeBytes: this.#sizes.read(position),
    }))
      .filter(({ count }) => count > 0)
      .sort((a, b) => b[most] - a[most] || b.count - a.count);
  }

  #change(kind: number, files: 1 | -1, sizeBytes: number, isSaveable: boolean): void {
    this.count += files;
    if (isSaveable) this.saveableCount += files;
    this.#counts[kind] = (this.#counts[kind] ?? 0) + files;
    this.#sizes.change(kind, sizeBytes, files);
  }
}
