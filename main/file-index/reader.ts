import { type AppError, type AppErrorCode, AppFailure } from '#app/errors.ts';
import type { FileIndexStatus } from '#app/files/file-index-status.ts';
import { isTriedAgain, toRetryPolicy } from '../engine/retry-policy.ts';
import type { ListPage } from '../file-store/listing.ts';
import { askForFile, askForFiles, type ReadFile } from './contradictions.ts';
import { LISTED } from './file-columns.ts';
import { type FileTable, NO_ROW } from './file-table.ts';
import type { IndexStatus } from './index-status.ts';
import { type Place, Reading, type ReadingEnd } from './reading.ts';
import type { RecentChanges } from './recent-changes.ts';
import type { Slices } from './slices.ts';
import type { StoreWriter } from './store-writer.ts';
import { type ListFiles, walkListing } from './walk-listing.ts';

/** What a reader needs of its index. */
export interface ReaderParts {
  readonly store: FileTable;
  readonly slices: Slices;
  /** Settles when what was kept of an earlier run is in the store. */
  readonly whenLoaded: () => Promise<void>;
  readonly listFiles: ListFiles;
  readonly readFile: ReadFile;
  readonly changes: RecentChanges;
  readonly maxFiles: number;
  readonly write: StoreWriter['write'];
  /** Takes out the row of a file that is gone. */
  readonly end: (row: number) => void;
  readonly change: IndexStatus['change'];
  readonly status: () => FileIndexStatus;
  /** Told when rows are in the store that may be sorted. */
  readonly onRowsTaken: () => void;
  readonly toUnexpected: (cause: unknown) => AppError;
}

/** Keeps an index up to date with the listing. */
export interface Reader {
  refresh(): Promise<void>;
  /** Asks for what is new since the last reading, for all of it where that has failed; says so only when there is an answer. */
  catchUp(): Promise<void>;
  notePut(row: number, id: string): void;
  noteRemoved(id: string): void;
  close(): void;
}

/** Files that are read before the first are sorted: at first the processors are needed for the first rows. */
const UNSORTED_FILES = 8000;
/** Rows that are taken out between two looks at the clock. */
const STEP = 1024;

/** What servers answer that cannot go on behind a file, such as one that was deleted. */
const NO_WAY_ON: ReadonlySet<AppErrorCode> = new Set([
  'badRequest',
  'keyWithoutFiles',
  'reportedError',
  'unexpectedAnswer',
]);

