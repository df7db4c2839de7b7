import * as z from 'zod';
import type { Location, Session } from '../accounts/session.ts';
import { TEXT_ENCODINGS } from '../files/text-encoding.ts';
import {
  MAX_ENDPOINT_LENGTH,
  MAX_IDS_PER_COMMAND,
  MAX_KEY_LENGTH,
  MAX_TRANSFER_CONCURRENCY,
} from '../limits.ts';
import type {
  Transfer,
  TransferQuestion,
  TransferQueueStatus,
  UploadConcern,
  UploadIntake,
} from '../transfers/transfer.ts';
import { MAX_PREVIEW_CHARACTERS, type Utf8Preview } from '../transfers/utf8-copy.ts';
import { appErrorSchema } from './app-error-schema.ts';
import type { InputOf, OutputOf } from './bridge.ts';
import type { ConnectCommands } from './connect-contract.ts';
import type { Exact, ExactCommandSchemas, ExactEventSchemas } from './exact-schemas.ts';
import { count, idSchema } from './field-schemas.ts';
import {
  copySchema,
  deletionDraftSchema,
  deletionSchema,
  draggedFilesSchema,
  fileDetailsSchema,
  fileIndexStatusSchema,
  filePageSchema,
  fileQuerySchema,
  fileTargetSchema,
  selectionStepSchema,
  selectionViewSchema,
  workspaceUsageSchema,
} from './file-schemas.ts';
import type { FilesCommands, FilesEvents } from './files-contract.ts';

/** A validator for every command of a contract: strict, so that neither side can smuggle a field past it. */
export type CommandSchemas<Commands> = {
  readonly [Name in keyof Commands]: {
    readonly input: z.ZodType<InputOf<Commands, Name>>;
    readonly output: z.ZodType<OutputOf<Commands, Name>>;
  };
};

/** A validator for every event of a contract. */
export type EventSchemas<Events> = { readonly [Name in keyof Events]: z.ZodType<Events[Name]> };

const nothing = z.undefined();
const inLocation = z.strictObject({ locationId: idSchema });
const idInput = inLocation.extend({ id: idSchema });
const idsInput = inLocation.extend({ ids: z.array(idSchema).min(1).max(MAX_IDS_PER_COMMAND) });
const inView = inLocation.extend({ viewId: idSchema });
const targetInput = inView.extend({ target: fileTargetSchema });
/** Longest path of the systems this app runs on: PATH_MAX of Linux, in UTF-16 units. */
const pathSchema = z.string().min(1).max(4096);

const locationSchema = z.strictObject({
  id: idSchema,
  accountId: z.string(),
  label: z.string(),
  keyLabel: z.string().nullable(),
  endpoint: z.string(),
  keyStorage: z.enum(['keychain', 'memory', 'environment']),
}) satisfies z.ZodType<Location>;

const sessionSchema = z.discriminatedUnion('phase', [
  z.strictObject({ phase: z.literal('unlocking') }),
  z.strictObject({
    phase: z.literal('ready'),
    location: locationSchema,
    viewId: idSchema,
    lostRecords: z.array(z.enum(['deletions', 'history', 'locations', 'settings'])),
  }),
  z.strictObject({ phase: z.literal('locked'), error: appErrorSchema }),
]) satisfies z.ZodType<Session>;

export const uploadConcernSchema = z.enum([
  'secret',
  'hidden',
  'leftover',
]) satisfies z.ZodType<UploadConcern>;

const transferQuestionSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('sameName'), fileId: idSchema }),
  z.strictObject({ kind: z.literal('sameContent'), fileId: idSchema, name: z.string() }),
  z.strictObject({ kind: z.literal('openUpload') }),
  z.strictObject({ kind: z.literal('overQuota'), freeBytes: count }),
  z.strictObject({ kind: z.literal('sensitive'), concern: uploadConcernSchema }),
]) satisfies z.ZodType<TransferQuestion>;

export const transferSchema = z.strictObject({
  id: idSchema,
  direction: z.enum(['upload', 'save']),
  name: z.string(),
  sizeBytes: count,
  state: z.enum([
    'queued',
    'preparing',
    'asking',
    'sending',
    'waitingForServer',
    'receiving',
    'verifying',
    'interrupted',
    'done',
    'failed',
    'cancelled',
    'skipped',
    'unknown',
  ]),
  stateSince: z.number(),
  transferredBytes: count,
  progressedAt: z.number().nullable(),
  error: appErrorSchema.nullable(),
  retryAt: z.number().nullable(),
  attempts: count,
  question: transferQuestionSchema.nullable(),
  confirmedBy: z.enum(['answer', 'listing']).nullable(),
  fileId: idSchema.nullable(),
  startedAt: z.number().nullable(),
});
transferSchema satisfies Exact<Transfer, typeof transferSchema>;

const concurrency = z.int().min(1).max(MAX_TRANSFER_CONCURRENCY);

const transferQueueStatusSchema = z.strictObject({
  isPaused: z.boolean(),
  holds: z
    .array(
      z.strictObject({
        scope: z.enum(['all', 'uploads']),
        error: appErrorSchema,
        resumesAt: z.number().nullable(),
      }),
    )
    .max(2),
  concurrency,
  bytesPerSecond: z.number().nonnegative(),
  busySince: z.number().nullable(),
  hasLostRecords: z.boolean(),
}) satisfies z.ZodType<TransferQueueStatus>;

const uploadIntakeSchema = z.strictObject({
  acceptedCount: count,
  skipped: z.array(
    z.strictObject({
      name: z.string(),
      reason: z.enum(['systemFile', 'link', 'notAFile', 'unreadable', 'silent', 'noPath']),
    }),
  ),
  renamed: z.array(z.strictObject({ name: z.string(), newName: z.string() })),
}) satisfies z.ZodType<UploadIntake>;

