import { FILE_KINDS, toFileKind } from '#app/files/file-kind.ts';
import { toFolded } from '#app/files/fold.ts';
import type { RemoteFile } from '#app/files/remote-file.ts';
import { growFloat64, growUint8, growUint16, growUint32 } from './columns.ts';
import { TextHeap } from './text-heap.ts';

/** Bits of a row's flags. */
export const ALIVE = 1;
export const SAVEABLE = 2;
/** The name holds printable ASCII only. */
export const PLAIN = 4;
/** The name is not what it is searched by, and stands in a heap of its own. */
export const HAS_OWN_NAME = 8;
/** A listing gave this row, not only an upload's answer. */
export const LISTED = 16;

/** Room is made for so many rows ahead: some pages of the listing. */
export const RESERVED_ROWS = 10_000;
/** In the place of an instant that is not known: earlier than any that a `Date` can hold. */
export const UNKNOWN_INSTANT = -8_640_000_000_000_001;
const MAX_MIME_TYPES = 65_536;
const BYTES = 'application/octet-stream';

/** What a row holds of a name that is being written. */
interface WrittenName {
  readonly foldedAt: number;
  readonly nameAt: number;
  readonly flags: number;
}

/** The columns whose values all have one width. */
export type FixedColumns = Pick<
  FileColumns,
  'foldedAt' | 'nameAt' | 'idAt' | 'sizes' | 'createdAt' | 'mimeIds' | 'flags'
>;

/** What is known of each file, in columns by row number. A row is written once. */
export class FileColumns {
  /** Rows that were written. */
  length = 0;
  /** Names as they are searched for, in the order of rows; most names are just that. */
  folded = new TextHeap();
  /** The names that are not. */
  names = new TextHeap();
  ids = new TextHeap();
  foldedAt = new Uint32Array(0);
  nameAt = new Uint32Array(0);
  idAt = new Uint32Array(0);
  sizes = new Float64Array(0);
  /** In milliseconds since the epoch; UNKNOWN_INSTANT where it is not known. */
  createdAt = new Float64Array(0);
  mimeIds = new Uint16Array(0);
  flags = new Uint8Array(0);
  readonly mimeTypes: string[] = [];
  /** The place of each MIME type's kind among all kinds. */
  readonly kinds: number[] = [];
  readonly #mimeIdByType = new Map<string, number>();
  /** Rows that all columns have room for. */
  #room = 0;

  constructor() {
    this.internMimeType(BYTES);
  }

  get textBytes(): number {
    return this.ids.sizeBytes + this.names.sizeBytes + this.folded.sizeBytes;
  }

  has(row: number, flag: number): boolean {
    return ((this.flags[row] ?? 0) & flag) !== 0;
  }

  setFlag(row: number, flag: number): void {
    this.flags[row] = (this.flags[row] ?? 0) | flag;
  }

  clearFlag(row: number, flag: number): void {
    this.flags[row] = (this.flags[row] ?? 0) & ~flag;
  }

