import { assertNever } from '#app/assert-never.ts';
import type { AppError } from '#app/errors.ts';
import type { DeletionPause } from '#app/files/deletion.ts';
import { isRefusal } from '../openrouter/statuses.ts';

/** What follows from a request to delete that did not delete. */
export type Verdict =
  /** Every request would meet the same for a while: all wait, and the same file is asked for again. */
  | {
      readonly kind: 'pause';
      readonly reason: DeletionPause['reason'];
      /** What the server asked for, in milliseconds; null when it did not. */
      readonly afterMs: number | null;
      /** How many pauses in a row, with nothing achieved between them, are waited out. */
      readonly patience: number;
    }
  /** It may pass by itself for this file: it is asked for again when the others have been. */
  | { readonly kind: 'later' }
  /** Every further file would meet the same, for good. */
  | { readonly kind: 'end' }
  /** Another try with this file would end the same. */
  | { readonly kind: 'fail' };

/** About a minute in all, of a server that answers that it is not available. */
export const OUTAGE_PATIENCE = 6;
/** To be asked for fewer requests is no failure: half an hour in all, or as long as the server wants. */
const RATE_LIMIT_PATIENCE = 30;

/** Judges why a file was not deleted. */
export function judgeObstacle(error: AppError): Verdict {
  switch (error.code) {
    case 'rateLimited':
      return { kind: 'pause', reason: 'limited', afterMs: error.retryAfterMs, patience: RATE_LIMIT_PATIENCE };
    case 'unavailable':
      return { kind: 'pause', reason: 'failing', afterMs: error.retryAfterMs, patience: OUTAGE_PATIENCE };
    case 'offline':
    case 'untrustedCertificate':
    case 'proxyRefused':
      // Nothing is sent meanwhile, and a person can stop it: like transfers it goes on whenever the server can be reached.
      return { kind: 'pause', reason: 'failing', afterMs: null, patience: Number.POSITIVE_INFINITY };
    case 'serverFailed':
    case 'providerFailed':
    case 'timedOut':
    case 'connectionLost':
    case 'reportedError':
      return { kind: 'later' };
    case 'unexpectedAnswer':
      return isRefusal(error.status) ? { kind: 'fail' } : { kind: 'later' };
    case 'unauthorized':
    case 'forbidden':
    case 'keyWithoutFiles':
    case 'paymentRequired':
    case 'journalUnwritable':
      return { kind: 'end' };
    case 'badRequest':
    case 'invalidFile':
    case 'notSaveable':
    case 'uploadForbidden':
    case 'notFound':
    case 'fileTooLarge':
    case 'deletedHere':
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
    case 'incompleteDownload':
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
      return { kind: 'fail' };
    default:
      return assertNever(error);
  }
}
