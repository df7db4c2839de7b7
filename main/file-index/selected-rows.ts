import type { FileSummary } from '#app/files/selection.ts';
import { Bits } from './bits.ts';
import { growUint32 } from './columns.ts';
import { SAVEABLE } from './file-columns.ts';
import type { FileStore } from './file-store.ts';
import { ROOT } from './folder-table.ts';
import { NewestRows } from './newest-rows.ts';
import { Totals } from './totals.ts';

/** How much of a folder is selected. */
export type FolderMark = 'none' | 'some' | 'all';

/** The rows that are selected, and what they amount to. All of them are alive. */
export class SelectedRows {
  #bits = new Bits();
  readonly #store: FileStore;
  readonly #totals = new Totals();
  /** Selected files that lie in each folder itself. */
  #inFolder = new Uint32Array(0);
  /** Of each folder and all below it; null after a change. */
  #inTree: Uint32Array | null = null;
  /** Null after a change. */
  #summary: FileSummary | null = null;

  constructor(store: FileStore) {
    this.#store = store;
  }

  get count(): number {
    return this.#totals.count;
  }

  has(row: number): boolean {
    return this.#bits.has(row);
  }

  /** Puts a living row in or takes it out; answers whether that changed anything. */
  set(row: number, isSelected: boolean): boolean {
    const isChange = isSelected ? this.#bits.add(row) : this.#bits.delete(row);
    if (!isChange) return false;
    const { columns } = this.#store;
    const sizeBytes = columns.sizes[row] ?? 0;
    const isSaveable = columns.has(row, SAVEABLE);
    if (isSelected) this.#totals.add(columns.kindOf(row), sizeBytes, isSaveable);
    else this.#totals.remove(columns.kindOf(row), sizeBytes, isSaveable);
    const folder = this.#store.folderOf[row] ?? ROOT;
    if (folder >= this.#inFolder.length) {
      this.#inFolder = growUint32(this.#inFolder, folder + 1);
    }
    this.#inFolder[folder] = (this.#inFolder[folder] ?? 0) + (isSelected ? 1 : -1);
    this.#summary = null;
    this.#inTree = null;
    return true;
  }

  clear(): void {
    this.#bits = new Bits();
    this.#totals.clear();
    this.#inFolder.fill(0);
    this.#summary = null;
    this.#inTree = null;
  }

  /** A copy that later changes do not reach. */
  copy(): Bits {
    return this.#bits.copy();
  }

  markOf(folder: number): FolderMark {
    this.#inTree ??= this.#countTrees();
    const selected = this.#inTree[folder] ?? 0;
    if (selected === 0) return 'none';
    return selected === this.#store.folders.counts[folder] ? 'all' : 'some';
  }

  summary(): FileSummary {
    this.#summary ??= this.#summarize();
    return this.#summary;
  }

  /** Every folder has a higher number than the one it lies in. */
  #countTrees(): Uint32Array {
    const { folders } = this.#store;
    const counts = new Uint32Array(Math.max(folders.length, this.#inFolder.length));
    counts.set(this.#inFolder);
    for (let folder = folders.length - 1; folder > ROOT; folder -= 1) {
      const parent = folders.parents[folder] ?? ROOT;
      counts[parent] = (counts[parent] ?? 0) + (counts[folder] ?? 0);
    }
    return counts;
  }

  #summarize(): FileSummary {
    const { columns } = this.#store;
    const newest = new NewestRows(columns);
    // The listing has the oldest first, so that most rows that come after the first few are none of the newest.
    for (let row = this.#bits.before(this.#bits.end - 1); row >= 0; row = this.#bits.before(row - 1))
      newest.note(row);
    return {
      count: this.#totals.count,
      sizeBytes: this.#totals.sizeBytes,
      saveableCount: this.#totals.saveableCount,
      kinds: this.#totals.kinds('count'),
      firstFiles: newest.rows.map((row) => columns.read(row)),
    };
  }
}
