import * as z from 'zod';
import type { AppError, AppErrorCode } from '../errors.ts';
import { CONTENT_KINDS } from '../files/content-kind.ts';
import { TEXT_ENCODINGS } from '../files/text-encoding.ts';
import type { Exact } from './exact-schemas.ts';

const serverMessage = z.string().max(1000);
const retryAfterMs = z.number().nonnegative().nullable();

const plain = <Code extends AppErrorCode>(code: Code) => z.strictObject({ code: z.literal(code) });
const quoting = <Code extends AppErrorCode>(code: Code) =>
  z.strictObject({ code: z.literal(code), serverMessage });

/** The bounds of an error on its way over the bridge. */
export const appErrorSchema = z.discriminatedUnion('code', [
  quoting('badRequest'),
  quoting('invalidFile'),
  plain('notSaveable'),
  plain('unauthorized'),
  quoting('paymentRequired'),
  quoting('forbidden'),
  z.strictObject({
    code: z.literal('uploadForbidden'),
    serverMessage,
    // Records of earlier versions do not say.
    mayBeFull: z.boolean().default(true),
  }),
  plain('notFound'),
  quoting('keyWithoutFiles'),
  plain('deletedHere'),
  z.strictObject({
    code: z.literal('fileTooLarge'),
    sizeBytes: z.number().nullable(),
    // Records of earlier versions do not say: they knew OpenRouter's only.
    limitBytes: z.number().nullable().default(104_857_600),
  }),
  z.strictObject({ code: z.literal('rateLimited'), retryAfterMs }),
  quoting('serverFailed'),
  quoting('providerFailed'),
  z.strictObject({ code: z.literal('unavailable'), retryAfterMs }),
  z.discriminatedUnion('detail', [
    z.strictObject({
      code: z.literal('unexpectedAnswer'),
      status: z.int(),
      detail: z.enum([
        'html',
        'malformed',
        'redirect',
        'tooLarge',
        'endless',
        'early',
        'otherFile',
        'notStored',
        'undecodable',
      ]),
    }),
    z.strictObject({
      code: z.literal('unexpectedAnswer'),
      status: z.int(),
      detail: z.literal('status'),
      // Records of earlier versions hold none.
      serverMessage: serverMessage.default(''),
    }),
  ]),
  z.strictObject({ code: z.literal('reportedError'), status: z.int(), serverMessage }),
  plain('offline'),
  plain('timedOut'),
  plain('connectionLost'),
  plain('untrustedCertificate'),
  z.strictObject({ code: z.literal('proxyRefused'), status: z.int() }),
  z.strictObject({ code: z.literal('uploadsBlocked'), obstacle: z.enum(['certificate', 'proxySignIn']) }),
  z.strictObject({
    code: z.literal('maybeUploaded'),
    reason: z.enum(['severalMatches', 'lookFailed', 'stopped']),
  }),
  plain('maybeDeleted'),
  plain('fileEmpty'),
  plain('fileMissing'),
  plain('fileUnreadable'),
  plain('nameNotUtf8'),
  plain('diskSilent'),
  plain('fileChanged'),
  // Lenient: records on disk may have been written by a version that knew other kinds, or named a MIME type.
  z.object({ code: z.literal('unsupportedType'), contentKind: z.enum(CONTENT_KINDS).catch('unknown') }),
  z.object({ code: z.literal('notUtf8'), encoding: z.enum(TEXT_ENCODINGS).nullable().catch(null) }),
  plain('storedMixture'),
  z.strictObject({
    code: z.literal('invalidName'),
    problem: z.enum(['empty', 'tooLong', 'forbiddenCharacter', 'edgeSlash', 'emptySegment', 'dotSegment']),
    // Records of older versions have the whole name only.
    part: z.enum(['file', 'folder', 'path']).default('path'),
    suggestedName: z.string(),
  }),
  z.strictObject({
    code: z.literal('incompleteDownload'),
    expectedBytes: z.number(),
    receivedBytes: z.number(),
  }),
  plain('diskFull'),
  z.strictObject({
    code: z.literal('notEnoughSpace'),
    neededBytes: z.number().nonnegative(),
    freeBytes: z.number().nonnegative(),
  }),
  plain('folderUnwritable'),
  plain('folderMissing'),
  plain('nameNotAllowed'),
  plain('targetIsFolder'),
  plain('targetLocked'),
  plain('partialFileLost'),
  plain('targetExists'),
  z.strictObject({
    code: z.literal('invalidEndpoint'),
    problem: z.enum(['notAUrl', 'notHttps', 'hasCredentials', 'hasQuery', 'isResource', 'tooLong']),
  }),
  z.strictObject({
    code: z.literal('invalidKey'),
    problem: z.enum(['empty', 'tooLong', 'forbiddenCharacter']),
  }),
  z.strictObject({ code: z.literal('keychainUnavailable'), reason: z.string() }),
  plain('keychainSilent'),
  plain('journalUnwritable'),
  plain('beingDeleted'),
  plain('beingReplaced'),
  plain('signedOut'),
  z.strictObject({ code: z.literal('tooMany'), limit: z.int() }),
  plain('cancelled'),
  plain('refused'),
  z.strictObject({ code: z.literal('unexpected'), errorId: z.string() }),
]);
appErrorSchema satisfies Exact<AppError, typeof appErrorSchema>;
