import * as z from 'zod';
import { remoteFileSchema } from '#app/contract/file-schemas.ts';
import { transferSchema, uploadConcernSchema } from '#app/contract/schemas.ts';
import { TEXT_ENCODINGS } from '#app/files/text-encoding.ts';

/** Grows when an older app could not read what a newer one writes. Since 2 it knows of files that are asked about first. */
export const TRANSFER_RECORDS_VERSION = 2;

const identity = z.object({ inode: z.number(), sizeBytes: z.number(), modifiedAt: z.number() });

const request = z.discriminatedUnion('direction', [
  z.object({
    direction: z.literal('upload'),
    path: z.string().min(1),
    name: z.string(),
    sizeBytes: z.int().nonnegative(),
    replaces: z.string().min(1).optional(),
    concern: uploadConcernSchema.optional(),
  }),
  z.object({
    direction: z.literal('save'),
    file: remoteFileSchema,
    target: z.object({ path: z.string().min(1), replaces: identity.nullable() }),
  }),
]);

/** What may change of a transfer and outlasts the process. Progress does not: an attempt begins anew. */
const change = z
  .object({
    ...transferSchema.omit({ id: true, direction: true, transferredBytes: true, progressedAt: true }).shape,
    path: z.string().min(1),
    sent: z
      .object({
        at: z.number(),
        sizeBytes: z.int().nonnegative(),
        knownIds: z.array(z.string()).readonly(),
        isKnownComplete: z.boolean(),
        reached: z.enum(['part', 'all']),
        brokeAt: z.number().nullable(),
      })
      .nullable(),
    placing: identity.nullable(),
    isCancelWanted: z.boolean(),
    replaces: z.string().nullable(),
    isDeletedHere: z.boolean(),
    convertFrom: z.enum(TEXT_ENCODINGS).nullable(),
    answered: z
      .array(z.enum(['sameName', 'sameContent', 'openUpload', 'overQuota', 'sensitive', 'content']))
      .readonly(),
  })
  .partial();

const record = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('added'), id: z.string().min(1), request, at: z.number() }),
  z.object({ kind: z.literal('changed'), id: z.string().min(1), change }),
  z.object({ kind: z.literal('removed'), id: z.string().min(1) }),
  z.object({ kind: z.literal('paused'), isPaused: z.boolean() }),
]);

/** One line of the journal of a queue. */
export type TransferRecord = z.infer<typeof record>;
/** What a `changed` record may hold. */
export type TransferChange = z.infer<typeof change>;

/** Reads a record; null for what is none. */
export function parseTransferRecord(value: unknown): TransferRecord | null {
  return record.safeParse(value).data ?? null;
}
