import * as z from 'zod';
import { appErrorSchema } from '#app/contract/app-error-schema.ts';
import type { DeletionFailure } from '#app/files/deletion.ts';

/** Grows when an older app could not read what a newer one writes. */
export const DELETION_RECORDS_VERSION = 1;

const id = z.string().min(1);
const fileIds = z.array(z.string().min(1)).readonly();

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
    failures: z.array(z.object({ fileId: z.string().min(1), name: z.string(), error: appErrorSchema })),
  }),
  z.object({ kind: z.literal('cancelled'), id }),
  /** It is over, and the person has been told. */
  z.object({ kind: z.literal('ended'), id }),
]);

/** One line of the journal of deletions. */
export type DeletionRecord = z.infer<typeof record>;

/** Reads a record; null for what is none. */
export function parseDeletionRecord(value: unknown): DeletionRecord | null {
  return record.safeParse(value).data ?? null;
}

/** A deletion that an earlier run of the app has left. */
export interface RecordedDeletion {
  readonly id: string;
  readonly count: number;
  readonly firstName: string;
  readonly dueAt: number;
  /** Whether its grace period was over. */
  readonly isStarted: boolean;
  readonly isCancelled: boolean;
  /** Files of which nothing is known yet. */
  readonly remaining: Set<string>;
  readonly deletedCount: number;
  readonly failures: readonly DeletionFailure[];
}

type Writable<Record> = { -readonly [Field in keyof Record]: Record[Field] };

/** Plays a journal's records: what is left are the deletions that did not come to their end, oldest first. */
export function playDeletionRecords(records: readonly DeletionRecord[]): readonly RecordedDeletion[] {
  const listed = new Map<string, Set<string>>();
  const deletions = new Map<string, Writable<RecordedDeletion>>();
  for (const record of records) {
    const deletion = deletions.get(record.id);
    switch (record.kind) {
      case 'listed': {
        const known = listed.get(record.id) ?? new Set();
        listed.set(record.id, known);
        for (const fileId of record.fileIds) known.add(fileId);
        break;
      }
      case 'begun': {
        const { kind: _, ...begun } = record;
        const remaining = listed.get(record.id) ?? new Set();
        const fresh = { isStarted: false, isCancelled: false, deletedCount: 0, failures: [] };
        deletions.set(record.id, { ...begun, ...fresh, remaining });
        break;
      }
      case 'settled':
        if (deletion) settle(deletion, record);
        break;
      case 'started':
        if (deletion) deletion.isStarted = true;
        break;
      case 'cancelled':
        if (deletion) deletion.isCancelled = true;
        break;
      default:
        deletions.delete(record.id);
        listed.delete(record.id);
    }
  }
  return [...deletions.values()];
}

function settle(
  deletion: Writable<RecordedDeletion>,
  { goneIds, failures }: Extract<DeletionRecord, { readonly kind: 'settled' }>,
): void {
  for (const fileId of goneIds) if (deletion.remaining.delete(fileId)) deletion.deletedCount += 1;
  const failed = failures.filter(({ fileId }) => deletion.remaining.delete(fileId));
  deletion.failures = [...deletion.failures, ...failed];
}
