import { useEffect, useRef } from 'react';

/** The keys that work wherever the focus is, unless a dialog is open. */
export interface WindowKeys {
  readonly refresh: () => void;
  readonly search: () => void;
}

/** Listens for F5 and for Control or Command with F. */
export function useWindowKeys(keys: WindowKeys): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      // With Caps Lock on, the letter comes as a capital.
      const isSearch =
        event.key.toLowerCase() === 'f' &&
        (event.ctrlKey || event.metaKey) &&
        !event.shiftKey &&
        !event.altKey;
      if (event.key !== 'F5' && !isSearch) return;
      event.preventDefault();
      if (document.querySelector('[role="alertdialog"]') !== null) return;
      if (isSearch) latest.current.search();
      else latest.current.refresh();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}
