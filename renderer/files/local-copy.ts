import { inLocation } from '../location-in-view.ts';
import { texts } from '../texts/texts.ts';
import { messages } from '../ui/message-store.ts';
import { showError } from '../ui/show-error.ts';

/** Shows the file on this computer that has, or had, the content of one on the server. */
export async function showLocalCopy(id: string): Promise<void> {
  const result = await window.files.showLocalCopy({ ...inLocation(), id });
  if (!result.ok) showError(result.error, 'local');
}

/** Puts the SHA-256 of that file on the clipboard, and says so. */
export async function copySha256(id: string): Promise<void> {
  const result = await window.files.copySha256({ ...inLocation(), id });
  if (!result.ok) {
    showError(result.error, 'copy');
    return;
  }
  messages.show({
    id: 'copied',
    tone: 'status',
    title: texts.details.local.sha256Copied,
    isBrief: true,
  });
}
