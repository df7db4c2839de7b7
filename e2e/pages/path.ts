import type { Page } from '@playwright/test';

/** Makes the page object of the way to the folder in view, and of the choice between folders and one list. */
export function createPath(page: Page) {
  const nav = page.getByRole('navigation', { name: 'Folders' });
  const listing = page.getByRole('group', { name: 'Listing' });
  return {
    nav,
    step: (name: string) => nav.getByRole('button', { name, exact: true }),
    current: nav.locator('[aria-current=page]'),
    up: nav.getByRole('button', { name: 'Up one folder' }),
    folders: listing.getByRole('radio', { name: 'Folders' }),
    flat: listing.getByRole('radio', { name: 'Flat list' }),
    /** Chooses folders, by the words, as the radio buttons themselves are not drawn. */
    showFolders: () => listing.getByText('Folders').click(),
    showFlat: () => listing.getByText('Flat list').click(),
  };
}
