import { assertNever } from '#app/assert-never.ts';
import { type AppError, mayPass } from '#app/errors.ts';
import type { TransferHold } from '#app/transfers/transfer.ts';

/** What follows from a failed attempt that surely left nothing on the server. */
export type Verdict =
  /** Every further transfer of the scope would meet the same: it waits, and counts as not tried. */
  | { readonly kind: 'hold'; readonly scope: TransferHold['scope'] }
  /** It may pass by itself; `afterMs` is what the server asked for, null when it did not. */
  | { readonly kind: 'retry'; readonly afterMs: number | null }
  /** Another try would end the same. */
  | { readonly kind: 'fail' };

/** How often an attempt is made by itself before the transfer counts as failed. */
export const MAX_ATTEMPTS = 5;

/** Judges the cause of a failed attempt. */
export function judgeFailure(error: AppError): Verdict {
  switch (error.code) {
    case 'offline':
    case 'rateLimited':
    case 'unauthorized':
    case 'untrustedCertificate':
    case 'proxyRefused':
    case 'journalUnwritable':
      return { kind: 'hold', scope: 'all' };
    case 'uploadForbidden':
    case 'keyWithoutFiles':
    case 'paymentRequired':
      return { kind: 'hold', scope: 'uploads' };
    case 'unavailable':
      return { kind: 'retry', afterMs: error.retryAfterMs };
    case 'incompleteDownload':
      return { kind: 'retry', afterMs: null };
    case 'badRequest':
    case 'invalidFile':
    case 'notSaveable':
    case 'forbidden':
    case 'notFound':
    case 'fileTooLarge':
    case 'deletedHere':
    case 'serverFailed':
    case 'providerFailed':
    case 'unexpectedAnswer':
    case 'reportedError':
    case 'timedOut':
    case 'connectionLost':
    case 'maybeUploaded':
    case 'maybeDeleted':
    case 'beingDeleted':
    case 'beingReplaced':
    case 'fileEmpty':
    case 'fileMissing':
    case 'fileUnreadable':
    case 'diskSilent':
    case 'nameNotUtf8':
    case 'fileChanged':
    case 'unsupportedType':
    case 'notUtf8':
    case 'storedMixture':
    case 'invalidName':
    case 'diskFull':
    case 'notEnoughSpace':
    case 'folderUnwritable':
    case 'folderMissing':
    case 'nameNotAllowed':
    case 'targetIsFolder':
    case 'targetLocked':
    case 'partialFileLost':
    case 'targetExists':
    case 'invalidEndpoint':
    case 'invalidKey':
    case 'keychainUnavailable':
    case 'keychainSilent':
    case 'signedOut':
    case 'tooMany':
    case 'cancelled':
    case 'refused':
    case 'unexpected':
      return mayPass(error) ? { kind: 'retry', afterMs: null } : { kind: 'fail' };
    default:
      return assertNever(error);
  }
}
