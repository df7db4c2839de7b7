import { type AppError, AppFailure } from '#app/errors.ts';
import type { FileIndexStatus } from '#app/files/file-index-status.ts';
import type { FilePage, FileQuery } from '#app/files/file-query.ts';
import type { RemoteFile } from '#app/files/remote-file.ts';
import type { ListPage, ListPosition } from '../openrouter/wire.ts';
import { toNewestFirst } from './newest-first.ts';
import { createFileFilter } from './search.ts';

/** What an index is made of. */
export interface FileIndexParts {
  readonly listFiles: (from: ListPosition | null, signal: AbortSignal) => Promise<ListPage>;
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
  /** Adds a file, or replaces what is known of it, without asking the server for the list again. */
  put(file: RemoteFile): void;
  /** Takes out files that are known to be gone. */
  remove(ids: readonly string[]): void;
  /** Ends a reading that is under way; nothing is told afterwards. */
  close(): void;
}

/** One walk over the listing. */
interface Reading {
  readonly controller: AbortController;
  readonly files: Map<string, RemoteFile>;
  /** Files that this app uploaded or deleted meanwhile: pages read before would not know. */
  readonly put: Map<string, RemoteFile>;
  readonly removed: Set<string>;
  unreadableRows: number;
}

/**
 * Makes an index. The server lists oldest first without totals (contract, section 2), so the newest files are known
 * only when its last page has been read; until then queries answer from what there is.
 */
export function createFileIndex({ listFiles, onChange, toUnexpected }: FileIndexParts): FileIndex {
  let files = new Map<string, RemoteFile>();
  let newestFirst: readonly RemoteFile[] | null = null;
  let reading: Reading | null = null;
  let isClosed = false;
  let status: FileIndexStatus = {
    phase: 'reading',
    knownFiles: 0,
    unreadableRows: 0,
    error: null,
    revision: 0,
    completedAt: null,
  };

  const change = (next: Partial<FileIndexStatus>) => {
    newestFirst = null;
    status = { ...status, ...next, knownFiles: files.size, revision: status.revision + 1 };
    if (!isClosed) onChange(status);
  };

  const takePage = (current: Reading, page: ListPage) => {
    for (const file of page.files) if (!current.removed.has(file.id)) current.files.set(file.id, file);
    current.unreadableRows += page.unreadableRows;
    // The first reading shows its pages as they come; a later one stays out of view until it is whole.
    if (status.completedAt === null) {
      files = current.files;
      change({ unreadableRows: current.unreadableRows });
    }
  };

  const readToEnd = async (current: Reading) => {
    const seen = new Set<string>();
    let from: ListPosition | null = null;
    do {
      const page: ListPage = await listFiles(from, current.controller.signal);
      if (reading !== current) return;
      takePage(current, page);
      from = page.next;
      if (from !== null && seen.has(toPositionKey(from))) {
        throw new AppFailure({ code: 'unexpectedAnswer', status: 200, detail: 'malformed' });
      }
      if (from !== null) seen.add(toPositionKey(from));
    } while (from !== null);
    for (const file of current.put.values()) current.files.set(file.id, file);
    files = current.files;
    reading = null;
    change({
      phase: 'complete',
      unreadableRows: current.unreadableRows,
      error: null,
      completedAt: Date.now(),
    });
  };

  const refresh = async () => {
    if (isClosed) return;
    reading?.controller.abort();
    const current: Reading = {
      controller: new AbortController(),
      files: new Map(),
      put: new Map(),
      removed: new Set(),
      unreadableRows: 0,
    };
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
    query: ({ search, offset, limit }) => {
      newestFirst ??= toNewestFirst(files.values());
      const matches = search.trim() === '' ? newestFirst : newestFirst.filter(createFileFilter(search));
      const lastPageOffset = Math.max(0, Math.ceil(matches.length / limit) - 1) * limit;
      const start = offset < matches.length ? offset : lastPageOffset;
      return {
        rows: matches.slice(start, start + limit),
        offset: start,
        total: matches.length,
        status,
      };
    },
    find: (id) => files.get(id),
    status: () => status,
    put: (file) => {
      files.set(file.id, file);
      reading?.put.set(file.id, file);
      change({});
    },
    remove: (ids) => {
      for (const id of ids) {
        files.delete(id);
        reading?.files.delete(id);
        reading?.put.delete(id);
        reading?.removed.add(id);
      }
      change({});
    },
    close: () => {
      isClosed = true;
      reading?.controller.abort();
      reading = null;
    },
  };
}

function toPositionKey(position: ListPosition): string {
  return position.by === 'cursor' ? `cursor ${position.cursor}` : `after ${position.id}`;
}
