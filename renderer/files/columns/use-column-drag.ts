import { type PointerEvent, useCallback, useState } from 'react';
import { type ColumnId, DEFAULT_COLUMNS, moveColumnTo } from './columns.ts';
import type { TableLookChanges } from './use-table-look.ts';

/** Where a column that is dragged would stand. */
export interface ColumnDrop {
  readonly neighbour: ColumnId;
  readonly side: 'before' | 'after';
}

/** How far the pointer goes before a press becomes a drag, in pixels. */
const DRAG_FROM = 6;

/** Lets columns be dragged by their headers to another place; Escape leaves them where they are. */
export function useColumnDrag({ changeColumns }: TableLookChanges) {
  const [drop, setDrop] = useState<ColumnDrop | null>(null);
  const onPointerDown = useCallback(
    (event: PointerEvent<HTMLElement>) => {
      const id = readColumn(event.target);
      if (event.button !== 0 || id === null) return;
      const header = event.currentTarget;
      const startX = event.clientX;
      let found: ColumnDrop | null = null;
      let isDragging = false;
      const show = (next: ColumnDrop | null) => {
        found = next;
        setDrop((old) => (old?.neighbour === next?.neighbour && old?.side === next?.side ? old : next));
      };
      const onMove = (move: globalThis.PointerEvent) => {
        isDragging ||= Math.abs(move.clientX - startX) >= DRAG_FROM;
        if (isDragging) show(findDrop(header, id, move.clientX));
      };
      const end = () => {
        listening.abort();
        if (isDragging) swallowClick(header);
        show(null);
      };
      const onUp = () => {
        const target = found;
        end();
        if (target !== null) changeColumns((old) => moveColumnTo(old, id, target.neighbour, target.side));
      };
      const onKeyDown = (key: KeyboardEvent) => {
        if (key.key !== 'Escape') return;
        key.stopPropagation();
        end();
      };
      const listening = new AbortController();
      const { signal } = listening;
      window.addEventListener('pointermove', onMove, { signal });
      window.addEventListener('pointerup', onUp, { signal });
      window.addEventListener('pointercancel', end, { signal });
      window.addEventListener('keydown', onKeyDown, { signal, capture: true });
    },
    [changeColumns],
  );
  return { drop, onPointerDown };
}

/** The click that ends a drag sorts nothing. */
function swallowClick(header: HTMLElement): void {
  const swallow = (event: Event) => event.stopPropagation();
  header.addEventListener('click', swallow, { capture: true, once: true });
  // A drag that ended elsewhere has no click: the next one is meant.
  setTimeout(() => header.removeEventListener('click', swallow, { capture: true }));
}

function findDrop(header: HTMLElement, dragged: ColumnId, x: number): ColumnDrop | null {
  for (const cell of header.querySelectorAll('[data-column]')) {
    const { left, right } = cell.getBoundingClientRect();
    const neighbour = readColumn(cell);
    if (x < left || x >= right || neighbour === null || neighbour === dragged) continue;
    return { neighbour, side: x < (left + right) / 2 ? 'before' : 'after' };
  }
  return null;
}

function readColumn(target: EventTarget): ColumnId | null {
  const name =
    target instanceof Element ? target.closest('[data-column]')?.getAttribute('data-column') : null;
  return DEFAULT_COLUMNS.find(({ id }) => id === name)?.id ?? null;
}
