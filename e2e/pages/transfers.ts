import { expect, type Page } from '@playwright/test';

/** How a transfer's state reads. */
export type StateText =
  | 'Queued'
  | 'Preparing'
  | 'Question'
  | 'Sending'
  | 'Waiting for OpenRouter'
  | 'Receiving'
  | 'Verifying'
  | 'Done'
  | 'Failed'
  | 'Cancelled'
  | 'Skipped'
  | 'Interrupted'
  | 'Unknown';

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
    overallProgress: region.getByRole('progressbar', { name: 'All transfers' }),
    cancel: (name: string) => button(`Cancel ${name}`),
    retry: (name: string) => button(`Retry ${name}`),
    show: (name: string) => button(`Show ${name} in folder`),
    check: (name: string) => button(`Check again ${name}`),
    sendAgain: (name: string) => button(`Send again ${name}`),
    dismiss: (name: string) => button(`Dismiss ${name}`),
    uploadAnyway: (name: string) => button(`Upload ${name} anyway`),
    skip: (name: string) => button(`Skip ${name}`),
    sendAnyway: (name: string) => button(`Send ${name} anyway`),
    useSuggestedName: (name: string, suggestedName: string) => button(`Upload ${name} as ${suggestedName}`),
    utf8Copy: (name: string) => button(`Upload a UTF-8 copy of ${name}`),
    utf8Dialog: page.getByRole('dialog', { name: /^Upload a UTF-8 copy of / }),
    /** The list of files that a person may not mean to upload. */
    review: page.getByRole('dialog', { name: 'Upload these files too?' }),
    pause: button('Pause transfers'),
    resume: button('Resume transfers'),
    retryAllFailed: button('Retry all failed'),
    cancelAll: button('Cancel all'),
    clearFinished: button('Clear finished'),
    concurrency: region.getByLabel('Large files at once'),
    /** What concerns many transfers at once, such as a question or a hold, by its words. */
    notice: (words: string | RegExp) => region.getByRole('group', { name: words }),
    /** The line that stands for many transfers that are over. */
    folded: region.getByRole('button', { name: /^[\d,]+ (done|cancelled|skipped)/ }),
    /** Waits until a transfer is in a state. */
    expectState: (name: string, state: StateText, timeoutMs = 10_000) =>
      expect(item(name).getByText(state, { exact: true })).toBeVisible({ timeout: timeoutMs }),
  };
}
