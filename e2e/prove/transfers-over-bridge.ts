import type { Page } from '@playwright/test';
import type { FilesApi } from '#app/contract/files-contract.ts';
import type { TransferSnapshot, TransferState } from '#app/transfers/transfer.ts';
import { isFinished, TRANSFER_TRANSITIONS } from '#app/transfers/transfer-states.ts';
import { locationOf } from '../harness/location-of.ts';

// The keys of a record of states are states.
const STATES = Object.keys(TRANSFER_TRANSITIONS) as TransferState[];

/** Asks main, as the window itself does, for the whole queue. */
export async function listTransfers(page: Page): Promise<TransferSnapshot> {
  const result = await page.evaluate(
    (shown) => {
      // The bridge, as the preload script puts it there.
      const { files } = window as unknown as { readonly files: FilesApi };
      return files.listTransfers(shown);
    },
    await locationOf(page),
  );
  if (!result.ok) throw new Error(`The queue cannot be listed: ${result.error.code}`);
  return result.value;
}

/** Tells main, as the window itself does, to let nothing new begin, to go on, or to forget what is finished. */
export async function commandTransfers(
  page: Page,
  command: 'pauseTransfers' | 'resumeTransfers' | 'clearFinishedTransfers',
): Promise<void> {
  await page.evaluate(
    ([shown, name]) => {
      const { files } = window as unknown as { readonly files: FilesApi };
      return files[name](shown);
    },
    [await locationOf(page), command] as const,
  );
}

/** Settles when so many transfers are listed and all of them are finished, as the window is told. */
export async function whenAllFinished(page: Page, count: number): Promise<void> {
  const finished: readonly TransferState[] = STATES.filter(isFinished);
  await page.evaluate(
    ({ finishedStates, wantedCount }) => {
      const { files } = window as unknown as { readonly files: FilesApi };
      const open = new Set<string>();
      const all = new Set<string>();
      return new Promise<void>((resolve) => {
        const note = (transfers: TransferSnapshot['transfers']) => {
          for (const { id, state } of transfers) {
            all.add(id);
            if (finishedStates.includes(state)) open.delete(id);
            else open.add(id);
          }
          if (all.size < wantedCount || open.size > 0) return;
          stop();
          resolve();
        };
        const stop = files.onTransfersChanged(({ update }) => note(update.changed));
      });
    },
    { finishedStates: finished, wantedCount: count },
  );
}

/** Whether nothing more happens in a queue without a person. */
export function isAtRest({ transfers, status }: TransferSnapshot): boolean {
  return transfers.every(
    ({ state }) => isFinished(state) || state === 'asking' || (state === 'queued' && status.isPaused),
  );
}
