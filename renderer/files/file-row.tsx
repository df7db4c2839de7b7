// biome-ignore-all lint/a11y/useSemanticElements: rows that stand at their own place in a scrolled list cannot be a <table>.
// biome-ignore-all lint/a11y/useFocusableInteractive: rows take the focus, one of them at a time; their cells are read.

import { ArrowDownToLine, Minus } from 'lucide-react';
import { type MouseEvent, memo } from 'react';
import { toFileKind } from '#app/files/file-kind.ts';
import type { RemoteFile } from '#app/files/remote-file.ts';
import { formatBytes, formatInstant, formatRelativeDate, formatSize } from '../texts/format.ts';
import { texts } from '../texts/texts.ts';
import { FileName } from '../ui/file-name.tsx';
import { KindIcon } from './kind-icon.tsx';

/** What a click on a row says beside where it was. */
export interface RowClick {
  readonly isRange: boolean;
  readonly isToggle: boolean;
}

/** One row of the grid. All functions must keep their identity, so that only rows that changed are drawn again. */
export interface FileRowProps {
  readonly file: RemoteFile;
  /** Position among all rows, the header being row 1. */
  readonly rowIndex: number;
  /** Distance from the top of the rows, in pixels. */
  readonly top: number;
  readonly isActive: boolean;
  readonly isSelected: boolean;
  readonly isDeleting: boolean;
  readonly now: number;
  readonly onClick: (file: RemoteFile, click: RowClick) => void;
  readonly onOpen: (file: RemoteFile) => void;
}

/** Draws one file. */
export const FileRow = memo(function FileRow(props: FileRowProps) {
  const { file, isActive, isSelected, isDeleting, onClick, onOpen } = props;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid handles the keyboard for all its rows.
    <div
      role="row"
      aria-rowindex={props.rowIndex}
      aria-selected={isSelected}
      tabIndex={isActive ? 0 : -1}
      data-row-id={file.id}
      className={isDeleting ? 'file-row file-row-deleting' : 'file-row'}
      style={{ transform: `translateY(${props.top}px)` }}
      onClick={(event) => onClick(file, toRowClick(event))}
      onDoubleClick={() => onOpen(file)}
    >
      <SelectCell file={file} isSelected={isSelected} onClick={onClick} />
      <FileCells file={file} isDeleting={isDeleting} now={props.now} />
    </div>
  );
});

function SelectCell(props: Pick<FileRowProps, 'file' | 'isSelected' | 'onClick'>) {
  const { file, isSelected, onClick } = props;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Space on the row does the same.
    <div
      role="gridcell"
      className="file-cell-select"
      // The whole cell takes the click, and a double click in it opens nothing.
      onClick={(event) => {
        event.stopPropagation();
        onClick(file, { isRange: event.shiftKey, isToggle: true });
      }}
      onDoubleClick={(event) => event.stopPropagation()}
    >
      <input
        type="checkbox"
        className="checkbox"
        aria-label={texts.files.grid.select(file.name)}
        tabIndex={-1}
        checked={isSelected}
        // The click bubbles to the cell, which knows the modifier keys.
        onChange={ignoreChange}
      />
    </div>
  );
}

function FileCells(props: Pick<FileRowProps, 'file' | 'isDeleting' | 'now'>) {
  const { file, isDeleting, now } = props;
  const kind = toFileKind(file.mimeType);
  const words = texts.files.grid;
  return (
    <>
      <div role="rowheader" className="file-cell-name" aria-label={file.name}>
        <KindIcon kind={kind} />
        <FileName name={file.name} />
      </div>
      <div role="gridcell" title={file.mimeType}>
        {texts.files.kinds[kind]}
      </div>
      <div role="gridcell" className="file-cell-size" title={formatBytes(file.sizeBytes)}>
        {formatSize(file.sizeBytes)}
      </div>
      <div role="gridcell" className="file-cell-created" title={formatInstant(file.createdAt)}>
        {isDeleting ? words.deleting : formatRelativeDate(file.createdAt, now)}
      </div>
      <div
        role="gridcell"
        className={file.isSaveable ? 'file-cell-saveable' : 'file-cell-saveable file-cell-unsaveable'}
        title={file.isSaveable ? words.saveableHint : words.notSaveableHint}
      >
        {file.isSaveable ? (
          <ArrowDownToLine size={14} aria-hidden="true" />
        ) : (
          <Minus size={14} aria-hidden="true" />
        )}
        {file.isSaveable ? words.isSaveable : words.isNotSaveable}
      </div>
    </>
  );
}

function toRowClick(event: MouseEvent): RowClick {
  return { isRange: event.shiftKey, isToggle: event.ctrlKey || event.metaKey };
}

function ignoreChange(): void {
  // React wants a handler on a controlled checkbox; the cell's click handler is the one that acts.
}
