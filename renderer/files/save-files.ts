import type { RemoteFile } from '#app/files/remote-file.ts';
import { texts } from '../texts/texts.ts';
import { messages } from '../ui/message-store.ts';
import { showError } from '../ui/show-error.ts';
import { toVisibleName } from '../ui/split-name.ts';

/** Saves those of the files that OpenRouter gives back, where the person chooses, and says why it gives back no others. */
export async function saveFiles(files: readonly RemoteFile[]): Promise<void> {
  const saveable = files.filter((file) => file.isSaveable);
  if (saveable.length < files.length) explain(files, saveable.length);
  if (saveable.length === 0) return;
  const result = await window.files.saveFiles({ ids: saveable.map(({ id }) => id) });
  if (!result.ok) showError(result.error, 'save');
  else if (result.value > 0 && result.value < saveable.length) tellGone(saveable.length - result.value);
}

/** Main saves what it still knows: what it passed over was deleted since it was selected. */
function tellGone(count: number): void {
  messages.show({ id: 'save-gone', tone: 'status', title: texts.files.save.someGone(count), isBrief: false });
}

function explain(files: readonly RemoteFile[], saveableCount: number): void {
  const words = texts.files.save;
  const show = (title: string, details: readonly string[]) =>
    messages.show({ id: 'not-saveable', tone: 'status', title, details, isBrief: false });
  const [only] = files;
  if (saveableCount > 0) show(words.someLeftOut(files.length - saveableCount), []);
  else if (files.length === 1 && only)
    show(words.notSaveable(toVisibleName(only.name)), [words.notSaveableDetail]);
  else show(words.noneSaveable(files.length), [words.noneSaveableDetail]);
}
