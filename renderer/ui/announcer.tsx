import { useSyncExternalStore } from 'react';

/** How long an announcement stands, in milliseconds: long enough to be noticed, too short to be found later by reading. */
const STANDS_MS = 2000;

let current = '';
let timer: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

/** Says something to screen readers only, politely: for changes that everybody else sees anyway. */
export function announce(text: string): void {
  // The same words twice in a row are a change too: a trailing no-break space makes them one, unheard.
  show(text === current ? `${text}\u00A0` : text);
  clearTimeout(timer);
  timer = setTimeout(() => show(''), STANDS_MS);
}

function show(text: string): void {
  current = text;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The place that screen readers listen to; once a window. Not a status: those are the visible messages. */
export function Announcer() {
  const text = useSyncExternalStore(subscribe, () => current);
  return (
    // The attribute keeps it heard while a popover hides the rest of the window from screen readers (react-aria).
    <div className="visually-hidden" aria-live="polite" data-live-announcer="true">
      {text}
    </div>
  );
}
