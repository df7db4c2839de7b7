import type { AppError } from '../errors.ts';
import type { FileSummary } from './selection.ts';

/** Files that a person is asked about before they are deleted. Main keeps which: what was asked about is what goes. */
export interface DeletionDraft extends FileSummary {
  readonly id: string;
  /** Files that were meant too and are being deleted already, so that nobody is asked about them again. */
  readonly leftOutCount: number;
  /** How long the deletion can be undone once it is confirmed, in milliseconds. */
  readonly undoMs: number;
  /** Files that the person has asked to download and that have not arrived: with the file their contents are lost. */
  readonly unfinishedDownloadCount: number;
}

/** A person's word that a draft shall be carried out. */
export interface DeletionStart {
  /** Of the draft. */
  readonly id: string;
  /** How many files the person was told of: main begins with just so many, or not at all. */
  readonly count: number;
}

/** One confirmed deletion of one or many files, from its grace period to its results. */
export interface Deletion {
  readonly id: string;
  /** `waiting` is the grace period: nothing has been sent, and it can be undone. */
  readonly phase: 'waiting' | 'deleting' | 'finished' | 'undone';
  /** Files it is about. */
  readonly count: number;
  /** The name of the first file, for messages about one. */
  readonly firstName: string;
  /** When the grace period ends, in milliseconds since the epoch. */
  readonly dueAt: number;
  /** Files that are gone from the server, those that somebody else had deleted included. */
  readonly deletedCount: number;
  /** Files that were asked for, or could not be, and are still on the server, or may be; those that a stop has left are not among them. */
  readonly failedCount: number;
  /** The first of the failures, at most {@link MAX_TOLD_FAILURES}. */
  readonly failures: readonly DeletionFailure[];
  /** Whether a person stopped it, or signed out; what had not been asked for by then stays on the server. */
  readonly isCancelled: boolean;
  /** Why nothing is sent for a while; null while it is not so. All deletions of a location wait together. */
  readonly pause: DeletionPause | null;
  /** Whether its record was found damaged: it does not go on, and files that are not counted may be gone or not. */
  readonly isDamaged: boolean;
  /** Whether it was begun in an earlier run of the app, or before the person signed out. */
  readonly isFromLastTime: boolean;
}

/** A wait of deletions that ends by itself, or at a person's word. */
export type DeletionPause =
  /** The server asked for fewer requests, or fails again and again; `resumesAt` is in milliseconds since the epoch. */
  | { readonly reason: 'limited' | 'failing'; readonly resumesAt: number }
  /** It cannot be reached, which is looked at again and again. */
  | { readonly reason: 'unreachable'; readonly resumesAt: null };

/** Failures that are told by name; the rest are counted. In the run in which a file failed its row tells the reason, too. */
export const MAX_TOLD_FAILURES = 100;

/** A file that a deletion could not remove; it is still on the server. */
export interface DeletionFailure {
  readonly fileId: string;
  readonly name: string;
  readonly error: AppError;
}
