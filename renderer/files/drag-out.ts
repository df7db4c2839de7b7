import type { DraggedFiles } from '#app/files/file-details.ts';
import type { FileTarget } from '#app/files/selection.ts';
import { inView } from '../location-in-view.ts';
import { texts } from '../texts/texts.ts';
import { messages } from '../ui/message-store.ts';
import { showError } from '../ui/show-error.ts';
import { saveFiles } from './save-files.ts';

let isOwnDrag = false;

/**
 * Hands files over to the system's drag, as a drag of them begins. Of those that are not on this computer as they are on
 * the server it says that they are left out, and offers to save what can be saved.
 */
export async function dragOut(target: FileTarget): Promise<void> {
  noteOwnDrag();
  const result = await window.files.dragFiles({ ...inView(), target });
  if (!result.ok) showError(result.error, 'local');
  else if (result.value.leftOutCount > 0) explain(result.value);
}

/** Whether the drag that is over the window has begun in it: what comes from here is not uploaded again. */
export function isDraggingOut(): boolean {
  return isOwnDrag;
}

/**
 * The page hears nothing of the end of a drag that the system took over. It is over when the pointer moves without a
 * button, and no longer this window's matter when it leaves it: what comes in from outside then may be other files.
 */
function noteOwnDrag(): void {
  isOwnDrag = true;
  const over = new AbortController();
  const end = () => {
    isOwnDrag = false;
    over.abort();
  };
  const { signal } = over;
  window.addEventListener(
    'pointermove',
    (event) => {
      if (event.buttons === 0) end();
    },
    { signal },
  );
  window.addEventListener(
    'dragleave',
    (event) => {
      // Every element tells when it is left; only the window itself is left for nothing.
      if (event.relatedTarget === null) end();
    },
    { signal },
  );
}

function explain({ count, leftOutCount, saveableIds }: DraggedFiles): void {
  const words = texts.details.drag;
  const id = 'drag-out';
  const saveableCount = saveableIds.length;
  const save = () => {
    messages.dismiss(id);
    void saveFiles(
      { kind: 'rows', keys: saveableIds },
      { count: saveableCount, saveableCount, firstFiles: [] },
    );
  };
  messages.show({
    id,
    tone: 'status',
    title: count === 0 ? words.nothing : words.leftOut(leftOutCount, count + leftOutCount),
    details: saveableCount > 0 ? [words.detail, words.canSave(saveableCount)] : [words.detail],
    ...(saveableCount > 0 ? { action: { label: words.save, onPress: save } } : {}),
    isBrief: true,
  });
}
