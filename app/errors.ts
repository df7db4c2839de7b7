import type { ContentKind } from './files/content-kind.ts';
import type { TextEncoding } from './files/text-encoding.ts';

/**
 * Everything that can go wrong, as data: one member a cause that a person can tell apart or act on. The words are the
 * window's (`renderer/texts`); here stand only the facts those words need. `serverMessage` is what the server said of
 * itself, already bounded and free of the key; it is shown as a quotation, never matched on.
 */
export type AppError =
  // The server's answers, by HTTP status (contract, section 3).
  | { readonly code: 'badRequest'; readonly serverMessage: string } // 400
  | { readonly code: 'invalidFile'; readonly serverMessage: string } // 400 of an upload
  | { readonly code: 'notSaveable' } // 400 of a download: uploads can never be downloaded
  | { readonly code: 'unauthorized' } // 401
  | { readonly code: 'paymentRequired'; readonly serverMessage: string } // 402
  | { readonly code: 'forbidden'; readonly serverMessage: string } // 403: scope, region or a key's limit
  /** 403 of an upload: a full workspace, the key, or a firewall. `mayBeFull` unless the list shows enough free space. */
  | { readonly code: 'uploadForbidden'; readonly serverMessage: string; readonly mayBeFull: boolean }
  | { readonly code: 'notFound' } // 404 of one file
  | { readonly code: 'keyWithoutFiles'; readonly serverMessage: string } // 404 of the list or an upload: a key that is confined to another place, or a wrong endpoint
  /** 413, of a proxy too, or found before sending. `limitBytes` is what the storage itself takes; null for any size. */
  | { readonly code: 'fileTooLarge'; readonly sizeBytes: number | null; readonly limitBytes: number | null }
  /** The file of a download is gone, as the person deleted or replaced it in this app. */
  | { readonly code: 'deletedHere' }
  | { readonly code: 'rateLimited'; readonly retryAfterMs: number | null } // 429
  | { readonly code: 'serverFailed'; readonly serverMessage: string } // 500, 507
  | { readonly code: 'providerFailed'; readonly serverMessage: string } // 502, 520
  | { readonly code: 'unavailable'; readonly retryAfterMs: number | null } // 503, 529 and their kin
  | {
      readonly code: 'unexpectedAnswer';
      readonly status: number;
      readonly detail: Exclude<UnexpectedAnswer, 'status'>;
    }
  /** A status that has no error of its own here. */
  | {
      readonly code: 'unexpectedAnswer';
      readonly status: number;
      readonly detail: 'status';
      readonly serverMessage: string;
    }
  /** A success by its status, whose body is an error. */
  | { readonly code: 'reportedError'; readonly status: number; readonly serverMessage: string }
  // The way to the server.
  | { readonly code: 'offline' }
  | { readonly code: 'timedOut' }
  | { readonly code: 'connectionLost' }
  | { readonly code: 'untrustedCertificate' }
  /** The system's proxy asked for a name and password, or refused the way (407 or another answer to CONNECT). */
  | { readonly code: 'proxyRefused'; readonly status: number }
  /** Other requests reach the server, uploads do not, as they take another way. */
  | { readonly code: 'uploadsBlocked'; readonly obstacle: UploadObstacle }
  /** An upload broke after its body had left, and looking for it left open whether it is there. Never sent again unasked. */
  | { readonly code: 'maybeUploaded'; readonly reason: MaybeUploadedReason }
  /** A deletion broke after it had been asked for, and looking for the file broke too. */
  | { readonly code: 'maybeDeleted' }
  /** A deletion was asked for of files that all are being deleted already, or wait for it. */
  | { readonly code: 'beingDeleted' }
  /** An upload is under way that replaces the file already. */
  | { readonly code: 'beingReplaced' }
  // Files on this computer.
  | { readonly code: 'fileEmpty' }
  | { readonly code: 'fileMissing' }
  | { readonly code: 'fileUnreadable' }
  /** The disk that the file is on has not answered for a while. */
  | { readonly code: 'diskSilent' }
  /** The file's name on the disk is no valid UTF-8, so it cannot be found by the name that the system gives. */
  | { readonly code: 'nameNotUtf8' }
  | { readonly code: 'fileChanged' }
  /** The content looks like a kind that the server refuses. The app's guess: the server may decide otherwise. */
  | { readonly code: 'unsupportedType'; readonly contentKind: ContentKind }
  /** The content is text, but not UTF-8; `encoding` is what it looks like, null when nothing fits well. The app's guess. */
  | { readonly code: 'notUtf8'; readonly encoding: TextEncoding | null }
  /** The server confirmed an upload whose source was written to meanwhile: what it holds may be a mixture. */
  | { readonly code: 'storedMixture' }
  /** `suggestedName` is what to call the `part` that breaks the rule; for `path` it is the whole name. */
  | {
      readonly code: 'invalidName';
      readonly problem: NameProblem;
      readonly part: NamePart;
      readonly suggestedName: string;
    }
  | { readonly code: 'incompleteDownload'; readonly expectedBytes: number; readonly receivedBytes: number }
  | { readonly code: 'diskFull' }
  /** Found before a save began. */
  | { readonly code: 'notEnoughSpace'; readonly neededBytes: number; readonly freeBytes: number }
  | { readonly code: 'folderUnwritable' }
  | { readonly code: 'folderMissing' }
  /** Too long, or of characters that the disk has no way to write, in each form that was tried. */
  | { readonly code: 'nameNotAllowed' }
  /** What was to be replaced turned out to be a folder. */
  | { readonly code: 'targetIsFolder' }
  /** What was to be replaced is protected, or another program has it open. */
  | { readonly code: 'targetLocked' }
  /** Another program has moved or changed what had been downloaded so far. */
  | { readonly code: 'partialFileLost' }
  | { readonly code: 'targetExists' }
  // This computer and this app.
  /** The record of the transfers, or of the deletions, cannot be written, so none may go on: a crash would forget it. */
  | { readonly code: 'journalUnwritable' }
  | { readonly code: 'invalidEndpoint'; readonly problem: EndpointProblem }
  /** Found before the server was asked: this cannot be a key. */
  | { readonly code: 'invalidKey'; readonly problem: KeyProblem }
  | { readonly code: 'keychainUnavailable'; readonly reason: string }
  /** The keychain's service is there and does not answer. */
  | { readonly code: 'keychainSilent' }
  | { readonly code: 'signedOut' }
  /** More files than this can be done with at once. */
  | { readonly code: 'tooMany'; readonly limit: number }
  | { readonly code: 'cancelled' }
  /** The bridge refused a call: wrong sender or an input outside its bounds. Seen only with a hostile or broken page. */
  | { readonly code: 'refused' }
  /** A fault of this app. `errorId` stands beside the cause in the log. */
  | { readonly code: 'unexpected'; readonly errorId: string };

