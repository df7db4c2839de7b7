/** Rows that are drawn, from the first on up to but without the end. */
export interface RowRange {
  readonly first: number;
  readonly end: number;
}

/** What can be seen of the rows, in pixels: `top` is how far they are scrolled. */
export interface RowView {
  readonly top: number;
  readonly height: number;
  readonly rowHeight: number;
}

/** Rows beyond the edges that exist ahead of scrolling. */
const AHEAD = 8;

/** Gives the rows to draw: those in view, and some ahead of scrolling. */
export function toRowRange({ top, height, rowHeight }: RowView): RowRange {
  return {
    first: Math.max(0, Math.floor(top / rowHeight) - AHEAD),
    end: Math.ceil((top + height) / rowHeight) + AHEAD,
  };
}

/** Leaves out the rows ahead of scrolling of a range that begins at the top: the first rows of all are there sooner without. */
export function toRangeInView({ first, end }: RowRange): RowRange {
  return { first, end: end - AHEAD };
}

/** Gives the indices of the rows to draw out of `count`; the active one always exists, as without it Tab would skip the grid. */
export function toDrawnIndices(
  { first, end }: RowRange,
  count: number,
  activeIndex: number,
): readonly number[] {
  const indices: number[] = [];
  const last = Math.min(end, count);
  if (activeIndex < first && activeIndex < count) indices.push(activeIndex);
  for (let index = Math.min(first, last); index < last; index += 1) indices.push(index);
  if (activeIndex >= last && activeIndex < count) indices.push(activeIndex);
  return indices;
}

/** Gives how far to scroll for a row to be in view: no further than needed, or to the middle. */
export function toScrollTop(index: number, view: RowView, place: 'nearest' | 'middle'): number {
  const { top, height, rowHeight } = view;
  const rowTop = index * rowHeight;
  if (place === 'middle') return Math.max(0, rowTop - Math.floor((height - rowHeight) / 2));
  if (rowTop < top) return rowTop;
  return Math.max(top, rowTop + rowHeight - height);
}
