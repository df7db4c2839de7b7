import type { Page } from '@playwright/test';
import { createDetails } from './details.ts';
import { createFileTable } from './file-table.ts';
import { createFilters } from './filters.ts';
import { createPath } from './path.ts';
import { createTableOptions } from './table-options.ts';
import { createTransfers } from './transfers.ts';
import { createUsage } from './usage.ts';

/** The main window, by the names that people and assistive technology find its parts by. */
export type FilesWindow = ReturnType<typeof createFilesWindow>;

/** Makes the page object of the main window. */
export function createFilesWindow(page: Page) {
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const dialog = page.getByRole('alertdialog');
  return {
    page,
    upload: button('Upload'),
    save: button('Save'),
    delete: button('Delete'),
    refresh: button('Refresh'),
    search: page.getByRole('searchbox', { name: 'Search files' }),
    table: createFileTable(page),
    path: createPath(page),
    options: createTableOptions(page),
    details: createDetails(page),
    filters: createFilters(page),
    usage: createUsage(page),
    transfers: createTransfers(page),
    dropTarget: page.getByRole('region', { name: 'Drop files to upload' }),
    /** The question before a deletion or a sign-out. */
    dialog,
    dialogCancel: dialog.getByRole('button', { name: 'Cancel' }),
    dialogDelete: dialog.getByRole('button', { name: 'Delete' }),
    /** Where the number of files has to be typed before many of them are deleted. */
    dialogCount: dialog.getByRole('textbox'),
    undo: button('Undo'),
    stop: button('Stop'),
    /** News, the errors excepted. */
    status: page.getByRole('status'),
    alert: page.getByRole('alert'),
    retry: button('Try again'),
    /** The list of keys. */
    shortcuts: page.getByRole('dialog', { name: 'Keyboard shortcuts' }),
    /** What screen readers are told of changes that everybody else sees. */
    announced: page.locator('[aria-live=polite]:not([role])'),
    /** What stands about the selection beside the pages. */
    selected: (text: string | RegExp) => page.getByRole('main').getByText(text),
    clearSelection: button('Clear selection'),
    selectMatching: page.getByRole('button', { name: /^Select all [\d,]+ that match$/ }),
    /** Signs out through the menu of the location and its question. */
    signOut: async () => {
      await page.getByRole('button', { name: /^Actions for / }).click();
      await page.getByRole('menuitem', { name: /^Sign out/ }).click();
      await dialog.getByRole('button', { name: 'Sign out' }).click();
    },
  };
}
