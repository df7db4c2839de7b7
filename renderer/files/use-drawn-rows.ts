import { type RefObject, useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { type RowRange, type RowView, toRowRange, toScrollTop } from './row-range.ts';

/** Height of the header with its line, in pixels; it stays at the top of what is scrolled. */
export const HEADER_HEIGHT = 30;

/** How high the grid is taken to be until that is known, in pixels: the first rows are drawn without waiting for it. */
const FIRST_HEIGHT = 640;

/** The rows of a scrolled list that are in view, all of one height. */
export interface DrawnRows {
  readonly range: RowRange;
  readonly onScroll: () => void;
  /** Scrolls no further than needed to see a row. */
  readonly reveal: (index: number) => void;
  /** Gives the scroll position with a row in the middle; 0 for none. Draws for it, but does not scroll yet. */
  readonly drawAround: (index: number | null) => number;
  /** Scrolls to a position, in pixels. */
  readonly scrollTo: (top: number) => void;
  readonly rowsInView: () => number;
}

/**
 * Follows which rows are in view. Rows of one height need no measuring, so that those of another page can be drawn for
 * where it will be scrolled to, in the same frame.
 */
export function useDrawnRows(rowHeight: number, scroller: RefObject<HTMLElement | null>): DrawnRows {
  const height = useRef(FIRST_HEIGHT);
  // Asking the element where it stands, or telling it to stay there, would lay the page out in between.
  const top = useRef(0);
  const [range, setRange] = useState(() => toRowRange({ top: 0, height: FIRST_HEIGHT, rowHeight }));
  const draw = useCallback((view: RowView) => {
    const next = toRowRange(view);
    setRange((old) => (old.first === next.first && old.end === next.end ? old : next));
  }, []);

  const functions = useMemo(() => {
    const read = (): RowView => ({ top: top.current, height: height.current, rowHeight });
    const scrollTo = (next: number) => {
      if (scroller.current === null || next === top.current) return;
      scroller.current.scrollTop = next;
      top.current = next;
    };
    return {
      onScroll: () => {
        top.current = scroller.current?.scrollTop ?? 0;
        draw(read());
      },
      reveal: (index: number) => {
        scrollTo(toScrollTop(index, read(), 'nearest'));
        draw(read());
      },
      drawAround: (index: number | null) => {
        const start = { ...read(), top: 0 };
        const target = index === null ? 0 : toScrollTop(index, start, 'middle');
        draw({ ...start, top: target });
        return target;
      },
      scrollTo,
      rowsInView: () => Math.floor(height.current / rowHeight),
    };
  }, [rowHeight, scroller, draw]);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const measure = () => {
      height.current = Math.max(0, element.clientHeight - HEADER_HEIGHT);
      functions.onScroll();
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller, functions]);
  return { range, ...functions };
}
