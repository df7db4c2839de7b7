import { useEffect, useRef } from 'react';
import { isDialogOpen } from '../ui/open-dialog.ts';
import { isTextField } from '../ui/text-field.ts';

/** The keys that work wherever the focus is, unless a dialog is open. */
export interface WindowKeys {
  readonly refresh: () => void;
  readonly search: () => void;
  readonly undo: () => void;
  readonly showShortcuts: () => void;
  readonly leaveFolder: () => void;
  readonly turnTo: (page: 'first' | 'previous' | 'next' | 'last') => void;
}

/** Listens for the keys of the window: F5, F1, ?, Control or Command with F or Z, and Alt with keys of movement. */
export function useWindowKeys(keys: WindowKeys): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const act = toAction(event, latest.current);
      if (act === null) return;
      event.preventDefault();
      if (!isDialogOpen()) act();
    };
    // Before anything in the page hears them: fields and buttons keep keys to themselves that they do nothing with.
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true });
  }, []);
}

function toAction(event: KeyboardEvent, keys: WindowKeys): (() => void) | null {
  const { key, ctrlKey, metaKey, shiftKey, altKey } = event;
  if (ctrlKey || metaKey) return shiftKey || altKey ? null : toCommandAction(event, keys);
  if (key === 'F5') return keys.refresh;
  if (key === 'F1') return keys.showShortcuts;
  if (isTyping(event.target)) return null;
  if (key === '?') return keys.showShortcuts;
  return altKey && !shiftKey ? toAltAction(key, keys) : null;
}

function toCommandAction({ key, target }: KeyboardEvent, { search, undo }: WindowKeys): (() => void) | null {
  // With Caps Lock on, the letter comes as a capital.
  switch (key.toLowerCase()) {
    case 'f':
      return search;
    case 'z':
      return isTyping(target) ? null : undo;
    default:
      return null;
  }
}

function toAltAction(key: string, { leaveFolder, turnTo }: WindowKeys): (() => void) | null {
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowUp':
      return leaveFolder;
    case 'PageUp':
      return () => turnTo('previous');
    case 'PageDown':
      return () => turnTo('next');
    case 'Home':
      return () => turnTo('first');
    case 'End':
      return () => turnTo('last');
    default:
      return null;
  }
}

/** Whether a key belongs to a field: there letters are text, what was typed can be undone, and Alt with an arrow moves by words or opens a list. */
function isTyping(target: EventTarget | null): boolean {
  return isTextField(target) || target instanceof HTMLSelectElement;
}
