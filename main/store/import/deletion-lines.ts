import * as z from 'zod';
import { assertNever } from '#app/assert-never.ts';
import { appErrorSchema } from '#app/contract/app-error-schema.ts';
import { type DeletionFailure, MAX_TOLD_FAILURES } from '#app/files/deletion.ts';
import type { DeletionOutcome } from '../../deletions/deletion-records.ts';

/** Of the last version of the app that wrote them. */
export const DELETION_LINES_VERSION = 2;

const id = z.string().min(1);
const fileIds = z.array(z.string().min(1)).readonly();
const failures = z.array(z.object({ fileId: z.string().min(1), name: z.string(), error: appErrorSchema }));
const count = z.int().nonnegative();

const record = z.discriminatedUnion('kind', [
  /** Some of the files of a deletion that is about to begin. */
  z.object({ kind: z.literal('listed'), id, fileIds }),
  /** All of its files are listed, and its grace period begins. */
  z.object({
    kind: z.literal('begun'),
    id,
    count: z.int().positive(),
    firstName: z.string(),
    dueAt: z.number(),
  }),
  /** Its grace period is over: from now on files may be gone. */
  z.object({ kind: z.literal('started'), id }),
  /** What has become of some of its files. */
  z.object({
    kind: z.literal('settled'),
    id,
    goneIds: fileIds,
    failures,
  }),
  z.object({ kind: z.literal('cancelled'), id }),
  /** It is over, and the person is still to be told how it came out. */
  z.object({
    kind: z.literal('finished'),
    id,
    count,
    firstName: z.string(),
    dueAt: z.number(),
    deletedCount: count,
    failedCount: count,
    failures: failures.max(MAX_TOLD_FAILURES),
    isCancelled: z.boolean(),
    isDamaged: z.boolean(),
  }),
  /** It is over, and there is nothing left to be told. */
  z.object({ kind: z.literal('ended'), id }),
]);

/** One line of a journal of deletions. */
export type DeletionLine = z.infer<typeof record>;

/** Reads a record; null for what is none. */
export function parseDeletionLine(value: unknown): DeletionLine | null {
  return record.safeParse(value).data ?? null;
}

/** A deletion as the lines tell it. */
export interface ImportedDeletion {
  readonly id: string;
  readonly count: number;
  readonly firstName: string;
  readonly dueAt: number;
  /** Whether all of its files are listed; what was not is nothing that anybody was told of. */
  readonly isBegun: boolean;
  /** Whether its grace period was over. */
  readonly isStarted: boolean;
  readonly isCancelled: boolean;
  /** Files of which nothing is known yet. */
  readonly remaining: Set<string>;
  readonly goneIds: readonly string[];
  readonly failures: readonly DeletionFailure[];
  /** Null while it was not over. */
  readonly outcome: DeletionOutcome | null;
}

type Writable<Record> = { -readonly [Field in keyof Record]: Record[Field] };

/**
 * Plays a journal's records: what is left are the deletions that did not come to their end or were not told, oldest first.
 * Where lines were lost, `isDamaged`, one of which the beginning is missing is among them.
 */
export function playDeletionLines(
  records: readonly DeletionLine[],
  isDamaged: boolean,
): readonly ImportedDeletion[] {
  const deletions = new Map<string, Writable<ImportedDeletion>>();
  for (const record of records) {
    if (record.kind === 'ended') {
      deletions.delete(record.id);
      continue;
    }
    const deletion = deletions.get(record.id) ?? createRecorded(record.id);
    deletions.set(record.id, deletion);
    play(deletion, record);
  }
  return [...deletions.values()].filter(
    ({ isBegun, outcome, count }) => isBegun || outcome !== null || (isDamaged && count > 0),
  );
}

function createRecorded(id: string): Writable<ImportedDeletion> {
  return {
    id,
    count: 0,
    firstName: '',
    dueAt: 0,
    isBegun: false,
    isStarted: false,
    isCancelled: false,
    remaining: new Set(),
    goneIds: [],
    failures: [],
    outcome: null,
  };
}

function play(
  deletion: Writable<ImportedDeletion>,
  record: Exclude<DeletionLine, { readonly kind: 'ended' }>,
): void {
  switch (record.kind) {
    case 'listed':
      for (const fileId of record.fileIds) deletion.remaining.add(fileId);
      deletion.count = deletion.remaining.size;
      break;
    case 'begun':
      deletion.count = record.count;
      deletion.firstName = record.firstName;
      deletion.dueAt = record.dueAt;
      deletion.isBegun = true;
      break;
    case 'started':
      deletion.isStarted = true;
      break;
    case 'settled':
      settle(deletion, record);
      break;
    case 'cancelled':
      deletion.isCancelled = true;
      break;
    case 'finished': {
      const { kind: _, id: __, ...outcome } = record;
      deletion.outcome = outcome;
      deletion.remaining.clear();
      break;
    }
    default:
      assertNever(record);
  }
}

function settle(
  deletion: Writable<ImportedDeletion>,
  { goneIds, failures }: Extract<DeletionLine, { readonly kind: 'settled' }>,
): void {
  const gone = goneIds.filter((fileId) => deletion.remaining.delete(fileId));
  deletion.goneIds = [...deletion.goneIds, ...gone];
  const failed = failures.filter(({ fileId }) => deletion.remaining.delete(fileId));
  deletion.failures = [...deletion.failures, ...failed];
}
