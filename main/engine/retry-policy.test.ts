import { describe, expect, it } from 'vitest';
import { type AppError, type AppErrorCode, mayPass } from '#app/errors.ts';
import { isTriedAgain, toRetryPolicy, type WorkKind } from './retry-policy.ts';

/** `retry blocks`, and `verified` where the outcome is open. */
type Words = string;

const EVERY_KIND: readonly WorkKind[] = ['upload', 'download', 'deletion', 'listing', 'verification'];

const toError = (code: AppErrorCode): AppError =>
  // What the policies read of an error.
  ({ code, status: 200, retryAfterMs: null, serverMessage: '' }) as unknown as AppError;

function describePolicy(error: AppError, kind: WorkKind): Words {
  const { retry, blocks, isVerified } = toRetryPolicy(error, kind);
  return `${retry} ${blocks}${isVerified ? ' verified' : ''}`;
}

/** What is expected of every kind of work, with what is otherwise of some. */
const EXPECTED: Readonly<
  Record<AppErrorCode, Words | ({ readonly all: Words } & Partial<Record<WorkKind, Words>>)>
> = {
  badRequest: 'never file',
  invalidFile: 'never file',
  notSaveable: 'never file',
  unauthorized: 'whenResumed account',
  paymentRequired: { all: 'never file', upload: 'whenResumed uploads', deletion: 'never deletions' },
  forbidden: { all: 'never file', deletion: 'never deletions' },
  uploadForbidden: 'whenResumed uploads',
  notFound: 'never file',
  keyWithoutFiles: { all: 'never file', upload: 'whenResumed uploads', deletion: 'never deletions' },
  fileTooLarge: 'never file',
  deletedHere: 'never file',
  rateLimited: 'afterWait account',
  serverFailed: 'later file verified',
  providerFailed: 'later file verified',
  unavailable: { all: 'later file verified', deletion: 'later file' },
  unexpectedAnswer: { all: 'never file verified', deletion: 'later file verified' },
  reportedError: { all: 'never file verified', deletion: 'later file verified' },
  offline: 'whenReachable account',
  timedOut: 'later file verified',
  connectionLost: 'later file verified',
  untrustedCertificate: 'whenReachable account',
  proxyRefused: 'whenReachable account',
  uploadsBlocked: 'whenResumed uploads',
  maybeUploaded: 'never file',
  maybeDeleted: 'never file',
  beingDeleted: 'never file',
  beingReplaced: 'never file',
  fileEmpty: 'never file',
  fileMissing: 'never file',
  fileUnreadable: 'never file',
  diskSilent: 'never file',
  nameNotUtf8: 'never file',
  fileChanged: 'never file',
  unsupportedType: 'never file',
  notUtf8: 'never file',
  storedMixture: 'never file',
  invalidName: 'never file',
  incompleteDownload: 'later file',
  diskFull: 'never file',
  notEnoughSpace: 'never file',
  folderUnwritable: 'never file',
  folderMissing: 'never file',
  nameNotAllowed: 'never file',
  targetIsFolder: 'never file',
  targetLocked: 'never file',
  partialFileLost: 'never file',
  targetExists: 'never file',
  journalUnwritable: 'whenResumed everything',
  invalidEndpoint: 'never file',
  invalidKey: 'never file',
  keychainUnavailable: 'never file',
  keychainSilent: 'never file',
  signedOut: 'never file',
  tooMany: 'never file',
  cancelled: 'never file',
  refused: 'never file',
  unexpected: 'never file',
};
// The record names them all.
const CODES = Object.keys(EXPECTED) as AppErrorCode[];

describe('the policy of an error', () => {
  it.each(CODES)('%s', (code) => {
    const expected = EXPECTED[code];
    const words = EVERY_KIND.map((kind) => [kind, describePolicy(toError(code), kind)]);
    expect(words).toEqual(
      EVERY_KIND.map((kind) => [
        kind,
        typeof expected === 'string' ? expected : (expected[kind] ?? expected.all),
      ]),
    );
  });

  it.each([
    [409, 'later file verified', 'later file verified'],
    [599, 'later file verified', 'later file verified'],
    [200, 'never file verified', 'later file verified'],
    [405, 'never file', 'never file'],
    [415, 'never file', 'never file'],
    [422, 'never file', 'never file'],
  ])('of an answer with status %i follows from the status', (status, ofUpload, ofDeletion) => {
    const error: AppError = { code: 'unexpectedAnswer', status, detail: 'status', serverMessage: '' };
    expect([describePolicy(error, 'upload'), describePolicy(error, 'deletion')]).toEqual([
      ofUpload,
      ofDeletion,
    ]);
  });

  it.each(CODES.filter((code) => code !== 'proxyRefused'))(
    'tries a page again where the window says that it may pass (%s)',
    (code) => {
      if (mayPass(toError(code))) expect(isTriedAgain(toRetryPolicy(toError(code), 'listing'))).toBe(true);
    },
  );
});
