import type { RemoteFile } from '#app/files/remote-file.ts';
import { inLocation } from '../location-in-view.ts';
import { texts } from '../texts/texts.ts';
import { readTransfers } from '../transfers/use-transfers.ts';
import { whenTransferEnds } from '../transfers/when-transfer-ends.ts';
import { messages } from '../ui/message-store.ts';
import { toShortFileName } from '../ui/short-name.ts';
import { showError } from '../ui/show-error.ts';

/** Lets the person choose a file that takes the place of one on the server, and says when the old one goes. */
export async function replaceFile({ id, name }: RemoteFile): Promise<void> {
  const result = await window.files.replaceFile({ ...inLocation(), id });
  if (!result.ok) {
    showError(result.error, 'replace');
    return;
  }
  if (result.value === null) return;
  const words = texts.details.replacing;
  const messageId = `replace:${id}`;
  messages.show({
    id: messageId,
    tone: 'status',
    title: words.queued(toShortFileName(name)),
    details: [words.queuedDetail],
    isBrief: false,
  });
  // How it ended is told among the transfers.
  whenTransferEnds(readTransfers(), result.value.id, () => messages.dismiss(messageId));
}
