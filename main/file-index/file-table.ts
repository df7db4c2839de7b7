import { toFolded } from '#app/files/fold.ts';
import type { RemoteFile } from '#app/files/remote-file.ts';
import { growUint32 } from './columns.ts';
import { ALIVE, FileColumns, LISTED, PLAIN, RESERVED_ROWS, SAVEABLE, toCarried } from './file-columns.ts';
import { FolderTable } from './folder-table.ts';
import { hashAscii, hashText } from './hash.ts';
import { RowTable } from './row-table.ts';
import { toPosition } from './text-heap.ts';
import { Totals } from './totals.ts';

/** In the place of a row number: there is none. */
export const NO_ROW = -1;
/** Offsets of texts have 32 bits; no workspace has names of this size in good faith. */
const MAX_TEXT_BYTES = 2 ** 31;

/**
 * The files of a location. What changes of a file ends its row and makes a new one, and no row number is used twice:
 * whoever holds one never finds another file behind it.
 */
export class FileTable {
  readonly totals = new Totals();
  readonly folders = new FolderTable();
  /** Rows that ended. */
  removals = 0;
  folderOf = new Uint32Array(0);
  #columns = new FileColumns();
  readonly #byId = new RowTable((row) => this.#hashId(row));

  get columns(): FileColumns {
    return this.#columns;
  }

  /** Rows that ever were. */
  get length(): number {
    return this.#columns.length;
  }

  /** Grows with every change. */
  get revision(): number {
    return this.length + this.removals;
  }

  /** Whether no more files can be held. */
  isFull(maxFiles: number): boolean {
    return this.totals.count >= maxFiles || this.#columns.textBytes >= MAX_TEXT_BYTES;
  }

  isAlive(row: number): boolean {
    return this.#columns.has(row, ALIVE);
  }

  /** Finds the row of an id. */
  find(id: string): number {
    const row = this.#findEver(id, hashText(id));
    return row !== NO_ROW && this.isAlive(row) ? row : NO_ROW;
  }

  /**
   * Gives the rows of a name, however its accents are written, and a size; the last one first. Goes over all sizes,
   * which takes some three milliseconds for a million of them: a table to look it up in would cost each reading more than that.
   */
  findSame(name: string, sizeBytes: number): readonly number[] {
    const { columns } = this;
    const { sizes } = columns;
    const carried = toCarried(name);
    const [composed, folded] = [carried.normalize('NFC'), Buffer.from(toFolded(carried), 'utf8')];
    const rows: number[] = [];
    for (let row = this.length - 1; row >= 0; row -= 1) {
      if (sizes[row] !== sizeBytes || !columns.isFolded(row, folded) || !this.isAlive(row)) continue;
      if (columns.nameOf(row).normalize('NFC') === composed) rows.push(row);
    }
    return rows;
  }

  /** Adds a file whose id is in no living row. */
  add(file: RemoteFile): number {
    const { columns } = this;
    const row = columns.append(file);
    const idHash = hashText(file.id);
    const known = this.#findEver(file.id, idHash);
    if (known === NO_ROW) this.#byId.add(idHash, row);
    else this.#byId.exchange(idHash, known, row);
    this.#link(row, columns.has(row, PLAIN) ? file.name : columns.nameOf(row));
    return row;
  }

  /** Makes room for rows to come, a part at a call, so that no call takes long. */
  reserve(): void {
    const needed = this.length + RESERVED_ROWS;
    if (this.folderOf.length < needed) this.folderOf = growUint32(this.folderOf, needed);
    else this.#columns.reserve();
  }

  /** Ends a row. */
  remove(row: number): void {
    const { columns, folders } = this;
    columns.clearFlag(row, ALIVE);
    this.removals += 1;
    const sizeBytes = columns.sizes[row] ?? 0;
    this.totals.remove(columns.kindOf(row), sizeBytes, columns.has(row, SAVEABLE));
    folders.removeFile(this.folderOf[row] ?? 0, sizeBytes, columns.createdAt[row] ?? 0);
  }

  /** Notes that a listing gave this row; answers whether one had before. */
  setListed(row: number): boolean {
    const wasListed = this.#columns.has(row, LISTED);
    this.#columns.setFlag(row, LISTED);
    return wasListed;
  }

  /** Takes columns over that were written in an earlier run; `linkAdopted` makes their rows known then. */
  adopt(columns: FileColumns): void {
    if (this.length > 0) throw new Error('Only an empty store can take columns over');
    this.#columns = columns;
    this.#byId.reserve(columns.length);
  }

  /** Makes a row of columns that were taken over known. No two of them have one id. */
  linkAdopted(row: number): void {
    this.#byId.add(this.#hashId(row), row);
    this.#link(row, this.#columns.nameOf(row));
  }

  #link(row: number, name: string): void {
    const { columns } = this;
    while (row >= this.folderOf.length) this.reserve();
    columns.setFlag(row, ALIVE);
    const sizeBytes = columns.sizes[row] ?? 0;
    const folder = this.folders.place(name);
    this.folderOf[row] = folder;
    this.folders.addFile(folder, sizeBytes, columns.createdAt[row] ?? 0);
    this.totals.add(columns.kindOf(row), sizeBytes, columns.has(row, SAVEABLE));
  }

  #findEver(id: string, hash: number): number {
    const { ids, idAt } = this.#columns;
    return this.#byId.find(hash, (row) => ids.isAscii(idAt[row] ?? 0, id));
  }

  #hashId(row: number): number {
    const { ids, idAt } = this.#columns;
    const at = idAt[row] ?? 0;
    return hashAscii(ids.chunkAt(at), toPosition(at));
  }
}
