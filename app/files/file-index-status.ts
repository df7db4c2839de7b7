import type { AppError } from '../errors.ts';

/** How far main has read the listing of the location in view. */
export interface FileIndexStatus {
  /** `reading` while pages are still to come, `failed` when reading stopped early; what was read stays usable. */
  readonly phase: 'reading' | 'complete' | 'failed';
  /** Whether the files in view are those of an earlier run, and no reading has confirmed them yet. */
  readonly isFromLastTime: boolean;
  /** Files known so far. */
  readonly knownFiles: number;
  /** Files that the reading under way has read so far; 0 when none is. */
  readonly readFiles: number;
  /** Rows of the listing that made no sense and are not shown. */
  readonly unreadableRows: number;
  /** Whether reading stopped at the most files that the app can hold: there are more on the server. */
  readonly isFull: boolean;
  /** Why reading stopped; null unless `phase` is `failed`. */
  readonly error: AppError | null;
  /** Grows with every change of what a query could answer. */
  readonly revision: number;
  /** When the listing was last read to its end, in milliseconds since the epoch; null before the first time. */
  readonly completedAt: number | null;
}

/** Whether there may be files of which none has been read yet. */
export function isBeforeFirstFiles({ knownFiles, phase, completedAt }: FileIndexStatus): boolean {
  return knownFiles === 0 && phase === 'reading' && completedAt === null;
}
