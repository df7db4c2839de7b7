import type { FileSortColumn } from '#app/files/file-query.ts';

/** A column of the table; each can be sorted by. */
export type ColumnId = FileSortColumn;

/** One column as a person has it. */
export interface Column {
  readonly id: ColumnId;
  readonly isShown: boolean;
  /** In pixels; null is the width that suits what stands in it. The name takes the room that the others leave. */
  readonly width: number | null;
}

/** All columns in the order in which they stand, hidden ones too. */
export type Columns = readonly Column[];

/** How dates stand in the table: as a distance, such as "yesterday", or in full. */
export type DateStyle = 'relative' | 'exact';

/** Bounds of a column's width, in pixels: a header can be read, and no column pushes all others out. */
export const MIN_COLUMN_WIDTH = 64;
export const MAX_COLUMN_WIDTH = 480;
/** The least room for names, in pixels. */
const MIN_NAME_WIDTH = 140;
/** Width of the checkboxes' column, in pixels. */
const SELECT_WIDTH = 36;

const FITTING_WIDTHS: Readonly<Record<Exclude<ColumnId, 'name'>, number>> = {
  kind: 112,
  // As wide as "1,023 bytes".
  size: 104,
  created: 128,
  saveable: 96,
};
const EXACT_CREATED_WIDTH = 184;

/** The columns until a person changes them. */
export const DEFAULT_COLUMNS: Columns = (['name', 'kind', 'size', 'created', 'saveable'] as const).map(
  (id) => ({ id, isShown: true, width: null }),
);

/** The columns that are shown, in order. */
export function toShownColumns(columns: Columns): readonly ColumnId[] {
  return columns.filter(({ isShown }) => isShown).map(({ id }) => id);
}

/** Width of a column in pixels; null for the name, which has what is left. */
export function toColumnWidth({ id, width }: Column, dates: DateStyle): number | null {
  if (id === 'name') return null;
  if (width !== null) return width;
  return id === 'created' && dates === 'exact' ? EXACT_CREATED_WIDTH : FITTING_WIDTHS[id];
}

/** Gives the widths of all columns that are shown as CSS wants them for a grid, the checkboxes' first. */
export function toTemplate(columns: Columns, dates: DateStyle): string {
  const shown = columns.filter(({ isShown }) => isShown).map((column) => toColumnWidth(column, dates));
  return [SELECT_WIDTH, ...shown]
    .map((width) => (width === null ? `minmax(${MIN_NAME_WIDTH}px, 1fr)` : `${width}px`))
    .join(' ');
}

/** Gives the least width of the whole table, in pixels: narrower than this it scrolls sideways. */
export function toTableWidth(columns: Columns, dates: DateStyle): number {
  return columns
    .filter(({ isShown }) => isShown)
    .reduce((sum, column) => sum + (toColumnWidth(column, dates) ?? MIN_NAME_WIDTH), SELECT_WIDTH);
}

/** Gives a column another width, in pixels and within bounds; null for the one that fits. The name's stays. */
export function resizeColumn(columns: Columns, id: ColumnId, width: number | null): Columns {
  if (id === 'name') return columns;
  const bounded =
    width === null ? null : Math.round(Math.max(MIN_COLUMN_WIDTH, Math.min(MAX_COLUMN_WIDTH, width)));
  return columns.map((column) => (column.id === id ? { ...column, width: bounded } : column));
}

/** Shows or hides a column; the name is always shown. */
export function showColumn(columns: Columns, id: ColumnId, isShown: boolean): Columns {
  if (id === 'name') return columns;
  return columns.map((column) => (column.id === id ? { ...column, isShown } : column));
}

/** Moves a column past the next one that is shown on a side; the same columns come back where there is none. */
export function moveColumn(columns: Columns, id: ColumnId, side: 'left' | 'right'): Columns {
  const shown = toShownColumns(columns);
  const target = shown.indexOf(id) + (side === 'left' ? -1 : 1);
  const neighbour = shown[target];
  return neighbour === undefined || !shown.includes(id)
    ? columns
    : moveColumnTo(columns, id, neighbour, side === 'left' ? 'before' : 'after');
}

/** Moves a column to stand before or after another one. */
export function moveColumnTo(
  columns: Columns,
  id: ColumnId,
  neighbour: ColumnId,
  side: 'before' | 'after',
): Columns {
  const moved = columns.find((column) => column.id === id);
  if (moved === undefined || id === neighbour) return columns;
  const rest = columns.filter((column) => column !== moved);
  const position = rest.findIndex((column) => column.id === neighbour) + (side === 'after' ? 1 : 0);
  const next = [...rest.slice(0, position), moved, ...rest.slice(position)];
  return next.every((column, index) => column === columns[index]) ? columns : next;
}

/** Writes columns to be remembered: `name kind:140 -size created saveable`. */
export function formatColumns(columns: Columns): string {
  return columns
    .map(({ id, isShown, width }) => `${isShown ? '' : '-'}${id}${width === null ? '' : `:${width}`}`)
    .join(' ');
}

/** Reads remembered columns. What makes no sense is passed over; columns that are missing stand at the end. */
export function parseColumns(value: string | null): Columns {
  const read: Column[] = [];
  for (const [, hidden, name, width] of (value ?? '').matchAll(/(-?)([a-z]+)(?::(\d+))?/g)) {
    const known = DEFAULT_COLUMNS.find(({ id }) => id === name);
    if (known === undefined || read.some(({ id }) => id === known.id)) continue;
    read.push({ ...known, isShown: known.id === 'name' || hidden !== '-', width: null });
    if (width === undefined) continue;
    read.splice(0, read.length, ...resizeColumn(read, known.id, Number(width)));
  }
  const missing = DEFAULT_COLUMNS.filter(({ id }) => !read.some((column) => column.id === id));
  return [...read, ...missing];
}
