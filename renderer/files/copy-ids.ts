import { texts } from '../texts/texts.ts';
import { messages } from '../ui/message-store.ts';
import { showError } from '../ui/show-error.ts';

/** Puts ids on the clipboard, one a line, and says so. */
export async function copyIds(ids: readonly string[]): Promise<void> {
  const result = await window.files.copyIds({ ids });
  if (!result.ok) {
    showError(result.error, 'other');
    return;
  }
  messages.show({
    id: 'copied',
    tone: 'status',
    title: texts.files.details.copied(ids.length),
    isBrief: true,
  });
}
