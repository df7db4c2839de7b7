import type { Page } from '@playwright/test';

/** Makes the page object of what narrows the files in view. */
export function createFilters(page: Page) {
  const dialog = page.getByRole('dialog', { name: 'Filter', exact: true });
  const chips = page.getByRole('list', { name: 'Active filters' });
  return {
    /** The button that opens the choices; its name tells how many are active. */
    button: page.getByRole('button', { name: /^Filter(, |$)/ }),
    dialog,
    kind: (name: string) => dialog.getByRole('checkbox', { name, exact: true }),
    /** One of a group of choices, such as "Larger than 10 MiB". */
    choice: (name: string | RegExp) => dialog.getByRole('radio', { name }),
    field: (name: string) => dialog.getByLabel(name, { exact: true }),
    clearAll: dialog.getByRole('button', { name: 'Clear all' }),
    done: dialog.getByRole('button', { name: 'Done' }),
    chips,
    chip: (label: string | RegExp) =>
      chips.getByRole('button', {
        name: label instanceof RegExp ? label : `Remove filter ${label}`,
      }),
    clearChips: chips.getByRole('button', { name: 'Clear all' }),
  };
}