  /** Writes a row; it is not alive yet. */
  append(file: RemoteFile): number {
    const row = this.length;
    while (row >= this.#room) this.reserve();
    const written = this.#writeName(file.name);
    this.foldedAt[row] = written.foldedAt;
    this.nameAt[row] = written.nameAt;
    this.flags[row] = written.flags | (file.isSaveable ? SAVEABLE : 0);
    this.idAt[row] = this.ids.addAscii(file.id);
    this.sizes[row] = file.sizeBytes;
    this.createdAt[row] = file.createdAt ?? UNKNOWN_INSTANT;
    this.mimeIds[row] = this.internMimeType(file.mimeType);
    this.length += 1;
    return row;
  }

  /** Writes a row that holds what a row of other columns does; it is not alive yet. MIME types have the same numbers in both. */
  appendCopy(from: FileColumns, other: number): number {
    const row = this.length;
    while (row >= this.#room) this.reserve();
    this.foldedAt[row] = this.folded.addFrom(from.folded, from.foldedAt[other] ?? 0);
    this.nameAt[row] = from.has(other, HAS_OWN_NAME)
      ? this.names.addFrom(from.names, from.nameAt[other] ?? 0)
      : (this.foldedAt[row] ?? 0);
    this.idAt[row] = this.ids.addFrom(from.ids, from.idAt[other] ?? 0);
    this.sizes[row] = from.sizes[other] ?? 0;
    this.createdAt[row] = from.createdAt[other] ?? 0;
    this.mimeIds[row] = from.mimeIds[other] ?? 0;
    this.flags[row] = (from.flags[other] ?? 0) & ~ALIVE;
    this.length += 1;
    return row;
  }

  /** Takes columns over that hold so many rows, and have room for more. */
  adopt(rows: number, columns: FixedColumns): void {
    Object.assign(this, columns);
    this.length = rows;
    this.#room = 0;
  }

  /** The place of a row's kind among all kinds. */
  kindOf(row: number): number {
    return this.kinds[this.mimeIds[row] ?? 0] ?? 0;
  }

  idOf(row: number): string {
    return this.ids.readAscii(this.idAt[row] ?? 0);
  }

  nameOf(row: number): string {
    const heap = this.nameHeapOf(row);
    const at = this.nameAt[row] ?? 0;
    return this.has(row, PLAIN) ? heap.readAscii(at) : heap.read(at);
  }

  /** Whether a row's name is searched for as this, in UTF-8. */
  isFolded(row: number, folded: Uint8Array): boolean {
    return this.folded.holds(this.foldedAt[row] ?? 0, folded);
  }

  nameHeapOf(row: number): TextHeap {
    return this.has(row, HAS_OWN_NAME) ? this.names : this.folded;
  }

  /** Makes a file of a row. */
  read(row: number): RemoteFile {
    return {
      id: this.idOf(row),
      name: this.nameOf(row),
      mimeType: this.mimeTypes[this.mimeIds[row] ?? 0] ?? BYTES,
      sizeBytes: this.sizes[row] ?? 0,
      createdAt: toInstant(this.createdAt[row] ?? UNKNOWN_INSTANT),
      isSaveable: this.has(row, SAVEABLE),
    };
  }

  /** Whether a row holds just what is known of a file, its id apart. */
  holds(row: number, file: RemoteFile): boolean {
    return (
      this.sizes[row] === file.sizeBytes &&
      this.createdAt[row] === (file.createdAt ?? UNKNOWN_INSTANT) &&
      this.has(row, SAVEABLE) === file.isSaveable &&
      this.mimeIds[row] === this.internMimeType(file.mimeType) &&
      this.#isNamed(row, file.name)
    );
  }

  /** Gives the number of a MIME type. Beyond as many different ones as nobody has, the rest are taken for mere bytes. */
  internMimeType(mimeType: string): number {
    const known = this.#mimeIdByType.get(mimeType);
    if (known !== undefined) return known;
    if (this.mimeTypes.length === MAX_MIME_TYPES) return 0;
    const id = this.mimeTypes.push(mimeType) - 1;
    this.kinds.push(FILE_KINDS.indexOf(toFileKind(mimeType)));
    this.#mimeIdByType.set(mimeType, id);
    return id;
  }

  /**
   * Makes room for rows to come, in one column at a call: to copy all columns of millions of rows at once would hold
   * the main thread up. Rows that come without it find room, too.
   */
  reserve(): void {
    const needed = this.length + RESERVED_ROWS;
    if (this.foldedAt.length < needed) this.foldedAt = growUint32(this.foldedAt, needed);
    else if (this.nameAt.length < needed) this.nameAt = growUint32(this.nameAt, needed);
    else if (this.idAt.length < needed) this.idAt = growUint32(this.idAt, needed);
    else if (this.sizes.length < needed) this.sizes = growFloat64(this.sizes, needed);
    else if (this.createdAt.length < needed) this.createdAt = growFloat64(this.createdAt, needed);
    else if (this.mimeIds.length < needed) this.mimeIds = growUint16(this.mimeIds, needed);
    else if (this.flags.length < needed) this.flags = growUint8(this.flags, needed);
    this.#room = Math.min(
      this.foldedAt.length,
      this.nameAt.length,
      this.idAt.length,
      this.sizes.length,
      this.createdAt.length,
      this.mimeIds.length,
      this.flags.length,
    );
  }

  #isNamed(row: number, name: string): boolean {
    const at = this.nameAt[row] ?? 0;
    if (this.has(row, PLAIN)) return this.nameHeapOf(row).isAscii(at, name);
    return this.nameOf(row) === toCarried(name);
  }

  #writeName(name: string): WrittenName {
    const folded = toFolded(name);
    const isPlain = isPrintableAscii(name);
    const foldedAt = isPrintableAscii(folded) ? this.folded.addAscii(folded) : this.folded.add(folded);
    const flags = isPlain ? PLAIN : 0;
    if (folded === name) return { foldedAt, nameAt: foldedAt, flags };
    const nameAt = isPlain ? this.names.addAscii(name) : this.names.add(name);
    return { foldedAt, nameAt, flags: flags | HAS_OWN_NAME };
  }
}

/** Reads an instant of a column; null where it is not known. */
export function toInstant(value: number): number | null {
  return value === UNKNOWN_INSTANT ? null : value;
}

/** Gives a text as UTF-8 carries it: a half of a surrogate pair becomes U+FFFD. */
export function toCarried(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}

/** Whether a text holds the characters from space to tilde only. */
export function isPrintableAscii(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code < 0x20 || code > 0x7e) return false;
  }
  return true;
}
