import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { type FocusEvent, type RefObject, useCallback, useLayoutEffect, useRef, useState } from 'react';
import type { RemoteFile } from '#app/files/remote-file.ts';

/** Heights of a row and of the header, in pixels; the same as in tokens.css and file-grid.css. */
const ROW_HEIGHT = 32;
const HEADER_HEIGHT = 30;
/** Rows beyond the edges that exist ahead of scrolling. */
const OVERSCAN = 8;

/** A row that exists, and its distance from the top of the rows in pixels. */
export interface GridItem {
  readonly index: number;
  readonly top: number;
}

/** The rows of the grid that exist, and the one among them that takes part in the tab order. */
export interface GridFocus {
  readonly activeIndex: number;
  readonly items: readonly GridItem[];
  readonly totalHeight: number;
  readonly rowsInView: () => number;
  /** Moves the focus to a row, which scrolls into view and exists by then. */
  readonly moveTo: (index: number) => void;
  readonly onFocus: (event: FocusEvent) => void;
  readonly onBlur: (event: FocusEvent) => void;
}

interface GridFocusInput {
  readonly rows: readonly RemoteFile[];
  readonly offset: number;
  readonly search: string;
  readonly scroller: RefObject<HTMLDivElement | null>;
}

/** Keeps one row active by its id, so that rows which come and go around it do not move the focus. */
export function useGridFocus({ rows, offset, search, scroller }: GridFocusInput): GridFocus {
  const [active, setActive] = useState<{ readonly id: string | null; readonly index: number }>({
    id: null,
    index: 0,
  });
  const found = rows.findIndex((file) => file.id === active.id);
  const activeIndex = found === -1 ? Math.max(0, Math.min(active.index, rows.length - 1)) : found;
  const virtualizer = useGridVirtualizer(rows, activeIndex, scroller);
  const { wantFocus, onFocus, onBlur } = useHeldFocus(scroller, rows, setActive);

  // Another page begins at its first row, and so does another search.
  const shown = useRef({ offset, search });
  useLayoutEffect(() => {
    if (shown.current.offset === offset && shown.current.search === search) return;
    shown.current = { offset, search };
    setActive({ id: null, index: 0 });
    virtualizer.scrollToOffset(0);
  }, [offset, search, virtualizer]);

  const moveTo = useCallback(
    (index: number) => {
      wantFocus();
      setActive({ id: rows[index]?.id ?? null, index });
      virtualizer.scrollToIndex(index, { align: 'auto' });
    },
    [rows, virtualizer, wantFocus],
  );

  return {
    activeIndex,
    items: virtualizer
      .getVirtualItems()
      .map((item) => ({ index: item.index, top: item.start - HEADER_HEIGHT })),
    totalHeight: virtualizer.getTotalSize(),
    rowsInView: () => Math.floor(((scroller.current?.clientHeight ?? 0) - HEADER_HEIGHT) / ROW_HEIGHT),
    moveTo,
    onFocus,
    onBlur,
  };
}

function useGridVirtualizer(
  rows: readonly RemoteFile[],
  activeIndex: number,
  scroller: RefObject<HTMLDivElement | null>,
) {
  return useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: OVERSCAN,
    scrollMargin: HEADER_HEIGHT,
    scrollPaddingStart: HEADER_HEIGHT,
    // The first rows are drawn before the size of the window is known.
    initialRect: { width: 800, height: 640 },
    useFlushSync: false,
    // The active row always exists: without it Tab would skip the grid.
    rangeExtractor: (range) => {
      const indices = defaultRangeExtractor(range);
      if (activeIndex >= rows.length || indices.includes(activeIndex)) return indices;
      return activeIndex < range.startIndex ? [activeIndex, ...indices] : [...indices, activeIndex];
    },
  });
}

/** Puts the focus on the active row when it was asked for, and again when the row that had it went away. */
function useHeldFocus(
  scroller: RefObject<HTMLDivElement | null>,
  rows: readonly RemoteFile[],
  setActive: (active: { readonly id: string | null; readonly index: number }) => void,
) {
  const isWanted = useRef(false);
  const holder = useRef<Element | null>(null);

  useLayoutEffect(() => {
    const isLost =
      holder.current !== null && !holder.current.isConnected && document.activeElement === document.body;
    if (!isWanted.current && !isLost) return;
    isWanted.current = false;
    scroller.current
      ?.querySelector<HTMLElement>('[data-row-id][tabindex="0"]')
      ?.focus({ preventScroll: true });
  });

  const onFocus = useCallback(
    (event: FocusEvent) => {
      holder.current = event.target;
      const id = event.target.closest('[data-row-id]')?.getAttribute('data-row-id') ?? null;
      const index = rows.findIndex((file) => file.id === id);
      if (index !== -1) setActive({ id, index });
    },
    [rows, setActive],
  );
  const onBlur = useCallback((event: FocusEvent) => {
    // A row that is removed gives its focus to nothing; a person gives it to something.
    if (event.relatedTarget !== null) holder.current = null;
  }, []);
  const wantFocus = useCallback(() => {
    isWanted.current = true;
  }, []);
  return { wantFocus, onFocus, onBlur };
}
