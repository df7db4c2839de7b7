import { FILE_KINDS } from '#app/files/file-kind.ts';
import type { KindCount } from '#app/files/selection.ts';

/** What some files amount to, kept up to date file by file. */
export class Totals {
  count = 0;
  saveableCount = 0;
  readonly #counts = new Uint32Array(FILE_KINDS.length);
  readonly #sizes = new Float64Array(FILE_KINDS.length);

  /** Counts a file in; `kind` is its place among all kinds. */
  add(kind: number, sizeBytes: number, isSaveable: boolean): void {
    this.#change(kind, 1, sizeBytes, isSaveable);
  }

  /** Counts a file out. */
  remove(kind: number, sizeBytes: number, isSaveable: boolean): void {
    this.#change(kind, -1, -sizeBytes, isSaveable);
  }

  clear(): void {
    this.count = 0;
    this.saveableCount = 0;
    this.#counts.fill(0);
    this.#sizes.fill(0);
  }

  get sizeBytes(): number {
    return toSafeSize(this.#sizes.reduce((sum, size) => sum + size, 0));
  }

  /** The kinds that occur, the one with most of what is asked for first. */
  kinds(most: 'count' | 'sizeBytes'): readonly KindCount[] {
    return FILE_KINDS.map((kind, position) => ({
      kind,
      count: this.#counts[position] ?? 0,
      sizeBytes: toSafeSize(this.#sizes[position] ?? 0),
    }))
      .filter(({ count }) => count > 0)
      .sort((a, b) => b[most] - a[most] || b.count - a.count);
  }

  #change(kind: number, files: number, sizeBytes: number, isSaveable: boolean): void {
    this.count += files;
    if (isSaveable) this.saveableCount += files;
    this.#counts[kind] = (this.#counts[kind] ?? 0) + files;
    this.#sizes[kind] = (this.#sizes[kind] ?? 0) + sizeBytes;
  }
}

/** Sizes are a server's word: their sum may be more than a number can hold exactly, and must stay one all the same. */
export function toSafeSize(sizeBytes: number): number {
  return Math.max(0, Math.min(sizeBytes, Number.MAX_SAFE_INTEGER));
}
