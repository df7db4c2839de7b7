/** How many rows a page may have; the first is the default. */
export const ROWS_PER_PAGE = [50, 100, 250, 1000] as const;

/** Where a page stands among all rows, counted from 1 as people do, and where its neighbours begin, from 0. */
export interface PageRange {
  readonly from: number;
  readonly to: number;
  readonly hasPrevious: boolean;
  readonly hasNext: boolean;
  readonly previousOffset: number;
  readonly nextOffset: number;
  readonly lastOffset: number;
}

/** Works out the pages around the one that starts at `offset`. */
export function toPageRange(offset: number, limit: number, total: number): PageRange {
  const lastOffset = Math.max(0, Math.floor((total - 1) / limit) * limit);
  return {
    from: total === 0 ? 0 : offset + 1,
    to: Math.min(offset + limit, total),
    hasPrevious: offset > 0,
    hasNext: offset + limit < total,
    previousOffset: Math.max(0, offset - limit),
    nextOffset: Math.min(offset + limit, lastOffset),
    lastOffset,
  };
}

/** Gives the start of the page that holds the row at `offset` when pages get another length. */
export function toPageStart(offset: number, limit: number): number {
  return Math.floor(offset / limit) * limit;
}

/** Reads a remembered number of rows; what is none of the choices counts as the default. */
export function parseRowsPerPage(value: unknown): number {
  return ROWS_PER_PAGE.find((rows) => String(rows) === value) ?? ROWS_PER_PAGE[0];
}
