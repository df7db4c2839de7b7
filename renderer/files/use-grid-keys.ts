import type { KeyboardEvent } from 'react';
import type { RemoteFile } from '#app/files/remote-file.ts';
import type { FileGridActions } from './file-grid.tsx';
import { moveFocus } from './grid-keys.ts';
import type { GridFocus } from './use-grid-focus.ts';

interface GridKeysInput {
  readonly rows: readonly RemoteFile[];
  readonly focus: GridFocus;
  readonly actions: FileGridActions;
}

/** Gives the keyboard of the grid: movement, selection, details and deletion, on the active row. */
export function useGridKeys({ rows, focus, actions }: GridKeysInput): (event: KeyboardEvent) => void {
  return (event) => {
    // The header's checkbox has keys of its own.
    if (event.target instanceof Element && event.target.closest('.file-grid-header') !== null) return;
    const file = rows[focus.activeIndex];
    if (file === undefined || event.altKey) return;
    const target = moveFocus(event.key, focus.activeIndex, rows.length, focus.rowsInView());
    if (target !== null) {
      focus.moveTo(target);
      const targetFile = rows[target];
      if (event.shiftKey && targetFile !== undefined) actions.extend(file, targetFile);
    } else if (!actOnKey(event, file, actions)) {
      return;
    }
    event.preventDefault();
  };
}

/** Carries out the key that is no movement; false when it is none of the grid's. */
function actOnKey(event: KeyboardEvent, file: RemoteFile, actions: FileGridActions): boolean {
  const isCommand = event.ctrlKey || event.metaKey;
  switch (event.key) {
    case ' ':
      actions.clickRow(file, { isRange: event.shiftKey, isToggle: true });
      return true;
    case 'Enter':
      actions.open(file);
      return true;
    case 'Delete':
      actions.askToDelete(file);
      return true;
    // The key that a Mac's keyboard has in its place.
    case 'Backspace':
      if (!event.metaKey) return false;
      actions.askToDelete(file);
      return true;
    case 'Escape':
      actions.clearSelection();
      return true;
    // With Caps Lock on, the letter comes as a capital.
    case 'A':
    case 'a':
      if (!isCommand || event.shiftKey) return false;
      actions.selectPage();
      return true;
    default:
      return false;
  }
}
