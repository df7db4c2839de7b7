import { type KeyboardEvent, useRef } from 'react';
import { type RowKey, type TableRow, toRowKey } from '#app/files/file-query.ts';
import { toShownName } from '../ui/shown-name.ts';
import type { FileGridActions } from './file-grid.tsx';
import type { AnsweredPage } from './file-queries.ts';
import { toFolderName, toNameInFolder } from './folders/folder-path.ts';
import { moveFocus } from './grid-keys.ts';
import { findTyped, type Typed, typeLetter } from './keyboard/type-ahead.ts';
import type { GridFocus } from './use-grid-focus.ts';
import type { SelectionActions } from './use-selection.ts';

interface GridKeysInput {
  readonly answer: AnsweredPage;
  readonly focus: GridFocus;
  readonly selection: SelectionActions;
  readonly actions: FileGridActions;
}

/** Gives the keyboard of the grid's rows: movement, selection, opening and deletion, on the active row. */
export function useGridKeys(input: GridKeysInput): (event: KeyboardEvent) => void {
  const { answer, focus, selection } = input;
  const typed = useRef<Typed | null>(null);
  return (event) => {
    if (event.target instanceof Element && event.target.closest('.file-grid-header') !== null) {
      // The header has keys of its own, but for this one.
      if (event.key === 'Escape') selection.clear();
      return;
    }
    const { rows } = answer.page;
    const row = rows[focus.activeIndex];
    // Keys with Alt are the window's.
    if (row === undefined || event.altKey) return;
    const target = moveFocus(event.key, focus.activeIndex, rows.length, focus.rowsInView());
    if (target !== null) {
      focus.moveTo(target);
      const targetRow = rows[target];
      if (event.shiftKey && targetRow !== undefined) selection.extend(toRowKey(row), toRowKey(targetRow));
    } else if (isLetter(event)) {
      typed.current = typeLetter(typed.current, event.key, event.timeStamp);
      const found = findTyped(toShownNames(answer), focus.activeIndex, typed.current.text);
      if (found !== null) focus.moveTo(found);
    } else if (!actOnKey(event, toRowKey(row), input)) {
      return;
    }
    event.preventDefault();
  };
}

/** Carries out the key that is no movement; false when it is none of the grid's. */
function actOnKey(event: KeyboardEvent, key: RowKey, { selection, actions }: GridKeysInput): boolean {
  const isCommand = event.ctrlKey || event.metaKey;
  switch (event.key) {
    case ' ':
      selection.clickRow(key, { isRange: event.shiftKey, isToggle: true });
      return true;
    case 'Enter':
      actions.open(key);
      return true;
    case 'Delete':
      actions.deleteFrom(key);
      return true;
    case 'Backspace':
      // With Command it is what a Mac's keyboard has for Delete.
      if (event.metaKey) actions.deleteFrom(key);
      else actions.leaveFolder();
      return true;
    case 'Escape':
      selection.clear();
      return true;
    // With Caps Lock on, the letter comes as a capital.
    case 'A':
    case 'a':
      if (!isCommand || event.shiftKey) return false;
      selection.selectMore();
      return true;
    default:
      return false;
  }
}

/** Whether a key is a letter that was typed to find a name; the question mark opens the list of keys. */
function isLetter({ key, ctrlKey, metaKey }: KeyboardEvent): boolean {
  return Array.from(key).length === 1 && key !== ' ' && key !== '?' && !ctrlKey && !metaKey;
}

function toShownNames({ query, page }: AnsweredPage): readonly string[] {
  return page.rows.map((row: TableRow) =>
    row.kind === 'file' ? toShownName(toNameInFolder(row.file.name, query.folder)) : toFolderName(row.path),
  );
}
