import type { AppError } from '../errors.ts';

/** Where a transfer stands. The order is the order of a transfer's life. */
export type TransferState =
  /** Waits for its turn; after a failed attempt until `retryAt`. */
  | 'queued'
  | 'preparing'
  /** Waits for a person's answer to `question`. */
  | 'asking'
  | 'sending'
  | 'waitingForServer'
  | 'receiving'
  | 'verifying'
  /** An upload that broke after its body began to be sent: it is being looked for on the server. */
  | 'interrupted'
  | 'done'
  | 'failed'
  | 'cancelled'
  /** A person answered its question with no. */
  | 'skipped'
  /** An upload that may or may not be on the server. It is never sent again without a person's word. */
  | 'unknown';

/** One upload or one save, as the window sees it: names and numbers, never a path. */
export interface Transfer {
  readonly id: string;
  readonly direction: 'upload' | 'save';
  /** An upload's name on the server; a save's name on this computer. */
  readonly name: string;
  readonly sizeBytes: number;
  readonly state: TransferState;
  /** When it came into this state, in milliseconds since the epoch. */
  readonly stateSince: number;
  /** Bytes handed to the network (upload) or received from it (save); never more than `sizeBytes`. */
  readonly transferredBytes: number;
  /** When bytes last moved in this attempt, in milliseconds since the epoch; null before the first. */
  readonly progressedAt: number | null;
  /**
   * The cause in `failed`, `unknown` and `interrupted` (null there: it was cancelled, or the app had ended); in `queued`
   * and while it is worked on again, why the attempt before did not succeed; else null.
   */
  readonly error: AppError | null;
  /** When the next attempt begins by itself, in milliseconds since the epoch; only in `queued`, else null. */
  readonly retryAt: number | null;
  /** Attempts that have begun since a person last asked for it. */
  readonly attempts: number;
  /** What a person is asked, in `asking`; else null. */
  readonly question: TransferQuestion | null;
  /** How it is known that an upload is on the server: its answer, or a look at the listing after the answer was lost; null before. */
  readonly confirmedBy: 'answer' | 'listing' | null;
  /** The file on the server: known from the start for a save, at the end for an upload. */
  readonly fileId: string | null;
  /** When work on it began, in milliseconds since the epoch; null while it is queued. */
  readonly startedAt: number | null;
}

/** Why an upload is not simply sent. */
export type TransferQuestion =
  /** A file of this name and size is there already. */
  | { readonly kind: 'sameName'; readonly fileId: string }
  /** This computer has uploaded the same content before, under a name; the file is still there. */
  | { readonly kind: 'sameContent'; readonly fileId: string; readonly name: string }
  /** An upload of this name and size is `unknown`: it may be there already. */
  | { readonly kind: 'openUpload' }
  /** With what waits before it, it would not fit into the workspace, by the sum of the listing. */
  | { readonly kind: 'overQuota'; readonly freeBytes: number }
  /** It was found in a folder beside what people mean by its content, or is likely a secret. */
  | { readonly kind: 'sensitive'; readonly concern: UploadConcern };

/** Why a file is not sent before a person has said so, although the server would take it. */
export type UploadConcern =
  /** It is likely a key, a password or other credentials. */
  | 'secret'
  /** It is hidden, or in a hidden folder. */
  | 'hidden'
  /** A lock file, an unfinished download, something deleted, or another leftover of a program. */
  | 'leftover';

/** What a person has agreed to of an upload: questions answered with yes, and content that the app would not have sent. */
export type UploadConsent = TransferQuestion['kind'] | 'content';

/** What a person can say to a {@link TransferQuestion}. */
export type TransferAnswer = 'upload' | 'skip';

/** The queue as a whole. */
export interface TransferQueueStatus {
  /** Whether a person has paused it: nothing new begins, and what runs comes to its end. */
  readonly isPaused: boolean;
  /** What keeps transfers from beginning; at most one a scope. */
  readonly holds: readonly TransferHold[];
  /** Large transfers under way at once, 1 to 8; with 1 no other runs beside. */
  readonly concurrency: number;
  /** Speed of all transfers under way, over the last seconds, in bytes a second; 0 while nothing moves. */
  readonly bytesPerSecond: number;
  /** When work began after the queue was last at rest, in milliseconds since the epoch; null while it is at rest. */
  readonly busySince: number | null;
  /** Whether a part of the saved queue could not be read at the start and was set aside; until it is dismissed. */
  readonly hasLostRecords: boolean;
}

/** A cause that every further transfer would meet. It is told once, for all of them. */
export interface TransferHold {
  readonly scope: 'all' | 'uploads';
  readonly error: AppError;
  /** When work goes on by itself, in milliseconds since the epoch; null when a person, or the network (see `isUnreachable`), must act. */
  readonly resumesAt: number | null;
}

/** What changed in the queue since the update before. */
export interface TransferUpdate {
  /** Grows by one an update; an update at or below a snapshot's revision is already in that snapshot. */
  readonly revision: number;
  readonly changed: readonly Transfer[];
  readonly removedIds: readonly string[];
  readonly status: TransferQueueStatus;
}

/** The whole queue, oldest first. */
export interface TransferSnapshot {
  readonly revision: number;
  readonly transfers: readonly Transfer[];
  readonly status: TransferQueueStatus;
}

/** Something in a drop that was passed over, and why. */
export interface SkippedItem {
  readonly name: string;
  readonly reason: 'systemFile' | 'link' | 'notAFile' | 'unreadable' | 'silent' | 'noPath';
}

/** A file that joined the queue under another name than its own, as another file of the same drop has that. */
export interface RenamedItem {
  readonly name: string;
  readonly newName: string;
}

/** What became of files given for upload: how many joined the queue, what was passed over and what got another name. */
export interface UploadIntake {
  readonly acceptedCount: number;
  readonly skipped: readonly SkippedItem[];
  readonly renamed: readonly RenamedItem[];
}
