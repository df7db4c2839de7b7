import { type TableRow, toRowKey } from '#app/files/file-query.ts';
import type { FileSummary, FileTarget } from '#app/files/selection.ts';
import { texts } from '../texts/texts.ts';
import { messages } from '../ui/message-store.ts';
import { showError } from '../ui/show-error.ts';
import { saveFiles } from './save-files.ts';

let isOwnDrag = false;

/** The files of a selection, as far as a drag has to know them. */
type Dragged = Pick<FileSummary, 'count' | 'saveableCount' | 'firstFiles'>;

/**
 * Hands a row over to the system's drag, as a drag of it begins; all of the selection when it belongs to that, which
 * `selected` tells. Where nothing of it is on this computer as it is on the server, it says so and offers to save what
 * can be saved.
 */
export async function dragOut(row: TableRow, selected: FileSummary | null): Promise<void> {
  noteOwnDrag();
  const target: FileTarget =
    selected === null ? { kind: 'rows', keys: [toRowKey(row)] } : { kind: 'selection' };
  const result = await window.files.dragFiles(target);
  if (!result.ok) showError(result.error, 'local');
  else if (result.value === 0) explain(target, selected ?? toDragged(row));
}

/** What is in a folder's row is not told one by one, so nothing is offered for it. */
function toDragged(row: TableRow): Dragged {
  if (row.kind === 'folder') return { count: row.fileCount, saveableCount: 0, firstFiles: [] };
  return { count: 1, saveableCount: row.file.isSaveable ? 1 : 0, firstFiles: [row.file] };
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

function explain(target: FileTarget, dragged: Dragged): void {
  const words = texts.details.drag;
  const id = 'drag-out';
  const isSaveable = dragged.saveableCount > 0;
  const save = () => {
    messages.dismiss(id);
    void saveFiles(target, dragged);
  };
  messages.show({
    id,
    tone: 'status',
    title: words.nothing,
    details: isSaveable ? [words.nothingDetail, words.canSave] : [words.nothingDetail],
    ...(isSaveable ? { action: { label: words.save, onPress: save } } : {}),
    isBrief: true,
  });
}
