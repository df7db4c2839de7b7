import * as z from 'zod';
import type { ItemGroup, JobKind, StoredJob } from '../store.ts';
import { READ_ITEMS, READ_JOBS } from './schema.ts';
import type { SqliteThread } from './sqlite-thread.ts';

const jobRow = z.object({
  sequence: z.number(),
  id: z.string(),
  state: z.string(),
  detail: z.string(),
  is_damaged: z.number(),
});
const itemRow = z.object({ job: z.number(), state: z.string(), detail: z.string(), ids: z.string() });
const itemIds = z.array(z.string());

/** Reads the jobs of a location and kind with their items. Throws `SqliteError`. */
export async function readJobs(
  thread: Pick<SqliteThread, 'read'>,
  locationId: string,
  kind: JobKind,
): Promise<readonly StoredJob[]> {
  const jobs = (await thread.read(READ_JOBS, locationId, kind)).map((row) => jobRow.parse(row));
  const items = (await thread.read(READ_ITEMS, locationId, kind)).map((row) => itemRow.parse(row));
  return jobs.map(({ sequence, id, state, detail, is_damaged }) => ({
    id,
    state,
    detail: parseDetail(detail),
    items: items.filter(({ job }) => job === sequence).map(toItemGroup),
    isDamaged: is_damaged !== 0,
  }));
}

function toItemGroup({ state, detail, ids }: z.infer<typeof itemRow>): ItemGroup {
  return { state, detail: parseDetail(detail), ids: itemIds.parse(JSON.parse(ids)) };
}

/** Reads details; null for what is no JSON, as those of a damaged job may be anything. */
export function parseDetail(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
