import { type RefObject, useLayoutEffect, useRef } from 'react';

/**
 * Keeps the focus where the table is when the table itself goes, as with its last row: the words in its place take it,
 * and the table has it again when it comes back. The browser would send it back to the beginning of the window.
 */
export function useFocusWithoutGrid(content: RefObject<HTMLElement | null>): void {
  const hadGrid = useRef<boolean | null>(null);
  useLayoutEffect(() => {
    const hasGrid = content.current?.querySelector('.file-grid[aria-busy="false"]') != null;
    const isChange = hadGrid.current !== null && hadGrid.current !== hasGrid;
    // Before the first table there is no focus to keep.
    if (hasGrid || hadGrid.current !== null) hadGrid.current = hasGrid;
    if (!isChange || document.activeElement !== document.body) return;
    const next = hasGrid ? '[data-row-key][tabindex="0"]' : '.state-panel-title';
    content.current?.querySelector<HTMLElement>(next)?.focus({ preventScroll: true });
  });
}
