import { readMonotonicMs } from './monotonic-clock.ts';

/** One transfer of content over the wire, as the sink saw it. Times in milliseconds of the computer's monotonic clock. */
export interface Exchange {
  readonly startedAt: number;
  /** When the last byte of the answer was handed to the system; null before. */
  answeredAt: number | null;
  /** When the connection was found closed without an answer; null if it was not. */
  closedAt: number | null;
}

/** A file object of the wire (contract, section 2). */
export interface FileRow {
  readonly _shape: 'openrouter';
  readonly id: string;
  readonly type: 'file';
  readonly filename: string;
  readonly mime_type: string;
  readonly size_bytes: number;
  readonly created_at: string;
  readonly downloadable: boolean;
}

/** The files and the open exchanges behind one key. */
export interface SinkAccount {
  /** How long the server thinks before it answers an upload or begins to send content. */
  readonly answerDelayMs: number;
  /** Adds what was uploaded. */
  add(filename: string, sizeBytes: number, isDownloadable: boolean): FileRow;
  /** Adds so many rows of made-up files; gives their ids. */
  addMany(count: number): readonly string[];
  find(id: string): FileRow | undefined;
  /** Takes a file out; false when it is not there. */
  remove(id: string): boolean;
  /** Gives a page of the listing, as `GET /files` answers it. */
  listPage(limit: number, cursor: string | null): object;
  begin(): Exchange;
  /** To be called when an exchange was answered or closed. */
  noteEnd(): void;
  /** Waits until no exchange is open; gives those since the last time and forgets them. */
  takeExchanges(): Promise<readonly Exchange[]>;
  readonly receivedFiles: () => number;
}

const CONTENT_FILES = 8;

/** Makes an account that holds some files of `contentBytes` to save, and nothing else. */
export function createSinkAccount(answerDelayMs: number, contentBytes: number): SinkAccount {
  const rows: FileRow[] = [];
  const rowsById = new Map<string, FileRow>();
  let addedCount = 0;
  let receivedCount = 0;
  let exchanges: Exchange[] = [];
  let waiting: (() => void)[] = [];

  const add: SinkAccount['add'] = (filename, sizeBytes, isDownloadable) => {
    const row: FileRow = {
      _shape: 'openrouter',
      id: `or_file_${String(addedCount).padStart(24, '0')}`,
      type: 'file',
      filename,
      mime_type: 'text/plain',
      size_bytes: sizeBytes,
      created_at: new Date().toISOString(),
      downloadable: isDownloadable,
    };
    addedCount += 1;
    rowsById.set(row.id, row);
    rows.push(row);
    return row;
  };
  for (let number = 0; number < CONTENT_FILES; number += 1) add(`content-${number}.txt`, contentBytes, true);
  /** Finds the first row behind an id, which may be gone: rows stand in the order of their ids. */
  const findBehind = (id: string): number => {
    let [low, high] = [0, rows.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((rows[middle]?.id ?? '') <= id) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const isOpen = (exchange: Exchange) => exchange.answeredAt === null && exchange.closedAt === null;

  return {
    answerDelayMs,
    add: (filename, sizeBytes, isDownloadable) => {
      receivedCount += 1;
      return add(filename, sizeBytes, isDownloadable);
    },
    addMany: (count) =>
      Array.from({ length: count }, (_, number) => add(`listed-${addedCount}-${number}.txt`, 1000, false).id),
    find: (id) => rowsById.get(id),
    remove: (id) => {
      if (!rowsById.delete(id)) return false;
      rows.splice(findBehind(id) - 1, 1);
      return true;
    },
    listPage: (limit, cursor) => {
      const start = cursor === null ? 0 : findBehind(cursor);
      const data = rows.slice(start, start + limit);
      const last = data.at(-1)?.id ?? null;
      const hasMore = start + limit < rows.length;
      return {
        _shape: 'openrouter',
        data,
        has_more: hasMore,
        first_id: data[0]?.id ?? null,
        last_id: last,
        cursor: hasMore ? last : null,
      };
    },
    begin: () => {
      const exchange: Exchange = { startedAt: readMonotonicMs(), answeredAt: null, closedAt: null };
      exchanges.push(exchange);
      return exchange;
    },
    noteEnd: () => {
      if (exchanges.some(isOpen)) return;
      for (const resolve of waiting) resolve();
      waiting = [];
    },
    takeExchanges: async () => {
      if (exchanges.some(isOpen)) await new Promise<void>((resolve) => waiting.push(resolve));
      const taken = exchanges;
      exchanges = [];
      return taken;
    },
    receivedFiles: () => receivedCount,
  };
}
