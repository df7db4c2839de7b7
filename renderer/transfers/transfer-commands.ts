import type { TextEncoding } from '#app/files/text-encoding.ts';
import { MAX_IDS_PER_COMMAND } from '#app/limits.ts';
import type { Result } from '#app/result.ts';
import type { TransferAnswer } from '#app/transfers/transfer.ts';
import { inLocation } from '../location-in-view.ts';
import { showError } from '../ui/show-error.ts';

/** Stops transfers that have not ended, and leaves those alone whose outcome is unknown. */
export async function cancelTransfers(ids: readonly string[]): Promise<void> {
  await inParts(ids, (part) => window.files.cancelTransfers({ ...inLocation(), ids: part }));
}

/** Queues transfers that ended without success again. */
export async function retryTransfers(ids: readonly string[]): Promise<void> {
  await inParts(ids, (part) => window.files.retryTransfers({ ...inLocation(), ids: part }));
}

/** Looks again for uploads of which it is not known whether they are on the server. */
export async function checkTransfers(ids: readonly string[]): Promise<void> {
  await inParts(ids, (part) => window.files.checkTransfers({ ...inLocation(), ids: part }));
}

/** Gives one answer to the questions of transfers. */
export async function answerTransfers(ids: readonly string[], answer: TransferAnswer): Promise<void> {
  await inParts(ids, (part) => window.files.answerTransfers({ ...inLocation(), ids: part, answer }));
}

/** Queues uploads again that the app has refused for their content; OpenRouter decides. */
export async function sendTransfersAnyway(ids: readonly string[]): Promise<void> {
  await inParts(ids, (part) => window.files.sendTransfersAnyway({ ...inLocation(), ids: part }));
}

/** Queues uploads again whose texts are not UTF-8, as UTF-8 copies of what is taken for an encoding. */
export async function uploadUtf8Copies(ids: readonly string[], encoding: TextEncoding): Promise<void> {
  await inParts(ids, (part) => window.files.uploadUtf8Copies({ ...inLocation(), ids: part, encoding }));
}

/** Queues uploads again that were refused for their names, under the suggested ones. */
export async function applySuggestedNames(ids: readonly string[]): Promise<void> {
  await inParts(ids, (part) => window.files.applySuggestedNames({ ...inLocation(), ids: part }));
}

/** Begins nothing new until it is resumed. */
export async function pauseTransfers(): Promise<void> {
  report(await window.files.pauseTransfers(inLocation()));
}

/** Goes on after a pause or a hold. */
export async function resumeTransfers(): Promise<void> {
  report(await window.files.resumeTransfers(inLocation()));
}

/** Sets how many large transfers run at once. */
export async function setConcurrency(concurrency: number): Promise<void> {
  report(await window.files.setTransferConcurrency({ ...inLocation(), concurrency }));
}

/** Says that the notice of lost records was read. */
export async function dismissLostRecords(): Promise<void> {
  report(await window.files.dismissLostRecords(inLocation()));
}

/** Takes the transfers that have ended off the list, but for uploads whose outcome is unknown; what they transferred stays. */
export async function clearFinished(): Promise<void> {
  report(await window.files.clearFinishedTransfers(inLocation()));
}

/** Shows in the system's file manager where a transfer's file is on this computer. */
export async function showInFolder(id: string): Promise<void> {
  report(await window.files.showTransferInFolder({ ...inLocation(), id }));
}

/** A dropped folder may hold more files than one command may name. Stops at the first part that fails. */
async function inParts(
  ids: readonly string[],
  send: (part: readonly string[]) => Promise<Result<unknown>>,
): Promise<void> {
  for (let start = 0; start < ids.length; start += MAX_IDS_PER_COMMAND) {
    const result = await send(ids.slice(start, start + MAX_IDS_PER_COMMAND));
    report(result);
    if (!result.ok) return;
  }
}

function report(result: Result<unknown>): void {
  if (!result.ok) showError(result.error, 'other');
}
