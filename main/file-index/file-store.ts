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
const NO_ROW_BEFORE = 0xffffffff;
/** Offsets of texts have 32 bits; no workspace has names of this size in good faith. */
const MAX_TEXT_BYTES = 2 ** 31;

/**
 * The files of a location. What changes of a file ends its row and makes a new one, and no row number is used twice:
 * whoever holds one never finds another file behind it.
 */
export class FileStore {
  readonly totals = new Totals();
  readonly folders = new FolderTable();
  /** Rows that ended. */
  removals = 0;
  folderOf = new Uint32Array(0);
  #columns = new FileColumns();
  /** The row before of the same name and size. */
  #sameBefore = new Uint32Array(0);
  /** Rows below this number are known to `findSame`. */
  #sameLinked = 0;
  readonly #byId = new RowTable((row) => this.#hashId(row));
  /** Of each name and size the last row. */
  readonly #bySame = new RowTable((row) => this.#hashSame(row));

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

  /** Rows of a name, however its accents are written, and a size; the last one first. */
  findSame(name: string, sizeBytes: number): readonly number[] {
    while (this.linkNextSame());
    const composed = toCarried(name).normalize('NFC');
    const rows: number[] = [];
    let row = this.#bySame.find(toSameHash(composed, sizeBytes), (other) =>
      this.#isSame(other, composed, sizeBytes),
    );
    while (row !== NO_ROW && row !== NO_ROW_BEFORE) {
      if (this.isAlive(row)) rows.push(row);
      row = this.#sameBefore[row] ?? NO_ROW_BEFORE;
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
    if (this.#sameLinked === row) this.linkNextSame();
    return row;
  }

  /** Makes room for rows to come, a part at a call, so that no call takes long. */
  reserve(): void {
    const needed = this.length + RESERVED_ROWS;
    if (this.folderOf.length < needed) this.folderOf = growUint32(this.folderOf, needed);
    else if (this.#sameBefore.length < needed) this.#sameBefore = growUint32(this.#sameBefore, needed);
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
    this.#bySame.reserve(columns.length);
  }

  /** Makes a row of columns that were taken over known. No two of them have one id. */
  linkAdopted(row: number): void {
    this.#byId.add(this.#hashId(row), row);
    this.#link(row, this.#columns.nameOf(row));
  }

  /** Makes the next of the rows that were taken over known to `findSame`, which else does it; answers whether there was one. */
  linkNextSame(): boolean {
    const row = this.#sameLinked;
    if (row === this.length) return false;
    this.#sameLinked += 1;
    const sizeBytes = this.#columns.sizes[row] ?? 0;
    const composed = this.#composedNameOf(row);
    const hash = toSameHash(composed, sizeBytes);
    const same = this.#bySame.find(hash, (other) => this.#isSame(other, composed, sizeBytes));
    this.#sameBefore[row] = same === NO_ROW ? NO_ROW_BEFORE : same;
    if (same === NO_ROW) this.#bySame.add(hash, row);
    else this.#bySame.exchange(hash, same, row);
    return true;
  }

  #link(row: number, name: string): void {
    const { columns } = this;
    while (row >= Math.min(this.folderOf.length, this.#sameBefore.length)) this.reserve();
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

  #isSame(row: number, composed: string, sizeBytes: number): boolean {
    const { columns } = this;
    if (columns.sizes[row] !== sizeBytes) return false;
    if (columns.has(row, PLAIN)) return columns.nameHeapOf(row).isAscii(columns.nameAt[row] ?? 0, composed);
    return this.#composedNameOf(row) === composed;
  }

  #composedNameOf(row: number): string {
    const name = this.#columns.nameOf(row);
    return this.#columns.has(row, PLAIN) ? name : name.normalize('NFC');
  }

  #hashId(row: number): number {
    const { ids, idAt } = this.#columns;
    const at = idAt[row] ?? 0;
    return hashAscii(ids.chunkAt(at), toPosition(at));
  }

  #hashSame(row: number): number {
    const { columns } = this;
    const sizeBytes = columns.sizes[row] ?? 0;
    if (!columns.has(row, PLAIN)) return toSameHash(this.#composedNameOf(row), sizeBytes);
    const at = columns.nameAt[row] ?? 0;
    return hashAscii(columns.nameHeapOf(row).chunkAt(at), toPosition(at), toSeed(sizeBytes));
  }
}

function toSameHash(composed: string, sizeBytes: number): number {
  return hashText(composed, toSeed(sizeBytes));
}

function toSeed(sizeBytes: number): number {
  return Math.imul(sizeBytes | 0, 0x9e3779b1);
}
