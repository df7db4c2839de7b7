import type { RemoteFile } from '#app/files/remote-file.ts';
import { texts } from '../texts/texts.ts';
import { messages } from '../ui/message-store.ts';
import { toShortFileName } from '../ui/short-name.ts';
import { showError } from '../ui/show-error.ts';

/** Lets the person choose a file that takes the place of one on the server, and says when the old one goes. */
export async function replaceFile({ id, name }: RemoteFile): Promise<void> {
  const result = await window.files.replaceFile({ id });
  if (!result.ok) {
    showError(result.error, 'replace');
    return;
  }
  if (!result.value) return;
  const words = texts.details.replacing;
  messages.show({
    id: `replace:${id}`,
    tone: 'status',
    title: words.queued(toShortFileName(name)),
    details: [words.queuedDetail],
    isBrief: false,
  });
}
