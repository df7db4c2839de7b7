import * as z from 'zod';
import {
  READABLE_HISTORY,
  READABLE_IMPORTS,
  READABLE_ITEMS,
  READABLE_JOBS,
  toPutDamagedJob,
  toPutHistory,
  toPutItems,
  toStatement,
} from './schema.ts';
import type { Row, SqliteThread, Statement } from './sqlite-thread.ts';

const jobRow = z.object({
  sequence: z.number(),
  id: z.string(),
  location_id: z.string(),
  kind: z.string(),
  state: z.string(),
  detail: z.string(),
});
const itemRow = z.object({
  rowid: z.number(),
  job: z.number(),
  id: z.string(),
  state: z.string(),
  detail: z.string(),
});
const historyRow = z.object({
  sequence: z.number(),
  location_id: z.string(),
  kind: z.string(),
  file_id: z.string(),
  detail: z.string(),
});
const importRow = z.object({ hash: z.string() });

/** Gives the statements that put what can be read of a damaged database into another. Nothing of one that is no database. */
export async function salvage(damaged: SqliteThread): Promise<readonly Statement[]> {
  const jobs = await readBothWays(damaged, READABLE_JOBS, jobRow, ({ sequence }) => sequence);
  const items = await readBothWays(damaged, READABLE_ITEMS, itemRow, ({ rowid }) => rowid);
  const history = await readBothWays(damaged, READABLE_HISTORY, historyRow, ({ sequence }) => sequence);
  const imports = await readBothWays(damaged, READABLE_IMPORTS, importRow, ({ hash }) => hash);
  const ids = new Map(jobs.map(({ sequence, id }) => [sequence, id]));
  return [
    ...jobs.map(toPutDamagedJob),
    ...items.flatMap(({ job, id, state, detail }) => {
      const jobId = ids.get(job);
      return jobId === undefined ? [] : [toPutItems(jobId, state, detail, [id])];
    }),
    ...history.map((row) => toPutHistory(row.location_id, row.kind, row.file_id, row.detail)),
    ...imports.map(({ hash }) => toStatement({ op: 'noteImport', hash })),
  ];
}

/** Reads as far as it goes from one end and from the other; gives what is found in order, each once. */
async function readBothWays<Value>(
  thread: SqliteThread,
  [forth, back]: readonly [string, string],
  schema: z.ZodType<Value>,
  toKey: (value: Value) => number | string,
): Promise<readonly Value[]> {
  const parse = (rows: readonly Row[]) => rows.flatMap((row) => schema.safeParse(row).data ?? []);
  const first = parse(await thread.readWhileReadable(forth));
  const known = new Set(first.map(toKey));
  const rest = parse(await thread.readWhileReadable(back)).filter((value) => !known.has(toKey(value)));
  return [...first, ...rest.reverse()];
}
