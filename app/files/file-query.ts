import type { FileIndexStatus } from './file-index-status.ts';
import type { RemoteFile } from './remote-file.ts';

/** Asks main for one page of the files in view, newest first. */
export interface FileQuery {
  /** Words that must all occur in the name, whatever their case; or a whole id. Empty: all files. */
  readonly search: string;
  /** Rows to pass over; an offset past the end answers the last page. */
  readonly offset: number;
  /** Rows wanted, 1 to 1,000. */
  readonly limit: number;
}

/** One page of a {@link FileQuery}. */
export interface FilePage {
  readonly rows: readonly RemoteFile[];
  /** Where this page starts: the offset asked for, unless that was past the end. */
  readonly offset: number;
  /** Files that match among those read so far. */
  readonly total: number;
  readonly status: FileIndexStatus;
}
