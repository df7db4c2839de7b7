import * as z from 'zod';
import { type Deletion, type DeletionDraft, MAX_TOLD_FAILURES } from '../files/deletion.ts';
import type { DraggedFiles, FileDetails } from '../files/file-details.ts';
import type { FileIndexStatus } from '../files/file-index-status.ts';
import { FILE_KINDS } from '../files/file-kind.ts';
import type { FilePage, FileQuery, FileView } from '../files/file-query.ts';
import type { RemoteFile } from '../files/remote-file.ts';
import {
  type FileSummary,
  type FileTarget,
  MAX_NAMED_FILES,
  type SelectionChange,
  type SelectionView,
} from '../files/selection.ts';
import type { WorkspaceUsage } from '../files/workspace-usage.ts';
import { MAX_DRAGGED_FILES, MAX_FILE_NAME_LENGTH, MAX_PAGE_ROWS } from '../limits.ts';
import { appErrorSchema } from './app-error-schema.ts';
import { count, idSchema } from './field-schemas.ts';
import type { Copy, SelectionStep } from './files-contract.ts';

/** Names of other programs may be longer than the server's own rules allow (see `main/openrouter/wire.ts`). */
const MAX_PATH_LENGTH = 32_768;

const instant = z.number();
const kindSchema = z.enum(FILE_KINDS);
/** A file's id, or a folder's path with a slash at its end. */
const rowKeySchema = z.union([idSchema, z.string().max(MAX_PATH_LENGTH).endsWith('/')]);
const rowKeys = z.array(rowKeySchema).max(MAX_PAGE_ROWS);

export const remoteFileSchema = z.strictObject({
  id: idSchema,
  name: z.string(),
  mimeType: z.string(),
  sizeBytes: count,
  createdAt: instant.nullable(),
  isSaveable: z.boolean(),
}) satisfies z.ZodType<RemoteFile>;

export const fileIndexStatusSchema = z.strictObject({
  phase: z.enum(['reading', 'complete', 'failed']),
  isFromLastTime: z.boolean(),
  knownFiles: count,
  readFiles: count,
  unreadableRows: count,
  isFull: z.boolean(),
  error: appErrorSchema.nullable(),
  revision: count,
  completedAt: instant.nullable(),
}) satisfies z.ZodType<FileIndexStatus>;

const fileViewSchema = z.strictObject({
  filter: z.strictObject({
    search: z.string().max(MAX_FILE_NAME_LENGTH),
    kinds: z.array(kindSchema).max(FILE_KINDS.length),
    isSaveable: z.boolean().nullable(),
    minSizeBytes: count.nullable(),
    maxSizeBytes: count.nullable(),
    createdFrom: instant.nullable(),
    createdBefore: instant.nullable(),
  }),
  folder: z.string().max(MAX_PATH_LENGTH).nullable(),
  sort: z.strictObject({
    by: z.enum(['name', 'kind', 'size', 'created', 'saveable']),
    isDescending: z.boolean(),
  }),
}) satisfies z.ZodType<FileView>;

export const fileQuerySchema = fileViewSchema.extend({
  offset: count,
  limit: z.int().min(1).max(MAX_PAGE_ROWS),
}) satisfies z.ZodType<FileQuery>;

const kindCounts = z.array(z.strictObject({ kind: kindSchema, count, sizeBytes: count }));

const fileSummarySchema = z.strictObject({
  count,
  sizeBytes: count,
  saveableCount: count,
  kinds: kindCounts,
  firstFiles: z.array(remoteFileSchema).max(MAX_NAMED_FILES),
}) satisfies z.ZodType<FileSummary>;

export const selectionViewSchema = z.strictObject({
  summary: fileSummarySchema,
  selectedKeys: rowKeys,
  partlySelectedKeys: rowKeys,
  isAllMatchingSelected: z.boolean(),
}) satisfies z.ZodType<SelectionView>;

const tableRowSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('file'),
    file: remoteFileSchema,
    isDeleting: z.boolean(),
    deletionError: appErrorSchema.nullable(),
  }),
  z.strictObject({
    kind: z.literal('folder'),
    path: z.string(),
    fileCount: count,
    sizeBytes: count,
    newestAt: instant.nullable(),
  }),
]);

export const filePageSchema = z.strictObject({
  rows: z.array(tableRowSchema).max(MAX_PAGE_ROWS),
  offset: count,
  total: count,
  fileCount: count,
  sizeBytes: count,
  status: fileIndexStatusSchema,
  selection: selectionViewSchema,
}) satisfies z.ZodType<FilePage>;

const selectionChangeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('only'), key: rowKeySchema }),
  z.strictObject({ kind: z.literal('toggle'), key: rowKeySchema }),
  z.strictObject({
    kind: z.literal('range'),
    view: fileViewSchema,
    fromKey: rowKeySchema,
    toKey: rowKeySchema,
  }),
  z.strictObject({ kind: z.literal('rows'), keys: rowKeys, isSelected: z.boolean() }),
  z.strictObject({ kind: z.literal('allMatching'), view: fileViewSchema }),
  z.strictObject({ kind: z.literal('clear') }),
]) satisfies z.ZodType<SelectionChange>;

export const selectionStepSchema = z.strictObject({
  change: selectionChangeSchema,
  page: fileQuerySchema,
}) satisfies z.ZodType<SelectionStep>;

export const fileTargetSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('selection') }),
  z.strictObject({ kind: z.literal('rows'), keys: rowKeys.min(1) }),
]) satisfies z.ZodType<FileTarget>;

export const copySchema = z.strictObject({
  target: fileTargetSchema,
  format: z.enum(['ids', 'curl', 'typescript', 'python', 'messagePart']),
}) satisfies z.ZodType<Copy>;

export const fileDetailsSchema = z.strictObject({
  file: remoteFileSchema,
  readError: appErrorSchema.nullable(),
  isDeleting: z.boolean(),
  deletionError: appErrorSchema.nullable(),
  local: z
    .strictObject({
      origin: z.enum(['uploaded', 'saved']),
      name: z.string(),
      at: instant,
      sha256: z.string().nullable(),
      isUnchanged: z.boolean(),
    })
    .nullable(),
}) satisfies z.ZodType<FileDetails>;

export const draggedFilesSchema = z.strictObject({
  count,
  leftOutCount: count,
  saveableIds: z.array(idSchema).max(MAX_DRAGGED_FILES),
}) satisfies z.ZodType<DraggedFiles>;

export const workspaceUsageSchema = z.strictObject({
  fileCount: count,
  sizeBytes: count,
  quotaBytes: count.nullable(),
  kinds: kindCounts,
  basis: z.enum(['listing', 'partOfListing', 'lastTime']),
}) satisfies z.ZodType<WorkspaceUsage>;

export const deletionDraftSchema = fileSummarySchema.extend({
  id: idSchema,
  leftOutCount: count,
  undoMs: count,
  unfinishedDownloadCount: count,
}) satisfies z.ZodType<DeletionDraft>;

export const deletionSchema = z.strictObject({
  id: idSchema,
  phase: z.enum(['waiting', 'deleting', 'finished', 'undone']),
  count,
  firstName: z.string(),
  dueAt: instant,
  deletedCount: count,
  failedCount: count,
  failures: z
    .array(z.strictObject({ fileId: idSchema, name: z.string(), error: appErrorSchema }))
    .max(MAX_TOLD_FAILURES),
  isCancelled: z.boolean(),
  pause: z
    .discriminatedUnion('reason', [
      z.strictObject({ reason: z.enum(['limited', 'failing']), resumesAt: instant }),
      z.strictObject({ reason: z.literal('unreachable'), resumesAt: z.null() }),
    ])
    .nullable(),
  isDamaged: z.boolean(),
  isFromLastTime: z.boolean(),
}) satisfies z.ZodType<Deletion>;
