import type { Page } from '@playwright/test';

/** Makes the page object of the details of the selection. */
export function createDetails(page: Page) {
  const panel = page.getByRole('complementary', { name: 'Details' });
  return {
    panel,
    close: panel.getByRole('button', { name: 'Close details' }),
    copyId: panel.getByRole('button', { name: 'Copy ID', exact: true }),
    copyIds: panel.getByRole('button', { name: 'Copy IDs', exact: true }),
    copyAs: panel.getByRole('button', { name: 'Copy as…', exact: true }),
    save: panel.getByRole('button', { name: 'Save…', exact: true }),
    replace: panel.getByRole('button', { name: 'Replace…', exact: true }),
    delete: panel.getByRole('button', { name: 'Delete…', exact: true }),
    showLocal: panel.getByRole('button', { name: 'Show on this computer' }),
    copySha256: panel.getByRole('button', { name: 'Copy SHA-256' }),
    /** A line of the open menu "Copy as…". */
    copyLine: (name: string) => page.getByRole('menuitem', { name, exact: true }),
    /** What stands beside a label, such as "Size". */
    value: (label: string) =>
      panel
        .getByRole('term')
        .filter({ hasText: new RegExp(`^${label}$`) })
        .locator('xpath=following-sibling::dd[1]'),
  };
}
