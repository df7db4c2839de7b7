import type { SnippetFormat } from '#app/files/file-details.ts';
import type { FileTarget } from '#app/files/selection.ts';
import { inView } from '../location-in-view.ts';
import { texts } from '../texts/texts.ts';
import { messages } from '../ui/message-store.ts';
import { showError } from '../ui/show-error.ts';

/** Puts files on the clipboard in a form for programs, and says what is there now. */
export async function copyFiles(target: FileTarget, format: SnippetFormat): Promise<void> {
  const result = await window.files.copyFiles({ ...inView(), target, format });
  if (!result.ok) {
    showError(result.error, 'copy');
    return;
  }
  const words = texts.details.copy;
  messages.show({
    id: 'copied',
    tone: 'status',
    title: words.copied[format](result.value),
    details: [needsKey(format) ? words.keyFromEnvironment : words.withoutKey],
    isBrief: true,
  });
}

/** Ids and parts of messages are sent by the code that they are put into; the others are run as they are. */
function needsKey(format: SnippetFormat): boolean {
  return format !== 'ids' && format !== 'messagePart';
}
