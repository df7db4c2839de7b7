import type { FileKind } from './file-kind.ts';
import type { FileView, RowKey } from './file-query.ts';
import type { RemoteFile } from './remote-file.ts';

/** Files of one kind, counted. */
export interface KindCount {
  readonly kind: FileKind;
  readonly count: number;
  readonly sizeBytes: number;
}

/** What some files amount to. */
export interface FileSummary {
  readonly count: number;
  readonly sizeBytes: number;
  readonly saveableCount: number;
  /** The kinds that occur, the one with most files first. */
  readonly kinds: readonly KindCount[];
  /** Some of the files, to name them by: at most {@link MAX_NAMED_FILES}. */
  readonly firstFiles: readonly RemoteFile[];
}

/** Files that a summary names; the rest are counted. */
export const MAX_NAMED_FILES = 6;

/** The selection as one page of the table shows it. Main keeps it: it may be all of a hundred thousand files. */
export interface SelectionView {
  readonly summary: FileSummary;
  /** Rows of the page that are selected, folders with all that is below them. */
  readonly selectedKeys: readonly RowKey[];
  /** Folders of the page of which some files are selected. */
  readonly partlySelectedKeys: readonly RowKey[];
  /** Whether every file is selected that the query matches, whatever page it is on. */
  readonly isAllMatchingSelected: boolean;
}

/** How the selection shall change. A folder stands for all files below it. */
export type SelectionChange =
  /** Selects one row and nothing else; the next range starts from it. */
  | { readonly kind: 'only'; readonly key: RowKey }
  /** Adds a row, or takes it out when all of it is in; the next range starts from it. */
  | { readonly kind: 'toggle'; readonly key: RowKey }
  /**
   * Selects all rows of a view from the last row that was chosen to `toKey`, in the place of the range before it. Where
   * that row is not in view it starts at `fromKey`. What else was selected stays.
   */
  | { readonly kind: 'range'; readonly view: FileView; readonly fromKey: RowKey; readonly toKey: RowKey }
  /** Adds rows, or takes them out. */
  | { readonly kind: 'rows'; readonly keys: readonly RowKey[]; readonly isSelected: boolean }
  /** Adds every file that matches a view, those below its folders included. */
  | { readonly kind: 'allMatching'; readonly view: FileView }
  | { readonly kind: 'clear' };

/** Which files a command is about: all that are selected, or the files of some rows. */
export type FileTarget =
  | { readonly kind: 'selection' }
  | { readonly kind: 'rows'; readonly keys: readonly RowKey[] };
