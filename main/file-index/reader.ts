import { type AppError, AppFailure } from '#app/errors.ts';
import type { FileIndexStatus } from '#app/files/file-index-status.ts';
import type { FileStore } from './file-store.ts';
import type { IndexStatus } from './index-status.ts';
import { Reading } from './reading.ts';
import type { Slices } from './slices.ts';
import type { StoreWriter } from './store-writer.ts';
import { type ListFiles, walkListing } from './walk-listing.ts';

/** What a reader needs of its index. */
export interface ReaderParts {
  readonly store: FileStore;
  readonly slices: Slices;
  /** Settles when what was kept of an earlier run is in the store. */
  readonly whenLoaded: () => Promise<void>;
  readonly listFiles: ListFiles;
  readonly maxFiles: number;
  readonly write: StoreWriter['write'];
  /** Takes out the row of a file that is gone. */
  readonly end: (row: number) => void;
  readonly change: IndexStatus['change'];
  readonly status: () => FileIndexStatus;
  /** Told when a page is taken in. */
  readonly onRowsTaken: () => void;
  readonly toUnexpected: (cause: unknown) => AppError;
}

/** Keeps an index up to date with the listing. */
export interface Reader {
  refresh(): Promise<void>;
  catchUp(): Promise<void>;
  notePut(row: number, id: string): void;
  noteRemoved(id: string): void;
  close(): void;
}

/** Rows that are taken out between two looks at the clock. */
const STEP = 1024;

/** Makes a reader; it asks for nothing by itself. */
export function createReader(parts: ReaderParts): Reader {
  const { store, slices, change } = parts;
  let current: { readonly reading: Reading; readonly done: Promise<void> } | null = null;
  let lastId: string | null = null;
  let isClosed = false;

  const isCurrent = (reading: Reading) => current?.reading === reading;

  const readAll = async (reading: Reading) => {
    const { signal } = reading.controller;
    await parts.whenLoaded();
    if (!isCurrent(reading)) return;
    for await (const page of walkListing(parts.listFiles, signal)) {
      if (!isCurrent(reading)) return;
      const taken = await reading.take(page);
      if (!isCurrent(reading)) return;
      parts.onRowsTaken();
      if (taken === 'full') return stopFull(reading);
      const { readFiles, unreadableRows } = reading;
      change({ readFiles, ...(isFirst() ? { unreadableRows } : {}) }, 'soon');
    }
    await takeOutGone(reading);
    if (!isCurrent(reading)) return;
    current = null;
    lastId = reading.lastId;
    change({ ...toFinished(reading), isFromLastTime: false, isFull: false, completedAt: Date.now() }, 'now');
  };
  /** What a first reading has found is told as it goes; after that the last whole reading holds until the next one is. */
  const isFirst = () => parts.status().completedAt === null;
  const stopFull = (reading: Reading) => {
    current = null;
    change({ ...toFinished(reading), isFull: true }, 'now');
  };
  const takeOutGone = async (reading: Reading) => {
    const slice = slices.begin('reading');
    const gone = await reading.findGone();
    for (const [index, row] of gone.entries()) {
      if (index % STEP === 0 && slice.isSpent()) await slice.next();
      if (!isCurrent(reading)) return;
      if (store.isAlive(row)) parts.end(row);
    }
  };

  const readAdded = async (reading: Reading, after: string) => {
    const { signal } = reading.controller;
    const pages = walkListing(parts.listFiles, signal, { by: 'after', id: after });
    for await (const page of pages) {
      if (!isCurrent(reading)) return;
      const taken = await reading.take(page);
      if (!isCurrent(reading)) return;
      parts.onRowsTaken();
      if (taken === 'contradicts') return refresh();
      if (taken === 'full') return stopFull(reading);
      if (page.files.length > 0) change({}, 'soon');
    }
    current = null;
    lastId = reading.lastId ?? lastId;
    const unreadableRows = parts.status().unreadableRows + reading.unreadableRows;
    const isSame = reading.readFiles + reading.unreadableRows === 0 && parts.status().phase === 'complete';
    if (!isSame) change({ phase: 'complete', error: null, unreadableRows }, 'now');
  };

  const fail = (reading: Reading, cause: unknown) => {
    if (!isCurrent(reading)) return;
    current = null;
    const error = cause instanceof AppFailure ? cause.error : parts.toUnexpected(cause);
    change({ phase: 'failed', error, readFiles: 0 }, 'now');
  };
  const start = (of: Reading['of'], read: (reading: Reading) => Promise<void>) => {
    current?.reading.controller.abort();
    const { maxFiles, write } = parts;
    const reading = new Reading(of, { store, write, maxFiles, slice: slices.begin('reading') });
    const run = async () => {
      try {
        await read(reading);
      } catch (cause) {
        // A server that does not know its last file any more is asked for all of them.
        const isUnknownPlace = cause instanceof AppFailure && cause.error.code === 'badRequest';
        if (of === 'added' && isUnknownPlace && isCurrent(reading)) await refresh();
        else fail(reading, cause);
      }
    };
    // It is current before its first page can come.
    let begin: () => void = () => undefined;
    const done = new Promise<void>((resolve) => {
      begin = resolve;
    }).then(run);
    current = { reading, done };
    begin();
    return done;
  };
  const refresh = (): Promise<void> => {
    if (isClosed) return Promise.resolve();
    const done = start('all', readAll);
    change({ phase: 'reading', error: null, readFiles: 0 }, 'now');
    return done;
  };

  return {
    refresh,
    catchUp: () => {
      if (isClosed || parts.status().isFull) return Promise.resolve();
      if (current) return current.done;
      const after = lastId;
      if (after === null || parts.status().phase === 'failed') return refresh();
      return start('added', (reading) => readAdded(reading, after));
    },
    notePut: (row, id) => current?.reading.notePut(row, id),
    noteRemoved: (id) => current?.reading.noteRemoved(id),
    close: () => {
      isClosed = true;
      current?.reading.controller.abort();
      current = null;
    },
  };
}

function toFinished({ unreadableRows }: Reading): Partial<FileIndexStatus> {
  return { phase: 'complete', unreadableRows, error: null, readFiles: 0 };
}
