import type { AppError } from '../errors.ts';

/** How far main has read the listing of the location in view. */
export interface FileIndexStatus {
  /** `reading` while pages are still to come, `failed` when reading stopped early; what was read stays usable. */
  readonly phase: 'reading' | 'complete' | 'failed';
  /** Files known so far. */
  readonly knownFiles: number;
  /** Rows of the listing that made no sense and are not shown. */
  readonly unreadableRows: number;
  /** Why reading stopped; null unless `phase` is `failed`. */
  readonly error: AppError | null;
  /** Grows with every change of what a query could answer. */
  readonly revision: number;
  /** When the listing was last read to its end, in milliseconds since the epoch; null before the first time. */
  readonly completedAt: number | null;
}
