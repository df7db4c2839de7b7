import type { AppError } from '#app/errors.ts';
import type { FileIndexStatus } from '#app/files/file-index-status.ts';
import { createMutex } from '../engine/mutex.ts';
import type { FileTable } from './file-table.ts';
import { parseCopy, toCopy } from './listing-copy.ts';
import type { Orders } from './orders.ts';
import type { SavedListing } from './saved-listing.ts';
import type { Slices } from './slices.ts';

/** What keeping a listing needs of its index. */
export interface KeptListingParts {
  readonly store: FileTable;
  readonly orders: Orders;
  readonly slices: Slices;
  readonly saved: SavedListing;
  readonly status: () => FileIndexStatus;
  /** Puts a failure in the log; the copy is not worth more than that. */
  readonly toUnexpected: (cause: unknown) => AppError;
}

/** What was known of a listing that was read from its copy. */
export interface LoadedListing {
  readonly completedAt: number;
  readonly unreadableRows: number;
}

/** The copy on disk of an index. */
export interface KeptListing {
  /** Fills the empty store with what was kept; null when there is nothing of use. Never rejects. */
  load(): Promise<LoadedListing | null>;
  /** Notes that what is kept has changed; it is written some time after the first change, with those that follow. */
  noteChange(): void;
  /** Writes what has not been written. Never rejects. */
  close(): Promise<void>;
}

/** Changes come in numbers, and each costs the whole file: the larger it is, the longer it can wait. */
const WRITE_AFTER_MS = 10_000;
const WRITE_AFTER_MS_PER_FILE = 0.1;
/** Rows between two looks at the clock. */
const STEP = 256;

/** Keeps the listing of an index. What no reading has come to the end of is not kept: the copy from before knows more. */
export function createKeptListing(parts: KeptListingParts): KeptListing {
  const { store, orders, slices, saved } = parts;
  let timer: NodeJS.Timeout | null = null;
  /** What the file on disk was made of. */
  let written = '';
  let isClosed = false;
  const mutex = createMutex();

  const toVersion = () => {
    const { completedAt, unreadableRows } = parts.status();
    return completedAt === null ? written : `${store.revision} ${completedAt} ${unreadableRows}`;
  };
  const load = async (): Promise<LoadedListing | null> => {
    const bytes = await saved.read();
    const slice = slices.begin('answer');
    const copy = bytes && (await parseCopy(bytes, slice));
    if (!copy) return null;
    store.adopt(copy.columns);
    for (let row = 0; row < copy.header.rows; row += 1) {
      if (row % STEP === 0 && slice.isSpent()) await slice.next();
      store.linkAdopted(row);
    }
    if (copy.byName) orders.adopt(copy.byName, copy.header.rows);
    orders.advance();
    const { completedAt, unreadableRows } = copy.header;
    written = `${store.revision} ${completedAt} ${unreadableRows}`;
    return { completedAt, unreadableRows };
  };
  const write = async () => {
    const { completedAt, unreadableRows } = parts.status();
    const version = toVersion();
    if (completedAt === null || version === written) return;
    written = version;
    const byName = await orders.byName();
    await saved.write(
      await toCopy(store, { completedAt, unreadableRows }, byName, slices.begin('background')),
    );
  };
  const writeInTurn = () => {
    if (timer) clearTimeout(timer);
    timer = null;
    return mutex.run(write).catch((cause: unknown) => {
      written = '';
      parts.toUnexpected(cause);
    });
  };
  return {
    load: async () => {
      try {
        return await load();
      } catch (cause) {
        parts.toUnexpected(cause);
        return null;
      }
    },
    noteChange: () => {
      if (isClosed || toVersion() === written) return;
      const waitMs = Math.max(WRITE_AFTER_MS, store.totals.count * WRITE_AFTER_MS_PER_FILE);
      timer ??= setTimeout(writeInTurn, waitMs);
    },
    close: () => {
      isClosed = true;
      return writeInTurn();
    },
  };
}
