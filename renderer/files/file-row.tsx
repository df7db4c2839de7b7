// biome-ignore-all lint/a11y/useSemanticElements: rows that stand at their own place in a scrolled list cannot be a <table>.
// biome-ignore-all lint/a11y/useFocusableInteractive: rows take the focus, one of them at a time; their cells are read.

import { memo } from 'react';
import { type TableRow, toRowKey } from '#app/files/file-query.ts';
import { texts } from '../texts/texts.ts';
import type { NameRoom } from '../ui/file-name.tsx';
import { toShownName } from '../ui/shown-name.ts';
import type { ColumnId, DateStyle } from './columns/columns.ts';
import { FileCell } from './file-cells.tsx';
import { FolderCell } from './folders/folder-cells.tsx';
import type { SelectionMark } from './selection-marks.ts';

/** What all rows of the grid have in common. */
export interface RowSetting {
  readonly columns: readonly ColumnId[];
  readonly dates: DateStyle;
  /** The folder in view, whose path the names leave out; null in the flat list. */
  readonly folder: string | null;
  /** Room for a name; null before it is known. */
  readonly room: NameRoom | null;
  /** In milliseconds since the epoch. */
  readonly now: number;
}

/** One row of the grid; the grid hears the pointer and the keys for all of them. */
export interface FileRowProps {
  readonly row: TableRow;
  readonly setting: RowSetting;
  /** Position among all rows, the header being row 1. */
  readonly rowIndex: number;
  /** Distance from the top of the rows, in pixels. */
  readonly top: number;
  readonly isActive: boolean;
  readonly mark: SelectionMark;
}

/** Draws one file or folder; again only when it changed. */
export const FileRow = memo(function FileRow(props: FileRowProps) {
  const { row, setting, rowIndex, top, isActive, mark } = props;
  const isDeleting = row.kind === 'file' && row.isDeleting;
  return (
    <div
      role="row"
      aria-rowindex={rowIndex}
      aria-selected={mark === 'all'}
      tabIndex={isActive ? 0 : -1}
      data-row-key={toRowKey(row)}
      draggable
      className={isDeleting ? 'file-row file-row-deleting' : 'file-row'}
      style={{ transform: `translateY(${top}px)` }}
    >
      <SelectCell row={row} mark={mark} />
      {setting.columns.map((column) =>
        row.kind === 'file' ? (
          <FileCell key={column} column={column} row={row} setting={setting} />
        ) : (
          <FolderCell key={column} column={column} row={row} setting={setting} />
        ),
      )}
    </div>
  );
});

function SelectCell({ row, mark }: Pick<FileRowProps, 'row' | 'mark'>) {
  const words = texts.files.grid;
  return (
    <div role="gridcell" className="file-cell-select">
      <input
        type="checkbox"
        className="checkbox"
        aria-label={
          row.kind === 'file' ? words.select(toShownName(row.file.name)) : words.selectFolder(row.path)
        }
        tabIndex={-1}
        checked={mark === 'all'}
        ref={mark === 'some' ? showSome : showNone}
        // The click bubbles to the grid, which knows the modifier keys.
        onChange={ignoreChange}
      />
    </div>
  );
}

function showSome(input: HTMLInputElement | null): void {
  if (input !== null) input.indeterminate = true;
}

function showNone(input: HTMLInputElement | null): void {
  if (input !== null) input.indeterminate = false;
}

function ignoreChange(): void {
  // React wants a handler on a controlled checkbox; the grid's click handler is the one that acts.
}
