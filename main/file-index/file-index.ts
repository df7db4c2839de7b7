import type { AppError } from '#app/errors.ts';
import type { FileIndexStatus } from '#app/files/file-index-status.ts';
import type { FilePage, FileQuery, FileView, FolderRow, RowKey } from '#app/files/file-query.ts';
import type { RemoteFile } from '#app/files/remote-file.ts';
import type { FileSummary, SelectionChange, SelectionView } from '#app/files/selection.ts';
import type { UsageBasis, WorkspaceUsage } from '#app/files/workspace-usage.ts';
import { MAX_INDEXED_FILES } from '#app/limits.ts';
import { type Clock, systemClock } from '../engine/clock.ts';
import { createCondition } from '../engine/condition.ts';
import type { LocationCapabilities } from '../file-store/location-capabilities.ts';
import { createPatientListing } from './ask-again.ts';
import type { ReadFile } from './contradictions.ts';
import { FileTable, NO_ROW } from './file-table.ts';
import { toIndexPage } from './index-page.ts';
import { createIndexStatus, type IndexStatus } from './index-status.ts';
import { createKeptListing, type KeptListing } from './kept-listing.ts';
import { openSelection, toFileSet } from './open-selection.ts';
import { openIndex } from './opening.ts';
import { createOrders, type Orders } from './orders.ts';
import { createReader } from './reader.ts';
import { createRecentChanges } from './recent-changes.ts';
import { findFiles } from './row-keys.ts';
import type { SavedListing } from './saved-listing.ts';
import type { IndexSelection } from './selection.ts';
import { createSlices, type Slices } from './slices.ts';
import { createStoreWriter } from './store-writer.ts';
import { createViews, type Views } from './views.ts';
import type { ListFiles } from './walk-listing.ts';

/** What an index is made of. */
export interface FileIndexParts {
  readonly listFiles: ListFiles;
  readonly capabilities: Pick<LocationCapabilities, 'quotaBytes' | 'listingOrder'>;
  /** Asks for one file where a listing leaves open whether it is there; fails with `notFound` when it is gone. */
  readonly readFile: ReadFile;
  /** Told of changes of the status, and so of what a query could answer; changes in quick succession are told together. */
  readonly onChange: (status: FileIndexStatus) => void;
  /** Gives the error of a failure that is not an `AppFailure`, once it is in the log. */
  readonly toUnexpected: (cause: unknown) => AppError;
  /** Where the listing is kept for the next run; it is not kept unless told. */
  readonly saved?: SavedListing;
  /** Most files that are held; {@link MAX_INDEXED_FILES} unless told. */
  readonly maxFiles?: number;
  /** By which a page that failed waits for its next try; the computer's own unless told. */
  readonly clock?: Clock;
}

/** All files of one location, read in the background and kept in memory. */
export interface FileIndex {
  /**
   * Reads the listing from its start to its end; what was known stays in view until the new reading is whole. What was put
   * or removed in the last minutes stays so where the listing says otherwise, unless the server contradicts when it is
   * asked for that file. Never rejects.
   */
  refresh(): Promise<void>;
  /**
   * Looks for files behind the last one that the listing gave; reads all of it again where that is contradictory or the
   * last whole reading failed. What is told of the index changes only when the server answers. Never rejects.
   */
  catchUp(): Promise<void>;
  query(query: FileQuery): Promise<IndexPage>;
  find(id: string): RemoteFile | undefined;
  status(): FileIndexStatus;
  usage(): WorkspaceUsage;
  /** Opens a selection with nothing in it; files that go leave it. */
  openSelection(): Selection;
  /** The files of some rows as they are now, without those whose ids are `leftOut`. */
  toSet(keys: readonly RowKey[], leftOut?: Iterable<string>): Promise<FileSet>;
  /** Files of one name, however its accents are written, and one size. */
  findSame(name: string, sizeBytes: number): readonly RemoteFile[];
  /** Size of all files together, in bytes; null while no reading of this run has come to the listing's end. */
  totalBytes(): number | null;
  /** Settles when no reading is under way; rejects at an abort. */
  whenRead(signal: AbortSignal): Promise<void>;
  /** Adds a file that is surely there, or replaces what is known of it, without asking the server for the list again. */
  put(file: RemoteFile): void;
  /**
   * To be called as somebody else's reading of the listing begins; what it gives takes in the files of each page. Those
   * that are taken out meanwhile stay so.
   */
  followReading(): (files: readonly RemoteFile[]) => void;
  /** Whether a file was taken out lately: a listing that lags behind may still tell of it. */
  isRemoved(id: string): boolean;
  /** Takes out files that are known to be gone. */
  remove(ids: readonly string[]): void;
  /** Ends a reading that is under way; nothing is told afterwards. Settles when what is kept for the next run is on disk. */
  close(): Promise<void>;
}

/** What the index knows of a page; whether a file is being deleted is not its matter. */
export interface IndexPage extends Omit<FilePage, 'rows' | 'selection'> {
  readonly rows: readonly (RemoteFile | FolderRow)[];
}

/** Some files, as they were when they were put together; one that has gone since is left out. */
export interface FileSet {
  readonly count: number;
  /** Files of the target that are not in it, as that was wished. */
  readonly leftOutCount: number;
  has(id: string): boolean;
  summary(): Promise<FileSummary>;
  /** Newest first. */
  ids(): Promise<readonly string[]>;
  /** Newest first. */
  files(): Promise<readonly RemoteFile[]>;
}

/** Files that a person has selected. */
export interface Selection {
  change(change: SelectionChange): Promise<void>;
  /** How rows of a view show it. */
  view(rows: IndexPage['rows'], view: FileView): Promise<SelectionView>;
  /** Selects files that were selected once; does nothing when something is selected by now: that is what the person means. */
  restore(ids: readonly string[]): Promise<void>;
  remove(ids: readonly string[]): Promise<void>;
  /** The files in it as they are now, without those whose ids are `leftOut`. */
  toSet(leftOut?: Iterable<string>): Promise<FileSet>;
}

