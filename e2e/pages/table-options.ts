import type { Page } from '@playwright/test';

/** Makes the page object of the choice of how the table looks. */
export function createTableOptions(page: Page) {
  const dialog = page.getByRole('dialog', { name: 'Table options' });
  return {
    button: page.getByRole('button', { name: 'Table options' }),
    dialog,
    column: (name: string) => dialog.getByRole('checkbox', { name, exact: true }),
    move: (name: string, side: 'left' | 'right') =>
      dialog.getByRole('button', { name: `Move ${name} ${side}`, exact: true }),
    reset: dialog.getByRole('button', { name: 'Reset columns' }),
    choice: (name: string | RegExp) => dialog.getByRole('radio', { name }),
  };
}
