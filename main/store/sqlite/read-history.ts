import * as z from 'zod';
import type { HistoryEntry } from '../store.ts';
import { parseDetail } from './read-jobs.ts';
import { READ_HISTORY } from './schema.ts';
import type { SqliteThread } from './sqlite-thread.ts';

/** So many take a few milliseconds: main has a window to serve meanwhile. */
const ROWS_PER_PART = 1000;

const historyRow = z.object({
  sequence: z.number(),
  kind: z.enum(['upload', 'download']),
  file_id: z.string(),
  detail: z.string(),
});

/** Reads the history of a location, oldest first. Throws `SqliteError`. */
export async function readHistory(
  thread: Pick<SqliteThread, 'read'>,
  locationId: string,
  onPart: (entries: readonly HistoryEntry[]) => void,
): Promise<void> {
  for (let behind = 0; ; ) {
    const rows = (await thread.read(READ_HISTORY, locationId, behind, ROWS_PER_PART)).map((row) =>
      historyRow.parse(row),
    );
    onPart(rows.map(({ kind, file_id, detail }) => ({ kind, fileId: file_id, detail: parseDetail(detail) })));
    const last = rows.at(-1);
    if (last === undefined || rows.length < ROWS_PER_PART) return;
    behind = last.sequence;
  }
}
