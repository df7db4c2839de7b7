// biome-ignore-all lint/a11y/useSemanticElements: rows that stand at their own place in a scrolled list cannot be a <table>.
// biome-ignore-all lint/a11y/useFocusableInteractive: rows take the focus, one of them at a time; their cells are read.

import { ChevronDown, ChevronUp } from 'lucide-react';
import { memo, type RefObject } from 'react';
import type { FileSort } from '#app/files/file-query.ts';
import { texts } from '../texts/texts.ts';
import { type ColumnId, toShownColumns } from './columns/columns.ts';
import { useColumnDrag } from './columns/use-column-drag.ts';
import { useColumnResize } from './columns/use-column-resize.ts';
import { useHeaderKeys } from './columns/use-header-keys.ts';
import type { TableLook, TableLookChanges } from './columns/use-table-look.ts';
import type { SelectionMark } from './selection-marks.ts';

/** The header of the grid: the columns, how the rows are sorted by them, and the checkbox of the page. */
export interface FileGridHeaderProps {
  readonly look: TableLook;
  readonly changes: TableLookChanges;
  readonly sort: FileSort;
  /** Of the page. */
  readonly mark: SelectionMark;
  readonly nameCell: RefObject<HTMLDivElement | null>;
  readonly onSort: (by: ColumnId) => void;
  readonly onToggleAll: () => void;
  /** Asked for by the pointer's other button. */
  readonly onOptions: () => void;
}

/**
 * Draws the header row. It is one stop of the Tab key; the arrow keys go on from one of its controls to the next, and
 * with other keys change the column.
 */
export const FileGridHeader = memo(function FileGridHeader(props: FileGridHeaderProps) {
  const { look, changes, sort, mark } = props;
  const keys = useHeaderKeys(look, changes);
  const drag = useColumnDrag(changes);
  const resize = useColumnResize(look, changes);
  const shown = toShownColumns(look.columns);
  return (
    <div role="rowgroup" className="file-grid-header">
      <div
        role="row"
        aria-rowindex={1}
        className="file-grid-columns"
        onKeyDown={keys.onKeyDown}
        onFocus={keys.onFocus}
        onPointerDown={drag.onPointerDown}
        onContextMenu={(event) => {
          event.preventDefault();
          props.onOptions();
        }}
      >
        <SelectAllCell mark={mark} isActive={keys.active === 'select'} onToggleAll={props.onToggleAll} />
        {shown.map((id, index) => (
          <ColumnHeader
            key={id}
            id={id}
            sort={sort}
            isActive={keys.active === id}
            drop={drag.drop?.neighbour === id ? drag.drop.side : null}
            // The name takes what is left, so the edge towards it is the one that a column's width moves.
            handle={id === 'name' ? null : index < shown.indexOf('name') ? 'right' : 'left'}
            onSort={props.onSort}
            onResize={resize}
            {...(id === 'name' ? { cell: props.nameCell } : {})}
          />
        ))}
      </div>
    </div>
  );
});

function SelectAllCell(props: {
  readonly mark: SelectionMark;
  readonly isActive: boolean;
  readonly onToggleAll: () => void;
}) {
  const { mark } = props;
  return (
    <div role="columnheader" className="file-cell-select">
      <input
        type="checkbox"
        className="checkbox"
        data-header-control="select"
        tabIndex={props.isActive ? 0 : -1}
        aria-label={texts.files.grid.selectAll}
        checked={mark === 'all'}
        ref={(input) => {
          if (input !== null) input.indeterminate = mark === 'some';
        }}
        onChange={props.onToggleAll}
      />
    </div>
  );
}

interface ColumnHeaderProps {
  readonly id: ColumnId;
  readonly sort: FileSort;
  readonly isActive: boolean;
  /** Where a column that is dragged would stand; null when not beside this one. */
  readonly drop: 'before' | 'after' | null;
  /** On which edge the width is dragged; null when the width is not the column's own. */
  readonly handle: 'left' | 'right' | null;
  readonly onSort: (by: ColumnId) => void;
  readonly onResize: ReturnType<typeof useColumnResize>;
  readonly cell?: RefObject<HTMLDivElement | null>;
}

function ColumnHeader(props: ColumnHeaderProps) {
  const { id, sort, drop, handle, onResize } = props;
  const isSorted = sort.by === id;
  const Arrow = sort.isDescending ? ChevronDown : ChevronUp;
  return (
    <div
      role="columnheader"
      data-column={id}
      className={`file-column file-column-${id}${drop === null ? '' : ` file-column-drop-${drop}`}`}
      {...(props.cell === undefined ? {} : { ref: props.cell })}
      {...(isSorted ? { 'aria-sort': sort.isDescending ? 'descending' : 'ascending' } : {})}
    >
      <button
        type="button"
        className="file-column-button"
        data-header-control={id}
        tabIndex={props.isActive ? 0 : -1}
        onClick={() => props.onSort(id)}
      >
        <span className="file-column-name">{texts.files.grid.columns[id]}</span>
        {isSorted ? <Arrow size={12} aria-hidden="true" /> : null}
      </button>
      {handle === null ? null : (
        // The keyboard changes the width on the column's button.
        <span
          aria-hidden="true"
          className={`file-column-handle file-column-handle-${handle}`}
          onPointerDown={(event) => onResize.start(event, id, handle)}
          onDoubleClick={() => onResize.reset(id)}
        />
      )}
    </div>
  );
}
