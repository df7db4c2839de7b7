import type { AppError } from '../errors.ts';
import type { FileIndexStatus } from './file-index-status.ts';
import type { FileKind } from './file-kind.ts';
import type { RemoteFile } from './remote-file.ts';
import type { SelectionView } from './selection.ts';

/** The columns that a table of files can be sorted by. */
export type FileSortColumn = 'name' | 'kind' | 'size' | 'created' | 'saveable';

/** The order of a table of files; files that are equal in it stand newest first. */
export interface FileSort {
  readonly by: FileSortColumn;
  readonly isDescending: boolean;
}

/** What narrows the files in view; all of it must hold. */
export interface FileFilter {
  /** Words that must all occur in the name, whatever their case and accents; or a whole id. Empty: all files. */
  readonly search: string;
  /** Empty: all kinds. */
  readonly kinds: readonly FileKind[];
  /** Null: both. */
  readonly isSaveable: boolean | null;
  /** Sizes in bytes, both included; null: no bound. */
  readonly minSizeBytes: number | null;
  readonly maxSizeBytes: number | null;
  /** Milliseconds since the epoch, the start included and the end not; null: no bound. */
  readonly createdFrom: number | null;
  readonly createdBefore: number | null;
}

/** Which files are in view, and in which order. */
export interface FileView {
  readonly filter: FileFilter;
  /**
   * The folder in view, without slashes at its ends, the top one being the empty string: its own folders and files are
   * the rows; with a filter, all matching files below it. Null: all files in one flat list.
   */
  readonly folder: string | null;
  readonly sort: FileSort;
}

/** Asks main for one page of the files in view. */
export interface FileQuery extends FileView {
  /** Rows to pass over; an offset past the end answers the last page. */
  readonly offset: number;
  /** Rows wanted, 1 to 1,000. */
  readonly limit: number;
}

/**
 * Names a row: a file's id, or a folder's path with a slash at its end. No id holds a slash, so the two never meet.
 */
export type RowKey = string;

/** One file in the table. */
export interface FileRow {
  readonly kind: 'file';
  readonly file: RemoteFile;
  /** Whether it waits to be deleted or is being deleted. */
  readonly isDeleting: boolean;
  /** Why the last deletion of it failed; null when none did. */
  readonly deletionError: AppError | null;
}

/** One folder in the table: the server knows none, they are made of the slashes in names. */
export interface FolderRow {
  readonly kind: 'folder';
  /** From the top, without slashes at its ends. */
  readonly path: string;
  /** Files below it, at whatever depth, and their size together in bytes. */
  readonly fileCount: number;
  readonly sizeBytes: number;
  /** When its newest file was created, in milliseconds since the epoch; null where that is known of none. */
  readonly newestAt: number | null;
}

export type TableRow = FileRow | FolderRow;

/** One page of a {@link FileQuery}. */
export interface FilePage {
  /** Folders first. */
  readonly rows: readonly TableRow[];
  /** Where this page starts: the offset asked for, unless that was past the end. */
  readonly offset: number;
  /** Rows on all pages, folders included. */
  readonly total: number;
  /** Files that match, those below the folders in view included, and their size together in bytes. */
  readonly fileCount: number;
  readonly sizeBytes: number;
  readonly status: FileIndexStatus;
  readonly selection: SelectionView;
}

/** All files, narrowed by nothing. */
export const NO_FILTER: FileFilter = {
  search: '',
  kinds: [],
  isSaveable: null,
  minSizeBytes: null,
  maxSizeBytes: null,
  createdFrom: null,
  createdBefore: null,
};

/** Whether a filter lets every file through. */
export function isUnfiltered(filter: FileFilter): boolean {
  return (
    filter.search.trim() === '' &&
    filter.kinds.length === 0 &&
    filter.isSaveable === null &&
    filter.minSizeBytes === null &&
    filter.maxSizeBytes === null &&
    filter.createdFrom === null &&
    filter.createdBefore === null
  );
}

/** Gives the key of a folder's row. */
export function toFolderKey(path: string): RowKey {
  return `${path}/`;
}

/** Gives the key of a row. */
export function toRowKey(row: TableRow): RowKey {
  return row.kind === 'file' ? row.file.id : toFolderKey(row.path);
}

/** Reads a row's key: a folder's path, or null when it is a file's id. */
export function parseFolderKey(key: RowKey): string | null {
  return key.endsWith('/') ? key.slice(0, -1) : null;
}
