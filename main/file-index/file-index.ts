import { type AppError, AppFailure } from '#app/errors.ts';
import type { FileIndexStatus } from '#app/files/file-index-status.ts';
import type { FilePage, FileQuery } from '#app/files/file-query.ts';
import type { RemoteFile } from '#app/files/remote-file.ts';
import { createCondition } from '../condition.ts';
import type { ListPage } from '../openrouter/wire.ts';
import { toNewestFirst } from './newest-first.ts';
import { createSameFiles, type SameFiles } from './same-files.ts';
import { createFileFilter } from './search.ts';
import { type ListFiles, walkListing } from './walk-listing.ts';

/** What an index is made of. */
export interface FileIndexParts {
  readonly listFiles: ListFiles;
  /** Told of every change of the status, and so of what a query could answer. */
  readonly onChange: (status: FileIndexStatus) => void;
  /** Gives the error of a failure that is not an `AppFailure`, once it is in the log. */
  readonly toUnexpected: (cause: unknown) => AppError;
}

/** All files of one location, read in the background and kept in memory. */
export interface FileIndex {
  /** Reads the listing from its start to its end; what was known stays in view until the new reading is whole. Never rejects. */
  refresh(): Promise<void>;
  query(query: FileQuery): FilePage;
  find(id: string): RemoteFile | undefined;
  status(): FileIndexStatus;
  /** Files of one name, however its accents are written, and one size. */
  findSame(name: string, sizeBytes: number): readonly RemoteFile[];
  /** Size of all files together, in bytes; null while the listing has not been read to its end. */
  totalBytes(): number | null;
  /** Settles when no reading is under way; rejects at an abort. */
  whenRead(signal: AbortSignal): Promise<void>;
  /** Adds a file, or replaces what is known of it, without asking the server for the list again. */
  put(file: RemoteFile): void;
  /**
   * To be called as somebody else's reading of the listing begins; what it gives takes in the files of each page. Those
   * that are taken out meanwhile stay so.
   */
  followReading(): (files: readonly RemoteFile[]) => void;
  /** Takes out files that are known to be gone. */
  remove(ids: readonly string[]): void;
  /** Ends a reading that is under way; nothing is told afterwards. */
  close(): void;
}

/** One walk over the listing. */
interface Reading {
  readonly controller: AbortController;
  readonly files: Map<string, RemoteFile>;
  /** Files that became known meanwhile: pages read before would not tell of them. */
  readonly put: Map<string, RemoteFile>;
  /** The revision as it began. */
  readonly begunAt: number;
  unreadableRows: number;
}

/**
 * Makes an index. The server lists oldest first without totals (contract, section 2), so the newest files are known
 * only when its last page has been read; until then queries answer from what there is.
 */
