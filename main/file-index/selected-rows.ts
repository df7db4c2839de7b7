import type { FileSummary } from '#app/files/selection.ts';
import { Bits } from './bits.ts';
import { growUint32 } from './columns.ts';
import { SAVEABLE } from './file-columns.ts';
import type { FileTable } from './file-table.ts';
import { ROOT } from './folder-table.ts';
import { NewestRows } from './newest-rows.ts';
import type { Slice } from './slices.ts';
import { Totals } from './totals.ts';

/** How much of a folder is selected. */
export type FolderMark = 'none' | 'some' | 'all';

/** Rows between two looks at the clock. */
const STEP = 8192;

/** The rows that are selected, and what they amount to. All of them are alive. */
export class SelectedRows {
  #bits = new Bits();
  readonly #store: FileTable;
  readonly #totals = new Totals();
  /** Selected files that lie in each folder itself. */
  #inFolder = new Uint32Array(0);
  /** Of each folder and all below it; null after a change. */
  #inTree: Uint32Array | null = null;
  /** Null after a change. */
  #summary: FileSummary | null = null;
  /** Grows with every change. */
  #revision = 0;

  constructor(store: FileTable) {
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
    this.#revision += 1;
    return true;
  }

  clear(): void {
    this.#bits = new Bits();
    this.#totals.clear();
    this.#inFolder.fill(0);
    this.#summary = null;
    this.#inTree = null;
    this.#revision += 1;
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

  /** What they amount to; of changes that are made meanwhile it may know or not. */
  async summary(slice: Slice): Promise<FileSummary> {
    if (this.#summary !== null) return this.#summary;
    const revision = this.#revision;
    const summary = await this.#summarize(slice);
    if (revision === this.#revision) this.#summary = summary;
    return summary;
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

  async #summarize(slice: Slice): Promise<FileSummary> {
    const { columns } = this.#store;
    const newest = new NewestRows(columns);
    const bits = this.#bits;
    let step = 0;
    // The listing has the oldest first, so that most rows that come after the first few are none of the newest.
    for (let row = bits.before(bits.end - 1); row >= 0; row = bits.before(row - 1)) {
      newest.note(row);
      step += 1;
      if (step % STEP === 0 && slice.isSpent()) await slice.next();
    }
    return {
      count: this.#totals.count,
      sizeBytes: this.#totals.sizeBytes,
      saveableCount: this.#totals.saveableCount,
      kinds: this.#totals.kinds('count'),
      firstFiles: newest.rows.filter((row) => this.has(row)).map((row) => columns.read(row)),
    };
  }
}
