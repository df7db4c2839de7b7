import { useSyncExternalStore } from 'react';

let current = '';
const listeners = new Set<() => void>();

/** Says something to screen readers only, politely: for changes that everybody else sees anyway. */
export function announce(text: string): void {
  // The same words twice in a row are a change too: a trailing no-break space makes them one, unheard.
  current = text === current ? `${text}\u00A0` : text;
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
    <div className="visually-hidden" aria-live="polite">
      {text}
    </div>
  );
}