/** The discriminant of {@link AppError}. */
export type AppErrorCode = AppError['code'];

/**
 * How an answer was not what the contract promises. `endless` is a listing that leads back to where it was, `early` an
 * upload's success before its body had been sent, `otherFile` an answer that names another file than was asked about,
 * `notStored` an upload's success of which the server knows nothing when it is asked for the file,
 * `undecodable` an answer that is compressed in a way that this app does not know, or wrongly.
 */
export type UnexpectedAnswer =
  | 'html'
  | 'malformed'
  | 'redirect'
  | 'status'
  | 'tooLarge'
  | 'endless'
  | 'early'
  | 'otherFile'
  | 'notStored'
  | 'undecodable';

/** What keeps uploads from a server that other requests reach: its certificate, or a proxy that wants a sign-in. */
export type UploadObstacle = 'certificate' | 'proxySignIn';

/** Why it is not known whether an upload is on the server. */
export type MaybeUploadedReason =
  /** More than one new file there has its name and size, or which were new is not known. */
  | 'severalMatches'
  /** The listing could not be read. */
  | 'lookFailed'
  /** A person stopped the looking. */
  | 'stopped';

/** Which of the server's rules a file name breaks (contract, section 2, POST /files). */
export type NameProblem =
  | 'empty'
  | 'tooLong'
  | 'forbiddenCharacter'
  | 'edgeSlash'
  | 'emptySegment'
  | 'dotSegment';

/** Which part of a name breaks a rule: the file's own, that of one folder, or the whole of them together. */
export type NamePart = 'file' | 'folder' | 'path';

/** Why an endpoint cannot be used. */
export type EndpointProblem =
  | 'notAUrl'
  | 'notHttps'
  | 'hasCredentials'
  /** It has a query or a fragment, which the paths of the API cannot be put behind. */
  | 'hasQuery'
  /** It goes on to something within the API, such as `/files`. */
  | 'isResource'
  | 'tooLong';

/** Why a text cannot be an API key. */
export type KeyProblem = 'empty' | 'tooLong' | 'forbiddenCharacter';

/** Carries an {@link AppError} through code that throws; the bridge turns it back into data. */
export class AppFailure extends Error {
  readonly error: AppError;

  constructor(error: AppError, options?: ErrorOptions) {
    super(error.code, options);
    this.name = 'AppFailure';
    this.error = error;
  }
}

const PASSING: ReadonlySet<AppErrorCode> = new Set([
  'rateLimited',
  'serverFailed',
  'providerFailed',
  'unavailable',
  'offline',
  'timedOut',
  'connectionLost',
]);

/** 409: the request collided with another one of the same moment. */
const CONFLICT = 409;

const UNREACHABLE: ReadonlySet<AppErrorCode> = new Set(['offline', 'untrustedCertificate', 'proxyRefused']);

/**
 * Whether something between this computer and the server is in the way of every request: no network, the sign-in page of
 * one, a proxy. It may go away without a word, so the server is asked now and then.
 */
export function isUnreachable(error: AppError): boolean {
  return UNREACHABLE.has(error.code);
}

/** Whether a proxy that refused with this status may let the next request through: it failed, or is busy. */
export function isPassingRefusal(status: number): boolean {
  return status >= 500 || status === 408 || status === 429;
}

/** Whether the same request may succeed later, without anybody changing anything. */
export function mayPass(error: AppError): boolean {
  if (error.code === 'unexpectedAnswer') return error.status >= 500 || error.status === CONFLICT;
  if (error.code === 'proxyRefused') return isPassingRefusal(error.status);
  return PASSING.has(error.code);
}

/** Whether an upload was refused by this app's own judgement of its content, which the server may not share. */
export function isOwnJudgement(error: AppError): boolean {
  return error.code === 'unsupportedType' || error.code === 'notUtf8';
}
