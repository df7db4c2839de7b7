import type { FileSort, FileSortColumn } from '#app/files/file-query.ts';

/** How a column is sorted when it is first chosen: what people look for stands at the top. */
const FIRST_DIRECTIONS: Readonly<Record<FileSortColumn, 'up' | 'down'>> = {
  name: 'up',
  kind: 'up',
  size: 'down',
  created: 'down',
  saveable: 'down',
};

const SORT_COLUMNS: readonly FileSortColumn[] = ['name', 'kind', 'size', 'created', 'saveable'];

/** The order of the table unless a person chose another: newest first. */
export const DEFAULT_SORT: FileSort = { by: 'created', isDescending: true };

/** The order that shows what takes the most room. */
export const LARGEST_FIRST: FileSort = { by: 'size', isDescending: true };

/** Gives the order after a column was chosen: the other way round when it was that column's already. */
export function toNextSort(sort: FileSort, by: FileSortColumn): FileSort {
  return { by, isDescending: sort.by === by ? !sort.isDescending : FIRST_DIRECTIONS[by] === 'down' };
}

/** Reads a remembered order; what is none counts as the default. */
export function parseSort(value: string | null): FileSort {
  const [column, direction] = (value ?? '').split(' ');
  const by = SORT_COLUMNS.find((known) => known === column);
  if (by === undefined || (direction !== 'up' && direction !== 'down')) return DEFAULT_SORT;
  return { by, isDescending: direction === 'down' };
}

/** Writes an order to be remembered. */
export function formatSort({ by, isDescending }: FileSort): string {
  return `${by} ${isDescending ? 'down' : 'up'}`;
}