const textEncodingSchema = z.enum(TEXT_ENCODINGS);

const utf8PreviewSchema = z.strictObject({
  // A character has up to two UTF-16 units.
  text: z.string().max(2 * MAX_PREVIEW_CHARACTERS),
  isWhole: z.boolean(),
}) satisfies z.ZodType<Utf8Preview>;

/** The bounds of every command of the main window. */
export const filesCommandSchemas = {
  getSession: { input: nothing, output: sessionSchema },
  readClock: { input: nothing, output: count },
  unlock: { input: nothing, output: z.null() },
  signOut: {
    input: z.strictObject({ locationId: idSchema.nullable(), isKeyLeft: z.boolean() }),
    output: z.null(),
  },
  openConnect: { input: nothing, output: z.null() },
  queryFiles: { input: inView.extend({ query: fileQuerySchema }), output: filePageSchema },
  changeSelection: { input: inView.extend(selectionStepSchema.shape), output: selectionViewSchema },
  refreshFiles: { input: inLocation, output: z.null() },
  catchUpFiles: { input: inLocation, output: z.null() },
  readUsage: { input: inLocation, output: workspaceUsageSchema },
  readDetails: { input: idInput, output: fileDetailsSchema },
  copyFiles: { input: inView.extend(copySchema.shape), output: count },
  copySha256: { input: idInput, output: z.null() },
  showLocalCopy: { input: idInput, output: z.null() },
  dragFiles: { input: targetInput, output: draggedFilesSchema },
  replaceFile: { input: idInput, output: z.strictObject({ id: idSchema }).nullable() },
  draftDeletion: { input: targetInput, output: deletionDraftSchema },
  beginDeletion: { input: inView.extend({ id: idSchema, count: count.min(1) }), output: deletionSchema },
  undoDeletion: { input: idInput, output: z.boolean() },
  cancelDeletion: { input: idInput, output: z.null() },
  resumeDeletions: { input: inLocation, output: z.null() },
  listDeletions: { input: inLocation, output: z.array(deletionSchema) },
  acknowledgeDeletions: { input: idsInput, output: z.null() },
  listTransfers: {
    input: inLocation,
    output: z.strictObject({
      revision: count,
      transfers: z.array(transferSchema),
      status: transferQueueStatusSchema,
    }),
  },
  uploadPaths: {
    input: inLocation.extend({
      paths: z.array(pathSchema).max(MAX_IDS_PER_COMMAND),
      withoutPath: z.array(z.string().max(4096)).max(MAX_IDS_PER_COMMAND),
    }),
    output: uploadIntakeSchema,
  },
  uploadFolder: { input: inLocation, output: uploadIntakeSchema.nullable() },
  saveFiles: { input: targetInput, output: count },
  cancelTransfers: { input: idsInput, output: z.null() },
  retryTransfers: { input: idsInput, output: z.null() },
  checkTransfers: { input: idsInput, output: z.null() },
  answerTransfers: {
    input: idsInput.extend({ answer: z.enum(['upload', 'skip']) }),
    output: z.null(),
  },
  sendTransfersAnyway: { input: idsInput, output: z.null() },
  previewUtf8Copy: { input: idInput.extend({ encoding: textEncodingSchema }), output: utf8PreviewSchema },
  uploadUtf8Copies: { input: idsInput.extend({ encoding: textEncodingSchema }), output: z.null() },
  applySuggestedNames: { input: idsInput, output: z.null() },
  pauseTransfers: { input: inLocation, output: z.null() },
  resumeTransfers: { input: inLocation, output: z.null() },
  setTransferConcurrency: { input: inLocation.extend({ concurrency }), output: z.null() },
  dismissLostRecords: { input: inLocation, output: z.null() },
  clearFinishedTransfers: { input: inLocation, output: z.null() },
  showTransferInFolder: { input: idInput, output: z.null() },
} satisfies CommandSchemas<FilesCommands>;
filesCommandSchemas satisfies ExactCommandSchemas<FilesCommands, typeof filesCommandSchemas>;

/** The bounds of every event of the main window. */
export const filesEventSchemas = {
  sessionChanged: sessionSchema,
  clockChanged: count,
  fileIndexChanged: inLocation.extend({ status: fileIndexStatusSchema }),
  selectionChanged: inView,
  deletionChanged: inLocation.extend({ deletion: deletionSchema }),
  transfersChanged: inLocation.extend({
    update: z.strictObject({
      revision: count,
      changed: z.array(transferSchema),
      removedIds: z.array(idSchema),
      status: transferQueueStatusSchema,
    }),
  }),
} satisfies EventSchemas<FilesEvents>;
filesEventSchemas satisfies ExactEventSchemas<FilesEvents, typeof filesEventSchemas>;

/** The bounds of every command of the connect window. */
export const connectCommandSchemas = {
  getKeychain: {
    input: nothing,
    output: z.discriminatedUnion('isAvailable', [
      z.strictObject({ isAvailable: z.literal(true) }),
      z.strictObject({ isAvailable: z.literal(false), reason: z.string() }),
    ]),
  },
  noteBegun: { input: nothing, output: z.null() },
  connect: {
    input: z.strictObject({
      key: z.string().max(MAX_KEY_LENGTH),
      endpoint: z.string().max(MAX_ENDPOINT_LENGTH),
      isRemembered: z.boolean(),
    }),
    output: z.null(),
  },
} satisfies CommandSchemas<ConnectCommands>;
connectCommandSchemas satisfies ExactCommandSchemas<ConnectCommands, typeof connectCommandSchemas>;
