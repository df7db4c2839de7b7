import * as z from 'zod';
import { readJournal } from '../../transfers/journal/journal-lines.ts';
import { toDownload, toForgotten, toUpload } from '../../transfers/uploads/history-records.ts';
import type { Store, StoreChange } from '../store.ts';
import { importFile } from './import-file.ts';

/** How the file of a location is called. */
export const HISTORY_JOURNAL = /^(.+)\.uploads\.jsonl$/;
/** Of the last version of the app that wrote them. */
const LINES_VERSION = 2;
const CHANGES_PER_COMMIT = 1000;

const historyLine = z.union([
  z.object({
    id: z.string().min(1),
    name: z.string(),
    sizeBytes: z.int().nonnegative(),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    at: z.number(),
    source: z
      .object({ path: z.string().min(1), modifiedAt: z.number() })
      .nullable()
      .default(null),
  }),
  z.object({
    savedId: z.string().min(1),
    path: z.string().min(1),
    sizeBytes: z.int().nonnegative(),
    modifiedAt: z.number(),
    at: z.number(),
  }),
  z.object({ forgottenIds: z.array(z.string()) }),
]);

/**
 * Takes over the list of what was uploaded and downloaded of a location, once. Answers whether some of it was lost. One
 * that cannot be read, or cannot be taken over for now, is left for the next start. Never rejects.
 */
export async function importHistory(path: string, locationId: string, store: Store): Promise<boolean> {
  return importFile(path, store, async (bytes) => {
    const parse = (value: unknown) => historyLine.safeParse(value).data ?? null;
    const { entries, lostLines } = await readJournal(bytes, LINES_VERSION, parse);
    const changes = entries.flatMap((line) => toChanges(locationId, line));
    const parts = Array.from({ length: Math.ceil(changes.length / CHANGES_PER_COMMIT) }, (_, index) =>
      changes.slice(index * CHANGES_PER_COMMIT, (index + 1) * CHANGES_PER_COMMIT),
    );
    return { commits: parts, hasLost: lostLines > 0 };
  });
}

function toChanges(locationId: string, line: z.infer<typeof historyLine>): readonly StoreChange[] {
  if ('id' in line) return [toUpload(locationId, line)];
  if ('savedId' in line) return [toDownload(locationId, line)];
  return toForgotten(locationId, line.forgottenIds);
}