/** Makes a reader; it asks for nothing by itself. */
export function createReader(parts: ReaderParts): Reader {
  const { store, slices, change, status, maxFiles, write } = parts;
  let current: { readonly reading: Reading; readonly done: Promise<void> } | null = null;
  let place: Place | null = null;
  let isClosed = false;

  const settle = async (reading: Reading, end: ReadingEnd) => {
    if (end === 'overtaken') return;
    if (end === 'contradicts') return refresh();
    current = null;
    place = reading.place;
    const news = toNews(reading, end, status());
    if (news !== null) change(news, 'now');
  };
  const fail = async (reading: Reading, cause: unknown) => {
    if (reading.isOvertaken) return;
    const error = cause instanceof AppFailure ? cause.error : parts.toUnexpected(cause);
    // A server that does not know its last file any more is asked for all of them.
    if (reading.from !== null && NO_WAY_ON.has(error.code) && !isTriedAgain(toRetryPolicy(error, 'listing')))
      return refresh();
    current = null;
    if (reading.from === null) place = null;
    change({ phase: 'failed', error, readFiles: 0 }, 'now');
  };
  const start = (from: Place | null): Promise<void> => {
    current?.reading.controller.abort();
    const reading = new Reading(from, {
      store,
      write,
      maxFiles,
      isRemoved: parts.changes.isRemoved,
      slice: slices.begin('reading'),
      onRows: (page) => tellOfRows(parts, reading, page),
    });
    // It is current before its first page can come.
    const done = Promise.resolve()
      .then(() => read(parts, reading))
      .then((end) => settle(reading, end))
      .catch((cause: unknown) => fail(reading, cause));
    current = { reading, done };
    return done;
  };
  const refresh = (): Promise<void> => {
    if (isClosed) return Promise.resolve();
    const done = start(null);
    change({ phase: 'reading', error: null, readFiles: 0 }, 'now');
    return done;
  };

  return {
    refresh,
    catchUp: async () => {
      if (isClosed || status().isFull) return;
      await (current?.done ?? start(place));
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

/** Takes in what the listing gives from the reading's place on, and takes out what a whole one has not met. */
async function read(parts: ReaderParts, reading: Reading): Promise<ReadingEnd> {
  if (reading.from === null) await parts.whenLoaded();
  if (reading.isOvertaken) return 'overtaken';
  const end = await takePages(parts, reading);
  if (end === 'end') {
    if (reading.from === null) await takeOutGone(parts, reading);
    // Behind a file that was deleted some servers list nothing, whatever there is.
    else if (reading.rows === 0 && (await isGone(parts, reading, reading.from.id))) return 'contradicts';
  }
  return reading.isOvertaken ? 'overtaken' : end;
}

/** Whether a file is known to be gone, or the server says so. */
async function isGone({ changes, readFile }: ReaderParts, { controller }: Reading, id: string) {
  return changes.isRemoved(id) || (await askForFile(readFile, id, controller.signal)).kind === 'gone';
}

async function takePages(parts: ReaderParts, reading: Reading): Promise<ReadingEnd> {
  const { from, controller } = reading;
  const start = from && ({ by: 'after', id: from.id } as const);
  const { listFiles, onRowsTaken } = parts;
  const { signal } = controller;
  for await (const page of walkListing({ listFiles, signal, start, countFiles: () => reading.readFiles })) {
    const taken = await reading.take(page);
    if (reading.isOvertaken) return 'overtaken';
    if (page.next === null || reading.readFiles >= UNSORTED_FILES) onRowsTaken();
    if (taken !== 'taken') return taken;
    // A page of unreadable rows has told of none.
    tellOfRows(parts, reading, page);
  }
  return 'end';
}

function tellOfRows({ change, status }: ReaderParts, reading: Reading, page: ListPage): void {
  const { from, readFiles, unreadableRows } = reading;
  // What follows from the last page is told at once.
  if (page.next === null) return;
  if (from !== null) {
    if (page.files.length > 0) change({}, 'soon');
    return;
  }
  // What a first reading has found is told as it goes; after that the last whole reading holds until the next one is.
  const { completedAt, knownFiles } = status();
  const found = completedAt === null ? { unreadableRows } : {};
  // The first rows of all are waited for.
  change({ phase: 'reading', error: null, readFiles, ...found }, knownFiles === 0 ? 'now' : 'soon');
}

/**
 * Takes the files out that a whole reading has not met. What this app has stored or deleted lately counts for more than a
 * listing, which may lag behind, unless the server says otherwise when it is asked for the file itself. It is also asked
 * for files that no listing has given yet: an earlier run may have stored them just before it ended.
 */
async function takeOutGone(
  { store, slices, write, end, changes, readFile }: ReaderParts,
  reading: Reading,
): Promise<void> {
  const slice = slices.begin('reading');
  const gone = await reading.findGone();
  const missing: string[] = [];
  for (const [index, row] of gone.entries()) {
    if (index % STEP === 0 && slice.isSpent()) await slice.next();
    if (reading.isOvertaken) return;
    if (!store.isAlive(row)) continue;
    const id = store.columns.idOf(row);
    if (changes.isPut(id) || !store.columns.has(row, LISTED)) missing.push(id);
    else end(row);
  }
  const { signal } = reading.controller;
  await askForFiles(readFile, missing, signal, (id, answer) => {
    const row = store.find(id);
    if (row === NO_ROW || answer.kind === 'there') return;
    if (answer.kind === 'gone') changes.noteRemoved(id);
    else if (changes.mayStay(id)) return;
    end(row);
  });
  await askForFiles(readFile, reading.returned, signal, (id, answer) => {
    if (answer.kind !== 'there') return;
    changes.notePut(id);
    store.setListed(write(answer.file, store.find(id)));
  });
}

/** What is new of an index when a reading has ended; null for one that looked for more and found nothing. */
function toNews(
  { from, readFiles, unreadableRows: unreadable }: Reading,
  end: 'end' | 'full',
  before: FileIndexStatus,
): Partial<FileIndexStatus> | null {
  const isFull = end === 'full';
  // Of what was known, the rows behind the place have been given again.
  const unreadableRows = unreadable + (from === null ? 0 : before.unreadableRows - from.unreadableRows);
  const next = { phase: 'complete', error: null, readFiles: 0, unreadableRows, isFull } as const;
  if (from === null) return isFull ? next : { ...next, isFromLastTime: false, completedAt: Date.now() };
  const isSame = before.isFull === isFull && before.unreadableRows === unreadableRows;
  return readFiles === 0 && isSame && before.phase === 'complete' ? null : next;
}
