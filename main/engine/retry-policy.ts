import { type AppError, type AppErrorCode, mayPass } from '#app/errors.ts';
import { isRefusal } from '../openrouter/statuses.ts';

/** Work that asks the server for something. `verification` finds out what became of a request whose answer was lost. */
export type WorkKind = 'upload' | 'download' | 'deletion' | 'listing' | 'verification';

/** What a failed request says about the next one. */
export interface RetryPolicy {
  /**
   * When the same is tried again: `later`, after a back-off of its own, so many times; `afterWait`, when the account's
   * wait is over, and `whenReachable`, when the server can be reached again, as often as it takes; `whenResumed`, when a
   * person says so. A deletion waits for no person: it ends.
   */
  readonly retry: 'never' | 'later' | 'afterWait' | 'whenReachable' | 'whenResumed';
  /** Whether the request may have had its effect all the same, which is found out before anything else. */
  readonly isVerified: boolean;
  /** What would meet the same, and so waits: this file only, all work of a kind in the location, the account, or all there is. */
  readonly blocks: 'file' | 'uploads' | 'deletions' | 'account' | 'everything';
}

/** How often a transfer or a deletion of a file is tried by itself `later` before it counts as failed. */
export const MAX_ATTEMPTS: Readonly<Record<'transfer' | 'deletion', number>> = { transfer: 5, deletion: 4 };

type Policy = RetryPolicy | ((kind: WorkKind, error: AppError) => RetryPolicy);

/** The same request would end the same. */
const NEVER: RetryPolicy = { retry: 'never', isVerified: false, blocks: 'file' };
/** It may pass by itself; whether the request had its effect is open. */
const LATER: RetryPolicy = { retry: 'later', isVerified: true, blocks: 'file' };
const LATER_WITHOUT_EFFECT: RetryPolicy = { ...LATER, isVerified: false };
/** No request gets through: none had an effect. */
const UNREACHABLE: RetryPolicy = { retry: 'whenReachable', isVerified: false, blocks: 'account' };

/** What is refused to all uploads and deletions; reading goes on. */
const toBlockedKind = (kind: WorkKind): RetryPolicy => {
  if (kind === 'upload') return { retry: 'whenResumed', isVerified: false, blocks: 'uploads' };
  return kind === 'deletion' ? { ...NEVER, blocks: 'deletions' } : NEVER;
};

/**
 * A success that says otherwise, or an answer that makes no sense: to delete once more does no harm, and only then is the
 * file surely gone. Another upload would be answered in the same way.
 */
const toNonsense = (kind: WorkKind): RetryPolicy =>
  kind === 'deletion' ? LATER : { ...NEVER, isVerified: true };

/** Every error there is: whoever adds one says here what follows from it. */
const POLICIES: Readonly<Record<AppErrorCode, Policy>> = {
  // What the server says.
  badRequest: NEVER,
  invalidFile: NEVER,
  notSaveable: NEVER,
  unauthorized: { retry: 'whenResumed', isVerified: false, blocks: 'account' },
  paymentRequired: toBlockedKind,
  forbidden: (kind) => (kind === 'deletion' ? { ...NEVER, blocks: 'deletions' } : NEVER),
  uploadForbidden: { retry: 'whenResumed', isVerified: false, blocks: 'uploads' },
  notFound: NEVER,
  keyWithoutFiles: toBlockedKind,
  fileTooLarge: NEVER,
  deletedHere: NEVER,
  rateLimited: { retry: 'afterWait', isVerified: false, blocks: 'account' },
  serverFailed: LATER,
  providerFailed: LATER,
  // It says that it did nothing, and to delete once more does no harm; of an upload that is not enough.
  unavailable: (kind) => (kind === 'deletion' ? LATER_WITHOUT_EFFECT : LATER),
  unexpectedAnswer: (kind, error) => {
    if (kind !== 'deletion' && mayPass(error)) return LATER;
    return 'status' in error && isRefusal(error.status) ? NEVER : toNonsense(kind);
  },
  reportedError: toNonsense,
  // The way to the server.
  offline: UNREACHABLE,
  timedOut: LATER,
  connectionLost: LATER,
  untrustedCertificate: UNREACHABLE,
  proxyRefused: UNREACHABLE,
  // No other request can tell whether the way of uploads is free again.
  uploadsBlocked: { retry: 'whenResumed', isVerified: false, blocks: 'uploads' },
  // Nothing is sent again where that is open; a person decides.
  maybeUploaded: NEVER,
  maybeDeleted: NEVER,
  beingDeleted: NEVER,
  beingReplaced: NEVER,
  // Files on this computer.
  fileEmpty: NEVER,
  fileMissing: NEVER,
  fileUnreadable: NEVER,
  diskSilent: NEVER,
  nameNotUtf8: NEVER,
  fileChanged: NEVER,
  unsupportedType: NEVER,
  notUtf8: NEVER,
  storedMixture: NEVER,
  invalidName: NEVER,
  incompleteDownload: LATER_WITHOUT_EFFECT,
  diskFull: NEVER,
  notEnoughSpace: NEVER,
  folderUnwritable: NEVER,
  folderMissing: NEVER,
  nameNotAllowed: NEVER,
  targetIsFolder: NEVER,
  targetLocked: NEVER,
  partialFileLost: NEVER,
  targetExists: NEVER,
  // This computer and this app.
  journalUnwritable: { retry: 'whenResumed', isVerified: false, blocks: 'everything' },
  invalidEndpoint: NEVER,
  invalidKey: NEVER,
  keychainUnavailable: NEVER,
  keychainSilent: NEVER,
  signedOut: NEVER,
  tooMany: NEVER,
  cancelled: NEVER,
  refused: NEVER,
  unexpected: NEVER,
};

/** Gives what follows from a failed request. */
export function toRetryPolicy(error: AppError, kind: WorkKind): RetryPolicy {
  const policy = POLICIES[error.code];
  return typeof policy === 'function' ? policy(kind, error) : policy;
}

/** Whether the same is tried again without a person. */
export function isTriedAgain({ retry }: RetryPolicy): boolean {
  return retry === 'later' || retry === 'afterWait' || retry === 'whenReachable';
}

/** Gives how long the server asked to wait, in milliseconds; null when it did not. */
export function toAskedWait(error: AppError): number | null {
  return 'retryAfterMs' in error ? error.retryAfterMs : null;
}
