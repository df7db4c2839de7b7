import * as z from 'zod';
import { appErrorSchema } from '#app/contract/app-error-schema.ts';
import { type Deletion, type DeletionFailure, MAX_TOLD_FAILURES } from '#app/files/deletion.ts';
import type { ItemGroup, StoreChange, StoredJob } from '../store/store.ts';

/**
 * What a job of this kind can be: `waiting` in its grace period, `started` when files may be gone, `cancelled` when that
 * was stopped, `finished` when it is over and the person is still to be told how it came out.
 */
const jobState = z.enum(['waiting', 'started', 'cancelled', 'finished']);
/** What a file of it can be. */
const itemState = z.enum(['open', 'gone', 'failed']);

const count = z.int().nonnegative();
const failure = z.object({ name: z.string(), error: appErrorSchema });
const begun = z.object({ count: z.int().positive(), firstName: z.string(), dueAt: z.number() });
const outcome = begun.extend({
  count,
  deletedCount: count,
  failedCount: count,
  failures: z.array(failure.extend({ fileId: z.string().min(1) })).max(MAX_TOLD_FAILURES),
  isCancelled: z.boolean(),
  isDamaged: z.boolean(),
});

/** How a deletion came out, as far as that is recorded. */
export type DeletionOutcome = Pick<
  Deletion,
  'count' | 'firstName' | 'dueAt' | 'deletedCount' | 'failedCount' | 'failures' | 'isCancelled' | 'isDamaged'
>;

/** A deletion that an earlier run of the app has left. */
export interface RecordedDeletion {
  readonly id: string;
  readonly count: number;
  readonly firstName: string;
  readonly dueAt: number;
  /** Whether its grace period was over. */
  readonly isStarted: boolean;
  readonly isCancelled: boolean;
  /** Whether its record is not as it was written. */
  readonly isDamaged: boolean;
  /** Files of which nothing is known yet. */
  readonly remaining: Set<string>;
  readonly deletedCount: number;
  readonly failures: readonly DeletionFailure[];
  /** Null while it was not over. */
  readonly outcome: DeletionOutcome | null;
}

type DeletionIdentity = Pick<Deletion, 'id' | 'count' | 'firstName' | 'dueAt'>;

/** Gives the steps that record the beginning of a deletion; its files may come in several parts. */
export function toBeginning(
  locationId: string,
  { id, count, firstName, dueAt }: DeletionIdentity,
  isStarted: boolean,
  fileIds: readonly (readonly string[])[],
): readonly StoreChange[] {
  const state: z.infer<typeof jobState> = isStarted ? 'started' : 'waiting';
  const detail: z.infer<typeof begun> = { count, firstName, dueAt };
  return [
    { op: 'putJob', locationId, kind: 'deletion', id, state, detail },
    ...fileIds.map((ids) => toItems(id, { state: 'open', detail: null, ids })),
  ];
}

/** Gives the step that records that files may be gone from now on, or that this was stopped. */
export function toState(id: string, state: 'started' | 'cancelled'): StoreChange {
  return { op: 'setJobState', id, state };
}

/** Gives the steps that record what has become of files. */
export function toSettled(
  id: string,
  goneIds: readonly string[],
  failures: readonly DeletionFailure[],
): readonly StoreChange[] {
  return [
    ...(goneIds.length > 0 ? [toItems(id, { state: 'gone', detail: null, ids: goneIds })] : []),
    ...failures.map(({ fileId, ...detail }) => toItems(id, { state: 'failed', detail, ids: [fileId] })),
  ];
}

/** Gives the steps that record how a deletion came out. */
export function toFinished(locationId: string, id: string, end: DeletionOutcome): readonly StoreChange[] {
  const { count, firstName, dueAt, deletedCount, failedCount, failures, isCancelled, isDamaged } = end;
  const detail: z.infer<typeof outcome> = {
    count,
    firstName,
    dueAt,
    deletedCount,
    failedCount,
    failures: [...failures],
    isCancelled,
    isDamaged,
  };
  return [
    { op: 'putJob', locationId, kind: 'deletion', id, state: 'finished', detail },
    { op: 'removeItems', jobId: id },
  ];
}

function toItems(
  jobId: string,
  group: ItemGroup & { readonly state: z.infer<typeof itemState> },
): StoreChange {
  return { op: 'putItems', jobId, ...group };
}

/** Reads the record of a deletion. One whose files are not all there, or of which a part makes no sense, is damaged. */
export function readDeletion(job: StoredJob): RecordedDeletion {
  const state = jobState.safeParse(job.state).data;
  const end = state === 'finished' ? outcome.safeParse(job.detail).data : undefined;
  const known = begun.safeParse(job.detail).data;
  const idsOf = (wanted: z.infer<typeof itemState>) =>
    job.items.flatMap(({ state, ids }) => (itemState.safeParse(state).data === wanted ? ids : []));
  const remaining = new Set(idsOf('open'));
  const deletedCount = idsOf('gone').length;
  const failures = job.items.flatMap(readFailures);
  const itemCount = remaining.size + deletedCount + failures.length;
  const isWhole = end !== undefined || (state !== undefined && itemCount === known?.count);
  return {
    id: job.id,
    count: known?.count ?? itemCount,
    firstName: known?.firstName ?? '',
    dueAt: known?.dueAt ?? 0,
    isStarted: state !== 'waiting',
    isCancelled: state === 'cancelled',
    isDamaged: job.isDamaged || !isWhole,
    remaining,
    deletedCount,
    failures,
    outcome: end ?? null,
  };
}

function readFailures({ state, detail, ids }: ItemGroup): readonly DeletionFailure[] {
  const { data } = failure.safeParse(detail);
  return state === 'failed' && data ? ids.map((fileId) => ({ fileId, ...data })) : [];
}
