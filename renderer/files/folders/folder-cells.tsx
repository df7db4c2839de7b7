// biome-ignore-all lint/a11y/useSemanticElements: rows that stand at their own place in a scrolled list cannot be a <table>.
// biome-ignore-all lint/a11y/useFocusableInteractive: rows take the focus, one of them at a time; their cells are read.

import { Folder } from 'lucide-react';
import { assertNever } from '#app/assert-never.ts';
import type { FolderRow } from '#app/files/file-query.ts';
import { texts } from '../../texts/texts.ts';
import { FittedFileName } from '../../ui/file-name.tsx';
import { toShownFolderName } from '../../ui/shown-name.ts';
import type { ColumnId } from '../columns/columns.ts';
import { CreatedCell, SizeCell } from '../file-cells.tsx';
import type { RowSetting } from '../file-row.tsx';
import { toFolderName } from './folder-path.ts';

/** One cell of a folder's row. */
export interface FolderCellProps {
  readonly column: ColumnId;
  readonly row: FolderRow;
  readonly setting: RowSetting;
}

/** Draws what a column tells of a folder: of all files below it together. */
export function FolderCell({ column, row, setting }: FolderCellProps) {
  const words = texts.files.grid;
  switch (column) {
    case 'name':
      return (
        <div role="rowheader" className="file-cell-name" aria-label={words.folder(row.path)}>
          <Folder size={16} strokeWidth={1.75} className="folder-icon" aria-hidden="true" />
          <FittedFileName name={toShownFolderName(toFolderName(row.path))} room={setting.room} />
        </div>
      );
    case 'kind':
      return <div role="gridcell">{words.folderCount(row.fileCount)}</div>;
    case 'size':
      return <SizeCell sizeBytes={row.sizeBytes} />;
    case 'created':
      return <CreatedCell at={row.newestAt} setting={setting} />;
    case 'saveable':
      return <div role="gridcell" />;
    default:
      return assertNever(column);
  }
}
