import { type PointerEvent, useMemo, useRef } from 'react';
import { type ColumnId, resizeColumn, toColumnWidth, toTableWidth, toTemplate } from './columns.ts';
import type { TableLook, TableLookChanges } from './use-table-look.ts';

/** The ways to change a column's width with the pointer. */
export interface ColumnResize {
  readonly start: (event: PointerEvent<HTMLElement>, id: ColumnId, edge: 'left' | 'right') => void;
  /** Gives the column the width that fits. */
  readonly reset: (id: ColumnId) => void;
}

/** Lets the edge of a column be dragged. Meanwhile only the grid's style changes: no row is drawn again for it. */
export function useColumnResize(look: TableLook, changes: TableLookChanges): ColumnResize {
  const latest = useRef(look);
  latest.current = look;
  return useMemo(
    () => ({
      start: (event, id, edge) => {
        const handle = event.currentTarget;
        const grid = handle.closest<HTMLElement>('[role="grid"]');
        const { columns, dates } = latest.current;
        const column = columns.find((candidate) => candidate.id === id);
        const startWidth = column === undefined ? null : toColumnWidth(column, dates);
        if (event.button !== 0 || grid === null || startWidth === null) return;
        // Neither a drag of the column, nor the focus, nor a selection of text.
        event.preventDefault();
        event.stopPropagation();
        handle.setPointerCapture(event.pointerId);
        const startX = event.clientX;
        const resized = (x: number) =>
          resizeColumn(columns, id, startWidth + (edge === 'left' ? startX - x : x - startX));
        const onMove = (move: globalThis.PointerEvent) => setGridColumns(grid, resized(move.clientX), dates);
        const ended = new AbortController();
        const onEnd = (end: globalThis.PointerEvent) => {
          ended.abort();
          if (end.type === 'pointercancel') setGridColumns(grid, columns, dates);
          else if (end.clientX !== startX) changes.changeColumns(() => resized(end.clientX));
        };
        // On the window: the capture, which keeps the cursor, can be lost before the button is let go.
        const { signal } = ended;
        window.addEventListener('pointermove', onMove, { signal });
        window.addEventListener('pointerup', onEnd, { signal });
        window.addEventListener('pointercancel', onEnd, { signal });
      },
      reset: (id) => void changes.changeColumns((columns) => resizeColumn(columns, id, null)),
    }),
    [changes],
  );
}

/** Gives the grid its columns by the properties that its style reads. */
function setGridColumns(grid: HTMLElement, columns: TableLook['columns'], dates: TableLook['dates']): void {
  grid.style.setProperty('--columns', toTemplate(columns, dates));
  grid.style.setProperty('--table-width', `${toTableWidth(columns, dates)}px`);
}
