// biome-ignore-all lint/a11y/useSemanticElements: rows that stand at their own place in a scrolled list cannot be a <table>.
// biome-ignore-all lint/a11y/useFocusableInteractive: rows take the focus, one of them at a time; their cells are read.

import { type CSSProperties, memo, useMemo, useRef } from 'react';
import { type RowKey, toRowKey } from '#app/files/file-query.ts';
import { texts } from '../texts/texts.ts';
import { useNow } from '../ui/use-now.ts';
import { type ColumnId, toShownColumns, toTableWidth, toTemplate } from './columns/columns.ts';
import { ROW_HEIGHTS, type TableLook, type TableLookChanges } from './columns/use-table-look.ts';
import { FileGridHeader } from './file-grid-header.tsx';
import type { AnsweredPage } from './file-queries.ts';
import { FileRow, type RowSetting } from './file-row.tsx';
import { LoadingPanel } from './file-states.tsx';
import { NameHint } from './name-hint.tsx';
import { HEADER_HEIGHT } from './use-drawn-rows.ts';
import { useGridFocus } from './use-grid-focus.ts';
import { useGridKeys } from './use-grid-keys.ts';
import { useGridPointer } from './use-grid-pointer.ts';
import { useNameRoom } from './use-name-room.ts';
import type { SelectionControl } from './use-selection.ts';
import '../ui/checkbox.css';
import './file-grid.css';

/** How often relative dates are drawn again, in milliseconds. */
const DATES_MS = 30_000;

/** What the grid can ask for; each function must keep its identity. */
export interface FileGridActions {
  /** Shows the details of a file, or what is in a folder. */
  readonly open: (key: RowKey) => void;
  readonly deleteFrom: (key: RowKey) => void;
  readonly drag: (key: RowKey) => void;
  readonly sortBy: (column: ColumnId) => void;
  readonly leaveFolder: () => void;
  readonly showOptions: () => void;
}

/** One page of rows, and what can be done with them. */
export interface FileGridProps {
  readonly answer: AnsweredPage;
  /** Whether the first rows are still to come: the header and the room for them stand before. */
  readonly isLoading: boolean;
  /** The row to be on when another page comes; null for its first. */
  readonly arriveAt: RowKey | null;
  readonly selection: SelectionControl;
  readonly look: TableLook;
  readonly lookChanges: TableLookChanges;
  readonly actions: FileGridActions;
}

/**
 * Draws a page of files as an ARIA grid of which only the rows in view exist. One row is in the tab order; the arrow
 * keys move on from it, whether the next row exists yet or not.
 */
export const FileGrid = memo(function FileGrid(props: FileGridProps) {
  const { answer, arriveAt, selection, look, lookChanges, actions } = props;
  const { rows, offset, total } = answer.page;
  const scroller = useRef<HTMLDivElement>(null);
  const nameCell = useRef<HTMLDivElement>(null);
  const rowHeight = ROW_HEIGHTS[look.density];
  const focus = useGridFocus({ answer, arriveAt, rowHeight, scroller });
  const onKeyDown = useGridKeys({ answer, focus, selection, actions });
  const pointer = useGridPointer(selection, actions);
  const setting = useRowSetting(props, useNameRoom(scroller, nameCell));
  const activeRow = rows[focus.activeIndex];
  return (
    <div className="file-grid-place" style={toGridStyle(look)}>
      <div
        ref={scroller}
        role="grid"
        className="file-grid"
        aria-label={texts.files.grid.label}
        aria-multiselectable="true"
        aria-busy={props.isLoading}
        aria-rowcount={total + 1}
        aria-colcount={setting.columns.length + 1}
        onKeyDown={onKeyDown}
        onFocus={focus.onFocus}
        onBlur={focus.onBlur}
        onScroll={focus.onScroll}
        {...pointer}
      >
        <FileGridHeader
          look={look}
          changes={lookChanges}
          sort={answer.query.sort}
          mark={selection.marks.page}
          nameCell={nameCell}
          onSort={actions.sortBy}
          onToggleAll={selection.togglePage}
          onOptions={actions.showOptions}
        />
        <div role="rowgroup" className="file-grid-rows" style={{ height: rows.length * rowHeight }}>
          {focus.drawn.map((index) => {
            const row = rows[index];
            if (row === undefined) return null;
            const key = toRowKey(row);
            return (
              <FileRow
                // By its place: another page changes what stands in the rows, which costs less than to make them anew.
                key={index}
                row={row}
                setting={setting}
                rowIndex={offset + index + 2}
                top={index * rowHeight}
                isActive={index === focus.activeIndex}
                mark={selection.marks.of(key)}
              />
            );
          })}
          {activeRow === undefined || setting.room === null ? null : (
            <NameHint
              row={activeRow}
              folder={setting.folder}
              room={setting.room}
              top={focus.activeIndex * rowHeight}
              rowHeight={rowHeight}
              scroller={scroller}
            />
          )}
        </div>
      </div>
      {props.isLoading ? <LoadingPanel label={texts.files.states.loading} /> : null}
    </div>
  );
});

function useRowSetting({ answer, look }: FileGridProps, room: RowSetting['room']): RowSetting {
  const now = useNow(DATES_MS);
  const { folder } = answer.query;
  const { columns, dates } = look;
  return useMemo(
    () => ({ columns: toShownColumns(columns), dates, folder, room, now }),
    [columns, dates, folder, room, now],
  );
}

function toGridStyle({ columns, dates, density }: TableLook): CSSProperties {
  // The type of React knows no properties of one's own.
  return {
    '--columns': toTemplate(columns, dates),
    '--table-width': `${toTableWidth(columns, dates)}px`,
    '--row-height': `${ROW_HEIGHTS[density]}px`,
    '--header-height': `${HEADER_HEIGHT}px`,
  } as CSSProperties;
}