/** All that an index knows, before anything fills it. */
interface Knowledge {
  readonly slices: Slices;
  readonly store: FileTable;
  readonly orders: Orders;
  readonly views: Views;
  readonly selections: Set<IndexSelection>;
  readonly status: IndexStatus;
}

/**
 * Makes an index. The server lists oldest first without totals (contract, section 2), so the newest files are known
 * only when its last page has been read; until then queries answer from what there is.
 */
export function createFileIndex(parts: FileIndexParts): FileIndex {
  const knowledge = createKnowledge(parts.onChange);
  const { slices, store, orders, selections, status } = knowledge;
  const { write, end } = createStoreWriter(store, selections);
  const { toUnexpected } = parts;
  const kept = parts.saved
    ? createKeptListing({ store, orders, slices, saved: parts.saved, status: status.current, toUnexpected })
    : null;
  const opening = openIndex(() => load(knowledge, kept));
  const read = createCondition(() => status.current().phase !== 'reading');
  const change: IndexStatus['change'] = (next, when) => {
    status.change({ ...next, knownFiles: store.totals.count }, when);
    kept?.noteChange();
    read.noteChange();
  };
  const clock = parts.clock ?? systemClock;
  const changes = createRecentChanges(clock.now);
  const reader = createReader({
    store,
    write,
    end,
    slices,
    change,
    status: status.current,
    onRowsTaken: orders.advance,
    whenLoaded: () => opening.whenOpen,
    listFiles: createPatientListing(parts.listFiles, clock),
    readFile: parts.readFile,
    changes,
    maxFiles: parts.maxFiles ?? MAX_INDEXED_FILES,
    toUnexpected,
  });
  const putAll = (files: readonly RemoteFile[]) => {
    const { revision } = store;
    for (const file of files) reader.notePut(write(file, store.find(file.id)), file.id);
    if (store.revision !== revision) change({}, 'soon');
  };
  return {
    ...createAnswers(knowledge, opening.whenOpen, parts.capabilities.quotaBytes),
    refresh: reader.refresh,
    catchUp: parts.capabilities.listingOrder === 'oldestFirst' ? reader.catchUp : reader.refresh,
    openSelection: () => openSelection(knowledge, opening.whenOpen),
    whenRead: read.wait,
    put: (file) =>
      opening.run(() => {
        changes.notePut(file.id);
        putAll([file]);
      }),
    followReading: () => {
      const begunAt = changes.mark();
      return (files) =>
        opening.run(() => putAll(files.filter(({ id }) => !changes.isRemovedSince(begunAt, id))));
    },
    isRemoved: changes.isRemoved,
    remove: (ids) =>
      opening.run(() => {
        for (const id of ids) {
          reader.noteRemoved(id);
          changes.noteRemoved(id);
          const row = store.find(id);
          if (row !== NO_ROW) end(row);
        }
        change({}, 'soon');
      }),
    close: async () => {
      status.close();
      reader.close();
      await opening.whenOpen;
      await kept?.close();
    },
  };
}

function createKnowledge(onChange: FileIndexParts['onChange']): Knowledge {
  const slices = createSlices();
  const store = new FileTable();
  const orders = createOrders(store, slices);
  const views = createViews({ store, orders }, slices);
  return { slices, store, orders, views, selections: new Set(), status: createIndexStatus(onChange) };
}

async function load({ store, status }: Knowledge, kept: KeptListing | null): Promise<void> {
  const loaded = await kept?.load();
  if (!loaded) return;
  status.change({ ...loaded, isFromLastTime: true, knownFiles: store.totals.count }, 'now');
}

/** Whether a reading of this run has come to the listing's end: what an earlier run has left does not tell what is there now. */
export function isListedWhole({ completedAt, isFromLastTime, isFull }: FileIndexStatus): boolean {
  return completedAt !== null && !isFromLastTime && !isFull;
}

function toUsageBasis(status: FileIndexStatus): UsageBasis {
  if (status.isFromLastTime) return 'lastTime';
  return isListedWhole(status) ? 'listing' : 'partOfListing';
}

/** Makes the part of an index that only answers. */
function createAnswers(
  knowledge: Knowledge,
  whenOpen: Promise<void>,
  quotaBytes: number | null,
): Pick<FileIndex, 'query' | 'usage' | 'toSet' | 'find' | 'status' | 'findSame' | 'totalBytes'> {
  const { store, views, slices, status } = knowledge;
  /** Whether a reading of this run has come to the listing's end. */
  const isWhole = () => isListedWhole(status.current());
  return {
    query: async ({ offset, limit, ...view }) => {
      await whenOpen;
      const atStart = status.current();
      return toIndexPage(store, await views.rows(view), { offset, limit }, atStart);
    },
    usage: () => ({
      fileCount: store.totals.count,
      sizeBytes: store.totals.sizeBytes,
      kinds: store.totals.kinds('sizeBytes'),
      quotaBytes,
      basis: toUsageBasis(status.current()),
    }),
    toSet: async (keys, leftOut = []) => {
      await whenOpen;
      const slice = slices.begin('answer');
      return toFileSet(knowledge, await findFiles(store, keys, slice), leftOut, slice);
    },
    find: (id) => {
      const row = store.find(id);
      return row === NO_ROW ? undefined : store.columns.read(row);
    },
    status: status.current,
    findSame: (name, sizeBytes) => store.findSame(name, sizeBytes).map((row) => store.columns.read(row)),
    totalBytes: () => (isWhole() ? store.totals.sizeBytes : null),
  };
}
