import type { AppError } from '../errors.ts';

/** One confirmed deletion of one or many files, from its grace period to its results. */
export interface Deletion {
  readonly id: string;
  /** `waiting` is the grace period: nothing has been sent, and it can be undone. */
  readonly phase: 'waiting' | 'deleting' | 'finished' | 'undone';
  readonly fileIds: readonly string[];
  /** The name of the first file, for messages about one. */
  readonly firstName: string;
  /** When the grace period ends, in milliseconds since the epoch. */
  readonly dueAt: number;
  /** Files that are gone from the server, those that somebody else had deleted included. */
  readonly deletedCount: number;
  readonly failures: readonly DeletionFailure[];
}

/** A file that a deletion could not remove; it is still on the server. */
export interface DeletionFailure {
  readonly fileId: string;
  readonly name: string;
  readonly error: AppError;
}
