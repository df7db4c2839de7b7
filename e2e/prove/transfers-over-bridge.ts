import type { Page } from '@playwright/test';
import type { FilesApi } from '#app/contract/files-contract.ts';
import type { TransferSnapshot } from '#app/transfers/transfer.ts';
import { isFinished } from '#app/transfers/transfer-states.ts';

/** Asks main, as the window itself does, for the whole queue. */
export async function listTransfers(page: Page): Promise<TransferSnapshot> {
  const result = await page.evaluate(() => {
    // The bridge, as the preload script puts it there.
    const { files } = window as unknown as { readonly files: FilesApi };
    return files.listTransfers();
  });
  if (!result.ok) throw new Error(`The queue cannot be listed: ${result.error.code}`);
  return result.value;
}

/** Tells main, as the window itself does, to let nothing new begin, to go on, or to forget what is finished. */
export async function commandTransfers(
  page: Page,
  command: 'pauseTransfers' | 'resumeTransfers' | 'clearFinishedTransfers',
): Promise<void> {
  await page.evaluate((name) => {
    const { files } = window as unknown as { readonly files: FilesApi };
    return files[name]();
  }, command);
}

/** Whether nothing more happens in a queue without a person. */
export function isAtRest({ transfers, status }: TransferSnapshot): boolean {
  return transfers.every(
    ({ state }) => isFinished(state) || state === 'asking' || (state === 'queued' && status.isPaused),
  );
}
