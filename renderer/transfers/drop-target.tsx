import { CloudUpload } from 'lucide-react';
import { useEffect, useState } from 'react';
import { isDraggingOut } from '../files/drag-out.ts';
import { texts } from '../texts/texts.ts';
import { messages } from '../ui/message-store.ts';
import { isDialogOpen } from '../ui/open-dialog.ts';
import { isTextField } from '../ui/text-field.ts';
import { uploadFiles } from './uploads.ts';
import './drop-target.css';

/**
 * The whole window takes files: dropped, with a visible target, and pasted. Text, links and pictures of pages it
 * refuses, and everything while a dialog is open.
 */
export function DropTarget({ location }: { readonly location: string }) {
  const isDragging = useFileDrop();
  useFilePaste();
  if (!isDragging) return null;
  return (
    <section className="drop-target" aria-label={texts.transfers.dropLabel}>
      <div className="drop-target-words">
        <CloudUpload size={40} strokeWidth={1.5} aria-hidden="true" />
        <p className="drop-target-title">{texts.transfers.dropLabel}</p>
        <p>{texts.transfers.dropDetail(location)}</p>
        <p className="drop-target-notice">{texts.transfers.dropNotice}</p>
      </div>
    </section>
  );
}

/** Longer than a drag that goes on is silent for (50 ms by the standard, 350 ms where Chromium says nothing new). */
const DRAG_SILENCE_MS = 1000;

/** Handles drags over the window; true while files are held over it. */
function useFileDrop(): boolean {
  const [isDragging, setIsDragging] = useState(false);
  useEffect(() => {
    let lastOverAt = Number.NEGATIVE_INFINITY;
    const onOver = (event: DragEvent) => {
      lastOverAt = event.timeStamp;
      // Without this the window would open what is dropped on it.
      event.preventDefault();
      const hasFiles = holdsFiles(event.dataTransfer);
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = hasFiles ? 'copy' : 'none';
      setIsDragging(hasFiles);
    };
    const onLeave = (event: DragEvent) => {
      // Every element tells when it is left; only the window itself is left for nothing.
      if (event.relatedTarget === null) setIsDragging(false);
    };
    const onDrop = (event: DragEvent) => {
      event.preventDefault();
      setIsDragging(false);
      if (!holdsFiles(event.dataTransfer)) return;
      void uploadFiles(Array.from(event.dataTransfer?.files ?? []));
    };
    // While something is dragged no page hears of the pointer or the keys: not every drag ends with a word. A drag tells
    // of itself several times a second, and what is dropped when the target has just gone would be lost.
    const onSignOfEnd = (event: Event) => {
      if (event.timeStamp - lastOverAt > DRAG_SILENCE_MS) setIsDragging(false);
    };
    window.addEventListener('pointermove', onSignOfEnd);
    window.addEventListener('keydown', onSignOfEnd);
    window.addEventListener('dragenter', onOver);
    window.addEventListener('dragover', onOver);
    window.addEventListener('dragleave', onLeave);
    window.addEventListener('drop', onDrop);
    return () => {
      window.removeEventListener('pointermove', onSignOfEnd);
      window.removeEventListener('keydown', onSignOfEnd);
      window.removeEventListener('dragenter', onOver);
      window.removeEventListener('dragover', onOver);
      window.removeEventListener('dragleave', onLeave);
      window.removeEventListener('drop', onDrop);
    };
  }, []);
  return isDragging;
}

function useFilePaste(): void {
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      const files = Array.from(event.clipboardData?.files ?? []);
      // What is copied from a spreadsheet is text with a picture of itself.
      const hasText = event.clipboardData?.types.includes('text/plain') ?? false;
      if (isTextField(event.target) && (hasText || files.length === 0)) return;
      event.preventDefault();
      if (isDialogOpen()) return;
      if (files.length > 0) {
        void uploadFiles(files);
        return;
      }
      messages.show({
        id: 'nothing-to-paste',
        tone: 'status',
        title: texts.transfers.noFilesToPaste,
        details: [texts.transfers.noFilesToPasteDetail],
        isBrief: true,
      });
    };
    window.addEventListener('paste', onPaste);
    return () => window.removeEventListener('paste', onPaste);
  }, []);
}

/** Whether files are held that are to be uploaded: those that are dragged out of this window are on the server already. */
function holdsFiles(data: DataTransfer | null): boolean {
  return !isDraggingOut() && !isDialogOpen() && (data?.types.includes('Files') ?? false);
}
