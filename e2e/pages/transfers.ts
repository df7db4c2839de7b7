import { expect, type Page } from '@playwright/test';

/** How a transfer's state reads. */
export type StateText =
  | 'Queued'
  | 'Sending'
  | 'Waiting for OpenRouter'
  | 'Receiving'
  | 'Done'
  | 'Failed'
  | 'Cancelled'
  | 'Interrupted';

/** Makes the page object of the transfers; of a long list only the items in view exist. */
export function createTransfers(page: Page) {
  const region = page.getByRole('region', { name: 'Transfers' });
  const button = (name: string) => region.getByRole('button', { name, exact: true });
  const item = (name: string) => region.getByRole('listitem', { name, exact: true });
  return {
    region,
    items: region.getByRole('listitem'),
    /** The entry of one file. */
    item,
    progress: (name: string) => region.getByRole('progressbar', { name, exact: true }),
    cancel: (name: string) => button(`Cancel ${name}`),
    retry: (name: string) => button(`Retry ${name}`),
    show: (name: string) => button(`Show ${name} in folder`),
    clearFinished: button('Clear finished'),
    /** Waits until a transfer is in a state. */
    expectState: (name: string, state: StateText, timeoutMs = 10_000) =>
      expect(item(name).getByText(state, { exact: true })).toBeVisible({ timeout: timeoutMs }),
  };
}
