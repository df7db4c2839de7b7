import type { FilePage, RowKey } from '#app/files/file-query.ts';

/** How much of something is selected: nothing, a part, or all of it. */
export type SelectionMark = 'none' | 'some' | 'all';

/** Looks up how much of each row of a page is selected. */
export interface SelectionMarks {
  readonly of: (key: RowKey) => SelectionMark;
  /** Of all rows of the page together. */
  readonly page: SelectionMark;
}

/** Makes the marks of a page's rows. */
export function toSelectionMarks({ rows, selection }: Pick<FilePage, 'rows' | 'selection'>): SelectionMarks {
  const selected = new Set(selection.selectedKeys);
  const partly = new Set(selection.partlySelectedKeys);
  return {
    of: (key) => (selected.has(key) ? 'all' : partly.has(key) ? 'some' : 'none'),
    page:
      selected.size + partly.size === 0
        ? 'none'
        : rows.length > 0 && selected.size === rows.length
          ? 'all'
          : 'some',
  };
}
