import { type DragEvent, type MouseEvent, useMemo, useRef } from 'react';
import type { RowKey } from '#app/files/file-query.ts';
import type { FileGridActions } from './file-grid.tsx';
import type { SelectionActions } from './use-selection.ts';

/** Gives the pointer of the grid, which hears it for all rows: a listener less for each of them. */
export function useGridPointer(selection: SelectionActions, actions: FileGridActions) {
  const latest = useRef({ selection, actions });
  latest.current = { selection, actions };
  return useMemo(
    () => ({
      onClick: (event: MouseEvent) => {
        const key = toKeyUnder(event);
        if (key === null) return;
        const isToggle = event.ctrlKey || event.metaKey || isInSelectCell(event);
        latest.current.selection.clickRow(key, { isRange: event.shiftKey, isToggle });
      },
      onDoubleClick: (event: MouseEvent) => {
        const key = toKeyUnder(event);
        if (key !== null && !isInSelectCell(event)) latest.current.actions.open(key);
      },
      onDragStart: (event: DragEvent) => {
        const key = toKeyUnder(event);
        // The system's own drag takes the place of the page's.
        event.preventDefault();
        if (key !== null) latest.current.actions.drag(key);
      },
    }),
    [],
  );
}

function toKeyUnder({ target }: MouseEvent): RowKey | null {
  const row = target instanceof Element ? target.closest('[data-row-key]') : null;
  return row?.getAttribute('data-row-key') ?? null;
}

/** The whole cell of the checkbox takes the click, and a double click in it opens nothing. */
function isInSelectCell({ target }: MouseEvent): boolean {
  return target instanceof Element && target.closest('.file-cell-select') !== null;
}
