import type { Locator, Page } from '@playwright/test';

/** The table of files with its pager. */
export type FileTable = ReturnType<typeof createFileTable>;

/** Makes the page object of the table. */
export function createFileTable(page: Page) {
  const grid = page.getByRole('grid', { name: 'Files' });
  const pager = page.getByRole('navigation', { name: 'Pages' });
  /** The rows of files: the head has no row header. */
  const rows = grid.getByRole('row').filter({ has: page.getByRole('rowheader') });
  const row = (name: string): Locator =>
    rows.filter({ has: page.getByRole('rowheader', { name, exact: true }) });
  return {
    grid,
    rows,
    row,
    /** The name cells of all rows that are drawn. */
    names: grid.getByRole('rowheader'),
    /** The rows that are selected, as assistive technology sees it. */
    selected: grid.getByRole('row', { selected: true }),
    checkbox: (name: string) => grid.getByRole('checkbox', { name: `Select ${name}`, exact: true }),
    selectAll: grid.getByRole('checkbox', { name: 'Select all' }),
    header: (name: string) => grid.getByRole('columnheader', { name, exact: true }),
    /** The headers of all columns in order, the checkboxes' excepted. */
    columns: grid.locator('[role=columnheader]:has(button)'),
    /** Sorts by a column, and again in the other order. */
    sortBy: (name: string) => grid.getByRole('button', { name, exact: true }).click(),
    /** A folder's row, by the folder's whole path. */
    folder: (path: string) => row(`Folder ${path}`),
    folderCheckbox: (path: string) =>
      grid.getByRole('checkbox', { name: `Select folder ${path}`, exact: true }),
    /** Takes the selection of a whole page further, to all files that match. */
    selectMatching: page.getByRole('button', { name: /^Select (all|the) .* match/ }),
    pager,
    firstPage: pager.getByRole('button', { name: 'First page' }),
    previousPage: pager.getByRole('button', { name: 'Previous page' }),
    nextPage: pager.getByRole('button', { name: 'Next page' }),
    lastPage: pager.getByRole('button', { name: 'Last page' }),
    rowsPerPage: pager.getByLabel('Rows per page'),
  };
}
