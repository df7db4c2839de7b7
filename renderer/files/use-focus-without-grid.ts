import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';

/** The table with its rows, or the words that stand in its place; those of waiting are hidden at first and soon gone. */
const STANDING = '.file-grid[aria-busy="false"], .state-panel-title:not(.files-loading *)';

/** The row that the keyboard goes on at; without the table, the words in its place, from which Tab goes on. */
const PLACE_TO_GO_ON = '[data-row-key][tabindex="0"], .state-panel-title';

/** Puts the focus on the table's active row, or on the words in the table's place. */
export function focusInContent(content: HTMLElement | null, options?: FocusOptions): void {
  content?.querySelector<HTMLElement>(PLACE_TO_GO_ON)?.focus(options);
}

/**
 * Keeps the focus where the table is when the table itself goes, as with its last row: the words in its place take it,
 * and the table has it again when it comes back. The browser would send it back to the beginning of the window.
 */
export function useFocusWithoutGrid(content: RefObject<HTMLElement | null>): void {
  const last = useRef<Element | null>(null);
  // Until the first table there is no focus to keep, unless a person has gone to what stands before it.
  const isKept = useRef(false);
  useEffect(() => {
    const element = content.current;
    const keep = () => {
      isKept.current = true;
    };
    element?.addEventListener('focusin', keep, { once: true });
    return () => element?.removeEventListener('focusin', keep);
  }, [content]);
  useLayoutEffect(() => {
    const standing = content.current?.querySelector(STANDING) ?? null;
    if (standing === null || standing === last.current) return;
    last.current = standing;
    if (isKept.current && document.activeElement === document.body)
      focusInContent(content.current, { preventScroll: true });
    isKept.current ||= standing.matches('.file-grid');
  });
}