export function createFileIndex({ listFiles, onChange, toUnexpected }: FileIndexParts): FileIndex {
  let files = new Map<string, RemoteFile>();
  let newestFirst: readonly RemoteFile[] | null = null;
  let sameFiles: SameFiles | null = null;
  let reading: Reading | null = null;
  let isClosed = false;
  /** The revision as a file was taken out: a page that was asked for before may still tell of it. */
  const removedAt = new Map<string, number>();
  let status: FileIndexStatus = {
    phase: 'reading',
    knownFiles: 0,
    unreadableRows: 0,
    error: null,
    revision: 0,
    completedAt: null,
  };

  const read = createCondition(() => status.phase !== 'reading');
  const change = (next: Partial<FileIndexStatus>) => {
    status = { ...status, ...next, knownFiles: files.size, revision: status.revision + 1 };
    if (!isClosed) onChange(status);
    read.noteChange();
  };
  /** Replaces all that is known of the files. */
  const exchange = (next: Map<string, RemoteFile>) => {
    files = next;
    newestFirst = null;
    sameFiles = null;
  };
  const same = () => {
    sameFiles ??= createSameFiles(files.values());
    return sameFiles;
  };

  const showPart = (current: Reading) => {
    // The first reading shows its pages as they come; what is known already is not exchanged for a part of it.
    if (status.completedAt !== null || current.files.size < files.size) return;
    for (const file of current.put.values()) current.files.set(file.id, file);
    exchange(current.files);
    change({ unreadableRows: current.unreadableRows });
  };

  const wasRemovedSince = (id: string, revision: number) => (removedAt.get(id) ?? -1) >= revision;
  const takePage = (current: Reading, page: ListPage) => {
    for (const file of page.files) {
      if (!wasRemovedSince(file.id, current.begunAt)) current.files.set(file.id, file);
    }
    current.unreadableRows += page.unreadableRows;
  };
  /** Answers whether anything of it was new. */
  const take = (file: RemoteFile): boolean => {
    reading?.put.set(file.id, file);
    const known = files.get(file.id);
    if (isSameFile(known, file)) return false;
    if (known) sameFiles?.remove(known);
    files.set(file.id, file);
    sameFiles?.add(file);
    newestFirst = null;
    return true;
  };

  const readToEnd = async (current: Reading) => {
    for await (const page of walkListing(listFiles, current.controller.signal)) {
      if (reading !== current) return;
      takePage(current, page);
      showPart(current);
    }
    for (const file of current.put.values()) current.files.set(file.id, file);
    exchange(current.files);
    reading = null;
    const { unreadableRows } = current;
    change({ phase: 'complete', unreadableRows, error: null, completedAt: Date.now() });
  };

  const refresh = async () => {
    if (isClosed) return;
    reading?.controller.abort();
    const current = createReading(status.revision);
    reading = current;
    change({ phase: 'reading', error: null });
    try {
      await readToEnd(current);
    } catch (cause) {
      if (reading !== current) return;
      reading = null;
      change({ phase: 'failed', error: cause instanceof AppFailure ? cause.error : toUnexpected(cause) });
    }
  };

  return {
    refresh,
    query: (query) => {
      newestFirst ??= toNewestFirst(files.values());
      const isFiltered = query.search.trim() !== '';
      const matches = isFiltered ? newestFirst.filter(createFileFilter(query.search)) : newestFirst;
      return toPage(matches, query, status);
    },
    find: (id) => files.get(id),
    status: () => status,
    findSame: (name, sizeBytes) =>
      Array.from(same().find(name, sizeBytes), (id) => files.get(id)).filter((file) => file !== undefined),
    totalBytes: () => (status.completedAt === null ? null : same().totalBytes()),
    whenRead: read.wait,
    put: (file) => {
      if (take(file)) change({});
    },
    followReading: () => {
      const begunAt = status.revision;
      return (found) => {
        const here = found.filter(({ id }) => !wasRemovedSince(id, begunAt));
        if (here.filter(take).length > 0) change({});
      };
    },
    remove: (ids) => {
      const gone = new Set(ids);
      for (const id of gone) {
        const known = files.get(id);
        if (known) sameFiles?.remove(known);
        files.delete(id);
        removedAt.set(id, status.revision);
        reading?.files.delete(id);
        reading?.put.delete(id);
      }
      // To take some out of an order costs less than to make it anew.
      newestFirst = newestFirst?.filter((file) => !gone.has(file.id)) ?? null;
      change({});
    },
    close: () => {
      isClosed = true;
      reading?.controller.abort();
      reading = null;
    },
  };
}

function createReading(begunAt: number): Reading {
  return {
    controller: new AbortController(),
    files: new Map(),
    put: new Map(),
    begunAt,
    unreadableRows: 0,
  };
}

function isSameFile(known: RemoteFile | undefined, file: RemoteFile): boolean {
  return (
    known !== undefined &&
    known.name === file.name &&
    known.mimeType === file.mimeType &&
    known.sizeBytes === file.sizeBytes &&
    known.createdAt === file.createdAt &&
    known.isSaveable === file.isSaveable
  );
}

function toPage(
  matches: readonly RemoteFile[],
  { offset, limit }: FileQuery,
  status: FileIndexStatus,
): FilePage {
  const lastPageOffset = Math.max(0, Math.ceil(matches.length / limit) - 1) * limit;
  const start = offset < matches.length ? offset : lastPageOffset;
  return { rows: matches.slice(start, start + limit), offset: start, total: matches.length, status };
}
