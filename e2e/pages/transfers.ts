import type { Page } from '@playwright/test';

/** Makes the page object of the transfers. */
export function createTransfers(page: Page) {
  const region = page.getByRole('region', { name: 'Transfers' });
  const button = (name: string) => region.getByRole('button', { name, exact: true });
  return {
    region,
    items: region.getByRole('listitem'),
    /** The entry of one file. */
    item: (name: string) => region.getByRole('listitem', { name, exact: true }),
    progress: (name: string) => region.getByRole('progressbar', { name, exact: true }),
    cancel: (name: string) => button(`Cancel ${name}`),
    retry: (name: string) => button(`Retry ${name}`),
    show: (name: string) => button(`Show ${name} in folder`),
    clearFinished: button('Clear finished'),
  };
}
