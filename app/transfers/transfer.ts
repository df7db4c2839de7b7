import type { AppError } from '../errors.ts';

/** Where a transfer stands. The order is the order of a transfer's life. */
export type TransferState =
  | 'queued'
  | 'preparing'
  | 'sending'
  | 'waitingForServer'
  | 'receiving'
  | 'verifying'
  | 'done'
  | 'failed'
  | 'cancelled'
  | 'interrupted';

/** One upload or one save, as the window sees it: names and numbers, never a path. */
export interface Transfer {
  readonly id: string;
  readonly direction: 'upload' | 'save';
  /** An upload's name on the server; a save's name on this computer. */
  readonly name: string;
  readonly sizeBytes: number;
  readonly state: TransferState;
  /** Bytes handed to the network (upload) or written to disk (save); never more than `sizeBytes`. */
  readonly transferredBytes: number;
  /** The cause, in the states `failed` and `interrupted`; else null. */
  readonly error: AppError | null;
  /** The file on the server: known from the start for a save, at the end for an upload. */
  readonly fileId: string | null;
  /** When work on it began, in milliseconds since the epoch; null while it is queued. */
  readonly startedAt: number | null;
}

/** What changed in the queue since the update before. */
export interface TransferUpdate {
  /** Grows by one an update; an update at or below a snapshot's revision is already in that snapshot. */
  readonly revision: number;
  readonly changed: readonly Transfer[];
  readonly removedIds: readonly string[];
}

/** The whole queue, oldest first. */
export interface TransferSnapshot {
  readonly revision: number;
  readonly transfers: readonly Transfer[];
}

/** Something in a drop that was passed over, and why. */
export interface SkippedItem {
  readonly name: string;
  readonly reason: 'systemFile' | 'link' | 'notAFile' | 'unreadable' | 'noPath';
}

/** What became of files given for upload: how many joined the queue and what was passed over. */
export interface UploadIntake {
  readonly acceptedCount: number;
  readonly skipped: readonly SkippedItem[];
}
