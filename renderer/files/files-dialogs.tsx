import { useEffect, useRef } from 'react';
import { useLoaded } from '../ui/use-loaded.ts';
import type { FilesView } from './use-files-view.ts';

const loadShortcuts = async () => (await import('./keyboard/shortcuts-dialog.tsx')).ShortcutsDialog;

/** What may lie over the files in view. */
export interface FilesDialogsProps {
  readonly view: FilesView;
  readonly location: string;
  readonly hasShortcuts: boolean;
  readonly onCloseShortcuts: () => void;
  /** Puts the focus on the table; must keep its identity. */
  readonly focusTable: () => void;
}

/** Draws the question before a deletion, and the list of keys. */
export function FilesDialogs(props: FilesDialogsProps) {
  const { deletions } = props.view;
  const Shortcuts = useLoaded(loadShortcuts, props.hasShortcuts);
  const markConfirmed = useFocusAfterQuestion(deletions.question !== null, props.focusTable);
  return (
    <>
      {props.hasShortcuts && Shortcuts !== null ? <Shortcuts onClose={props.onCloseShortcuts} /> : null}
      {deletions.question === null ? null : (
        <deletions.question.Dialog
          draft={deletions.question.draft}
          folder={deletions.question.folder}
          location={props.location}
          onCancel={() => deletions.answer(false)}
          onConfirm={() => {
            markConfirmed();
            deletions.answer(true);
          }}
        />
      )}
    </>
  );
}

/**
 * Puts the focus on the table after a question: when it was confirmed, as the button that asked can no longer be pressed
 * then, and when what asked is gone. Gives what marks the question as confirmed.
 */
function useFocusAfterQuestion(isAsked: boolean, focusTable: () => void): () => void {
  const wasAsked = useRef(false);
  const isConfirmed = useRef(false);
  // Not before the dialog is gone: as long as it is there, nothing else can take the focus.
  useEffect(() => {
    const isOver = wasAsked.current && !isAsked;
    wasAsked.current = isAsked;
    if (!isOver) return;
    if (isConfirmed.current) {
      isConfirmed.current = false;
      focusTable();
      return;
    }
    // The dialog gives the focus back in the next frame, if what had it before is still there.
    const frame = requestAnimationFrame(() => {
      if (document.activeElement === document.body) focusTable();
    });
    return () => cancelAnimationFrame(frame);
  }, [isAsked, focusTable]);
  return () => {
    isConfirmed.current = true;
  };
}
