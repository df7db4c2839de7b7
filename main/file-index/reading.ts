import type { RemoteFile } from '#app/files/remote-file.ts';
import type { ListPage } from '../file-store/listing.ts';
import { Bits } from './bits.ts';
import { MAX_ASKED } from './contradictions.ts';
import { type FileTable, NO_ROW } from './file-table.ts';
import type { Slice } from './slices.ts';
import type { StoreWriter } from './store-writer.ts';

/** Rows between two looks at the clock. */
const STEP = 256;

/** What one walk over the listing does with its pages. */
export interface ReadingParts {
  readonly store: FileTable;
  readonly write: StoreWriter['write'];
  /** Most rows, unreadable ones too, or a listing of nothing else would have no end. */
  readonly maxFiles: number;
  /** Whether this app knows a file to be gone, whatever a listing says that may lag behind. */
  readonly isRemoved: (id: string) => boolean;
  readonly slice: Slice;
  /** Told when some rows of a page are in the store: the first ones need not wait for the rest of it. */
  readonly onRows: (page: ListPage) => void;
}

/** Where a listing goes on: behind the last file that it has named. */
export interface Place {
  readonly id: string;
  /** Rows behind it that made no sense. They are given again. */
  readonly unreadableRows: number;
}

/**
 * Why a reading ended. `contradicts`: behind the last file that was listed came one that was listed before, or nothing,
 * and that last file is gone.
 */
export type ReadingEnd = 'end' | 'full' | 'contradicts' | 'overtaken';

/** What became of a page. */
export type TakenPage = 'taken' | Extract<ReadingEnd, 'full' | 'contradicts'>;

/** One walk over the listing: all of it, or what was added behind a place. */
export class Reading {
  readonly controller = new AbortController();
  /** Where it began; null is the start of the listing. */
  readonly from: Place | null;
  readFiles = 0;
  /** Rows of all pages so far, whatever became of them. */
  rows = 0;
  unreadableRows = 0;
  /** Files that were gone before it began, and that it was given all the same; the first of them. */
  readonly returned: string[] = [];
  /** Where the listing goes on; null before it has named a file. */
  place: Place | null;
  readonly #parts: ReadingParts;
  readonly #seen = new Bits();
  /** Rows that this app wrote meanwhile: pages that were made before do not know better. */
  readonly #put = new Bits();
  /** Ids that this app deleted meanwhile. */
  readonly #removed = new Set<string>();

  constructor(from: Place | null, parts: ReadingParts) {
    this.from = from;
    this.place = from && { id: from.id, unreadableRows: 0 };
    this.#parts = parts;
  }

  /** Whether another reading has taken its place, or the index was closed. */
  get isOvertaken(): boolean {
    return this.controller.signal.aborted;
  }

  /** Notes a row that this app wrote while the listing is read. */
  notePut(row: number, id: string): void {
    this.#put.add(row);
    this.#seen.add(row);
    this.#removed.delete(id);
  }

  /** Notes a file that this app deleted while the listing is read. */
  noteRemoved(id: string): void {
    this.#removed.add(id);
  }

  /** Takes a page in. */
  async take(page: ListPage): Promise<TakenPage> {
    const { slice, store, onRows } = this.#parts;
    this.rows += page.files.length + page.unreadableRows;
    this.unreadableRows += page.unreadableRows;
    this.place = toPlace(this.place, page);
    for (let start = 0; start < page.files.length; start += STEP) {
      if (slice.isSpent()) await slice.next();
      // Whoever takes over has begun from what was known; a page of before must not change that.
      if (this.isOvertaken) break;
      const taken = this.#takeStep(page.files.slice(start, start + STEP));
      if (taken !== 'taken') return taken;
      onRows(page);
    }
    return page.unreadableRows > 0 && store.isFull(this.#room) ? 'full' : 'taken';
  }

  get #room(): number {
    return this.#parts.maxFiles - this.unreadableRows;
  }

  #takeStep(files: readonly RemoteFile[]): TakenPage {
    const { store, write, isRemoved } = this.#parts;
    store.reserve();
    for (const file of files) {
      if (this.#removed.size > 0 && this.#removed.has(file.id)) continue;
      if (isRemoved(file.id)) {
        if (this.returned.length < MAX_ASKED) this.returned.push(file.id);
        continue;
      }
      const known = store.find(file.id);
      if (known === NO_ROW && store.isFull(this.#room)) return 'full';
      const isOwn = known !== NO_ROW && this.#put.has(known);
      const row = isOwn ? known : write(file, known);
      const wasListed = store.setListed(row);
      if (this.from !== null && wasListed && known !== NO_ROW) return 'contradicts';
      if (this.#seen.add(row)) this.readFiles += 1;
    }
    return 'taken';
  }

  /** Gives the rows that the walk has not met, and that so are gone from the server. */
  async findGone(): Promise<readonly number[]> {
    const { store, slice } = this.#parts;
    const gone: number[] = [];
    for (let row = 0; row < store.length; row += 1) {
      if (row % (STEP * 32) === 0 && slice.isSpent()) await slice.next();
      if (store.isAlive(row) && !this.#seen.has(row)) gone.push(row);
    }
    return gone;
  }
}

function toPlace(before: Place | null, { lastId, unreadableBehind }: ListPage): Place | null {
  if (lastId !== null) return { id: lastId, unreadableRows: unreadableBehind };
  return before && { id: before.id, unreadableRows: before.unreadableRows + unreadableBehind };
}
