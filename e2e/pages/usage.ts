import type { Page } from '@playwright/test';

/** Makes the page object of how much of the workspace is used. */
export function createUsage(page: Page) {
  const region = page.getByRole('region', { name: 'Storage' });
  return {
    region,
    meter: region.getByRole('meter', { name: 'Storage' }),
    kinds: region.getByRole('listitem'),
    showLargest: region.getByRole('button', { name: 'Show largest files' }),
  };
}
