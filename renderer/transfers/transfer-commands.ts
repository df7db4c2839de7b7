import type { Result } from '#app/result.ts';
import { showError } from '../ui/show-error.ts';

/** Stops transfers that have not ended. */
export async function cancelTransfers(ids: readonly string[]): Promise<void> {
  report(await window.files.cancelTransfers({ ids }));
}

/** Queues transfers that ended without success again. */
export async function retryTransfers(ids: readonly string[]): Promise<void> {
  report(await window.files.retryTransfers({ ids }));
}

/** Takes the transfers that have ended off the list; what they transferred stays. */
export async function clearFinished(): Promise<void> {
  report(await window.files.clearFinishedTransfers());
}

/** Shows in the system's file manager where a transfer's file is on this computer. */
export async function showInFolder(id: string): Promise<void> {
  report(await window.files.showTransferInFolder({ id }));
}

function report(result: Result<unknown>): void {
  if (!result.ok) showError(result.error, 'other');
}
