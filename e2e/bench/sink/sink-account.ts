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
  add(filename: string, sizeBytes: number, isDownloadable: boolean): FileRow;
  find(id: string): FileRow | undefined;
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
  const positions = new Map<string, number>();
  let exchanges: Exchange[] = [];
  let waiting: (() => void)[] = [];

  const add: SinkAccount['add'] = (filename, sizeBytes, isDownloadable) => {
    const row: FileRow = {
      id: `or_file_${String(rows.length).padStart(24, '0')}`,
      type: 'file',
      filename,
      mime_type: 'text/plain',
      size_bytes: sizeBytes,
      created_at: new Date().toISOString(),
      downloadable: isDownloadable,
    };
    positions.set(row.id, rows.length);
    rows.push(row);
    return row;
  };
  for (let number = 0; number < CONTENT_FILES; number += 1) add(`content-${number}.txt`, contentBytes, true);
  const isOpen = (exchange: Exchange) => exchange.answeredAt === null && exchange.closedAt === null;

  return {
    answerDelayMs,
    add,
    find: (id) => rows[positions.get(id) ?? -1],
    listPage: (limit, cursor) => {
      const start = cursor === null ? 0 : (positions.get(cursor) ?? rows.length) + 1;
      const data = rows.slice(start, start + limit);
      const last = data.at(-1)?.id ?? null;
      const hasMore = start + limit < rows.length;
      return {
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
    receivedFiles: () => rows.length - CONTENT_FILES,
  };
}
