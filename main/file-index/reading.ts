import type { RemoteFile } from '#app/files/remote-file.ts';
import type { ListPage } from '../openrouter/wire.ts';
import { Bits } from './bits.ts';
import { type FileStore, NO_ROW } from './file-store.ts';
import type { Slice } from './slices.ts';
import type { StoreWriter } from './store-writer.ts';
import { toEndless } from './walk-listing.ts';

/** So many pages in a row may bring nothing new, as when the listing changes while it is read. */
const MAX_STALE_PAGES = 20;
/** Rows between two looks at the clock. */
const STEP = 256;

/** What one walk over the listing does with its pages. */
export interface ReadingParts {
  readonly store: FileStore;
  readonly write: StoreWriter['write'];
  readonly maxFiles: number;
  readonly slice: Slice;
}

/** What became of a page: `contradicts` is one behind the last file that was listed, with a file that was listed before. */
export type TakenPage = 'taken' | 'full' | 'contradicts';

/** One walk over the listing: all of it, or what was added behind the last file that a walk has met. */
export class Reading {
  readonly controller = new AbortController();
  readonly of: 'all' | 'added';
  readFiles = 0;
  unreadableRows = 0;
  /** The last id that the listing gave; null before it gave one. */
  lastId: string | null = null;
  readonly #parts: ReadingParts;
  readonly #seen = new Bits();
  /** Rows that this app wrote meanwhile: pages that were made before do not know better. */
  readonly #put = new Bits();
  /** Ids that this app deleted meanwhile. */
  readonly #removed = new Set<string>();
  #stalePages = 0;

  constructor(of: 'all' | 'added', parts: ReadingParts) {
    this.of = of;
    this.#parts = parts;
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

  /** Takes a page in. Throws `unexpectedAnswer` when pages bring nothing new any more. */
  async take(page: ListPage): Promise<TakenPage> {
    const { slice } = this.#parts;
    const filesBefore = this.readFiles;
    this.unreadableRows += page.unreadableRows;
    this.lastId = page.lastId ?? this.lastId;
    for (let start = 0; start < page.files.length; start += STEP) {
      if (slice.isSpent()) await slice.next();
      // Whoever takes over has begun from what was known; a page of before must not change that.
      if (this.controller.signal.aborted) break;
      const taken = this.#takeStep(page.files.slice(start, start + STEP));
      if (taken !== 'taken') return taken;
    }
    const isStale = this.readFiles === filesBefore && page.files.length > 0;
    this.#stalePages = isStale ? this.#stalePages + 1 : 0;
    if (this.#stalePages > MAX_STALE_PAGES && page.next !== null) throw toEndless();
    return 'taken';
  }

  #takeStep(files: readonly RemoteFile[]): TakenPage {
    const { store, maxFiles, write } = this.#parts;
    store.reserve();
    for (const file of files) {
      if (this.#removed.size > 0 && this.#removed.has(file.id)) continue;
      const known = store.find(file.id);
      if (known === NO_ROW && store.isFull(maxFiles)) return 'full';
      const isOwn = known !== NO_ROW && this.#put.has(known);
      const row = isOwn ? known : write(file, known);
      const wasListed = store.setListed(row);
      if (this.of === 'added' && wasListed && known !== NO_ROW) return 'contradicts';
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
