import type { FileSummary, FileTarget } from '#app/files/selection.ts';
import { inView } from '../location-in-view.ts';
import { texts } from '../texts/texts.ts';
import { messages } from '../ui/message-store.ts';
import { toShortFileName } from '../ui/short-name.ts';
import { showError } from '../ui/show-error.ts';

/** The files to save, as far as it must be known to say what is left out. */
type Saved = Pick<FileSummary, 'count' | 'saveableCount' | 'firstFiles'>;

/** Saves those of the files that OpenRouter gives back, where the person chooses, and says why it gives back no others. */
export async function saveFiles(target: FileTarget, summary: Saved): Promise<void> {
  const { count, saveableCount } = summary;
  if (saveableCount < count) explain(summary);
  if (saveableCount === 0) return;
  const result = await window.files.saveFiles({ ...inView(), target });
  if (!result.ok) showError(result.error, 'save');
  else if (result.value > 0 && result.value < saveableCount) tellGone(saveableCount - result.value);
}

/** Main saves what it still knows: what it passed over was deleted since it was selected. */
function tellGone(count: number): void {
  messages.show({ id: 'save-gone', tone: 'status', title: texts.files.save.someGone(count), isBrief: false });
}

function explain({ count, saveableCount, firstFiles }: Saved): void {
  const words = texts.files.save;
  const show = (title: string, details: readonly string[]) =>
    messages.show({ id: 'not-saveable', tone: 'status', title, details, isBrief: false });
  const [only] = firstFiles;
  if (saveableCount > 0) show(words.someLeftOut(count - saveableCount), []);
  else if (count === 1 && only)
    show(words.notSaveable(toShortFileName(only.name)), [words.notSaveableDetail]);
  else show(words.noneSaveable(count), [words.noneSaveableDetail]);
}
