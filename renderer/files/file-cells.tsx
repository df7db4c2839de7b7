// biome-ignore-all lint/a11y/useSemanticElements: rows that stand at their own place in a scrolled list cannot be a <table>.
// biome-ignore-all lint/a11y/useFocusableInteractive: rows take the focus, one of them at a time; their cells are read.

import { ArrowDownToLine, Minus } from 'lucide-react';
import { assertNever } from '#app/assert-never.ts';
import { toFileKind } from '#app/files/file-kind.ts';
import type { FileRow } from '#app/files/file-query.ts';
import type { RemoteFile } from '#app/files/remote-file.ts';
import { describeError } from '../texts/describe-error.ts';
import { formatBytes, formatInstant, formatMoment, formatRelativeDate, formatSize } from '../texts/format.ts';
import { texts } from '../texts/texts.ts';
import { FileName, FittedFileName } from '../ui/file-name.tsx';
import { toShownName } from '../ui/shown-name.ts';
import { toVisibleName } from '../ui/split-name.ts';
import type { ColumnId } from './columns/columns.ts';
import type { RowSetting } from './file-row.tsx';
import { toNameInFolder } from './folders/folder-path.ts';
import { KindIcon } from './kind-icon.tsx';

/** One cell of a file's row. */
export interface FileCellProps {
  readonly column: ColumnId;
  readonly row: FileRow;
  readonly setting: RowSetting;
}

/** Draws what a column tells of a file. */
export function FileCell({ column, row, setting }: FileCellProps) {
  const { file } = row;
  switch (column) {
    case 'name':
      return <NameCell row={row} setting={setting} />;
    case 'kind':
      return (
        <div role="gridcell" title={toVisibleName(file.mimeType)}>
          {texts.files.kinds[toFileKind(file.mimeType)]}
        </div>
      );
    case 'size':
      return <SizeCell sizeBytes={file.sizeBytes} />;
    case 'created':
      return <CreatedCell at={file.createdAt} setting={setting} />;
    case 'saveable':
      return <SaveableCell isSaveable={file.isSaveable} />;
    default:
      return assertNever(column);
  }
}

function NameCell({ row, setting }: Omit<FileCellProps, 'column'>) {
  const { file } = row;
  const note = toNote(row);
  const shown = toShownName(toNameInFolder(file.name, setting.folder));
  return (
    <div
      role="rowheader"
      className="file-cell-name"
      aria-label={toShownName(file.name)}
      {...(note === null ? {} : { 'aria-description': note })}
    >
      <KindIcon kind={toFileKind(file.mimeType)} />
      {note === null ? (
        <FittedFileName name={shown} room={setting.room} />
      ) : (
        <>
          <FileName name={shown} />
          <span className="file-note" title={note}>
            {note}
          </span>
        </>
      )}
    </div>
  );
}

/** What must be said of a file beside what its columns say. */
function toNote({ isDeleting, deletionError }: FileRow): string | null {
  const words = texts.files.grid;
  if (isDeleting) return words.deleting;
  if (deletionError === null) return null;
  const { title } = describeError(deletionError, 'delete');
  return deletionError.code === 'maybeDeleted' ? title : words.notDeleted(title);
}

/** Draws a size, with the exact number of bytes beside the pointer. */
export function SizeCell({ sizeBytes }: Pick<RemoteFile, 'sizeBytes'>) {
  return (
    <div role="gridcell" className="file-cell-size" title={formatBytes(sizeBytes)}>
      {formatSize(sizeBytes)}
    </div>
  );
}

/** Draws when something was created, in milliseconds since the epoch, with the exact time beside the pointer; null is not known. */
export function CreatedCell({ at, setting }: { readonly at: number | null; readonly setting: RowSetting }) {
  const words = texts.files.grid;
  if (at === null) {
    return (
      <div role="gridcell" className="file-cell-created" title={words.unknownDateHint}>
        {words.unknownDate}
      </div>
    );
  }
  return (
    <div role="gridcell" className="file-cell-created" title={formatInstant(at)}>
      {setting.dates === 'exact' ? formatMoment(at) : formatRelativeDate(at, setting.now)}
    </div>
  );
}

function SaveableCell({ isSaveable }: Pick<RemoteFile, 'isSaveable'>) {
  const words = texts.files.grid;
  return isSaveable ? (
    <div role="gridcell" className="file-cell-saveable" title={words.saveableHint}>
      <ArrowDownToLine size={14} aria-hidden="true" />
      {words.isSaveable}
    </div>
  ) : (
    <div role="gridcell" className="file-cell-saveable file-cell-unsaveable" title={words.notSaveableHint}>
      <Minus size={14} aria-hidden="true" />
      {words.isNotSaveable}
    </div>
  );
}
