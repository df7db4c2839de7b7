import {
  type FocusEvent,
  type RefObject,
  useCallback,
  useDeferredValue,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { type RowKey, type TableRow, toRowKey } from '#app/files/file-query.ts';
import type { AnsweredPage } from './file-queries.ts';
import { toDrawnIndices, toRangeInView } from './row-range.ts';
import { useDrawnRows } from './use-drawn-rows.ts';

/** The rows of the grid that exist, and the one among them that takes part in the tab order. */
export interface GridFocus {
  readonly activeIndex: number;
  /** Indices of the rows that exist. */
  readonly drawn: readonly number[];
  readonly rowsInView: () => number;
  /** Moves the focus to a row, which scrolls into view and exists by then. */
  readonly moveTo: (index: number) => void;
  readonly onFocus: (event: FocusEvent) => void;
  readonly onBlur: (event: FocusEvent) => void;
  readonly onScroll: () => void;
}

interface GridFocusInput {
  readonly answer: AnsweredPage;
  /** The row to be on when another page comes; null for its first. */
  readonly arriveAt: RowKey | null;
  /** In pixels. */
  readonly rowHeight: number;
  readonly scroller: RefObject<HTMLDivElement | null>;
}

/** The row that takes part in the tab order; its key is null until it was chosen. */
interface ActiveRow {
  readonly key: RowKey | null;
  readonly index: number;
}

const FIRST_ROW: ActiveRow = { key: null, index: 0 };

/** What react-aria asks an element before it gives the focus back to it, as when a dialog closes; can be prevented. */
const GIVING_BACK = 'react-aria-focus-scope-restore';

/** Keeps one row active by its key, so that rows which come and go around it do not move the focus. */
export function useGridFocus({ answer, arriveAt, rowHeight, scroller }: GridFocusInput): GridFocus {
  const { query, page } = answer;
  const { rows } = page;
  const { range, reveal, drawAround, scrollTo, onScroll, rowsInView } = useDrawnRows(rowHeight, scroller);
  const [active, setActive] = useState(FIRST_ROW);
  // Where another page shall be scrolled to, in pixels, and the page that it is of.
  const [arrival, setArrival] = useState({ query, top: 0 });
  if (arrival.query !== query) {
    // Another page begins at its first row, or at the folder that one came from.
    const index = findRow(rows, { key: arriveAt, index: 0 });
    setActive(index === -1 ? FIRST_ROW : { key: arriveAt, index });
    setArrival({ query, top: drawAround(index === -1 ? null : index) });
  }
  useLayoutEffect(() => scrollTo(arrival.top), [arrival, scrollTo]);

  const found = findRow(rows, active);
  // After the first rows of all, those ahead of scrolling are drawn when the browser has nothing else to do.
  const hasDrawnSome = useDeferredValue(rows.length > 0, false);
  const activeIndex = found === -1 ? Math.max(0, Math.min(active.index, rows.length - 1)) : found;
  const { wantFocus, onFocus, onBlur } = useHeldFocus(scroller, rows, setActive);
  const moveTo = useCallback(
    (index: number) => {
      const row = rows[index];
      wantFocus();
      setActive({ key: row === undefined ? null : toRowKey(row), index });
      reveal(index);
    },
    [rows, reveal, wantFocus],
  );
  return {
    activeIndex,
    drawn: toDrawnIndices(hasDrawnSome ? range : toRangeInView(range), rows.length, activeIndex),
    rowsInView,
    moveTo,
    onFocus,
    onBlur,
    onScroll,
  };
}

/** Puts the focus on the active row when it was asked for, and again when the row that had it went away. */
function useHeldFocus(
  scroller: RefObject<HTMLDivElement | null>,
  rows: readonly TableRow[],
  setActive: (active: ActiveRow) => void,
) {
  const isWanted = useRef(false);
  const holder = useRef<Element | null>(null);

  useLayoutEffect(() => {
    const element = holder.current;
    const isLost = element !== null && !element.isConnected && document.activeElement === document.body;
    // What stands in a row changes with the page: the focus goes with the active row, not with the place of the row, or
    // of its checkbox, that has it.
    const row =
      element !== null && element === document.activeElement ? element.closest('[data-row-key]') : null;
    const isElsewhere = row?.getAttribute('tabindex') === '-1';
    if (!isWanted.current && !isLost && !isElsewhere) return;
    isWanted.current = false;
    focusActiveRow(scroller.current);
  });
  useFocusGivenBack(scroller);

  const onFocus = useCallback(
    (event: FocusEvent) => {
      holder.current = event.target;
      const key = event.target.closest('[data-row-key]')?.getAttribute('data-row-key') ?? null;
      const index = findRow(rows, { key, index: -1 });
      if (index !== -1) setActive({ key, index });
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

/** Takes the focus to the active row where a dialog gives it back to a row: another file may stand there by then. */
function useFocusGivenBack(scroller: RefObject<HTMLDivElement | null>): void {
  useEffect(() => {
    const grid = scroller.current;
    const onGivingBack = (event: Event) => {
      if (!(event.target instanceof Element) || event.target.closest('[data-row-key]') === null) return;
      event.preventDefault();
      focusActiveRow(grid);
    };
    grid?.addEventListener(GIVING_BACK, onGivingBack);
    return () => grid?.removeEventListener(GIVING_BACK, onGivingBack);
  }, [scroller]);
}

function focusActiveRow(grid: Element | null): void {
  grid?.querySelector<HTMLElement>('[data-row-key][tabindex="0"]')?.focus({ preventScroll: true });
}

/** Looks for a row where it was first: mostly it still is there. Gives -1 when it is nowhere. */
function findRow(rows: readonly TableRow[], { key, index }: ActiveRow): number {
  if (key === null) return -1;
  const before = rows[index];
  if (before !== undefined && toRowKey(before) === key) return index;
  return rows.findIndex((row) => toRowKey(row) === key);
}
