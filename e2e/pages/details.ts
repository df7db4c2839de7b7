import type { Page } from '@playwright/test';

/** Makes the page object of the details of the selection. */
export function createDetails(page: Page) {
  const panel = page.getByRole('complementary', { name: 'Details' });
  return {
    panel,
    copyId: panel.getByRole('button', { name: 'Copy ID', exact: true }),
    /** What stands beside a label, such as "Size". */
    value: (label: string) =>
      panel
        .getByRole('term')
        .filter({ hasText: new RegExp(`^${label}$`) })
        .locator('xpath=following-sibling::dd[1]'),
  };
}
