/** What tells when nobody can use it any more, as Electron's `Notification` does. */
interface Closable {
  once(event: 'close', listener: () => void): unknown;
}

/** Not every desktop tells that a notification was closed. */
const MAX_KEPT = 20;

/**
 * Keeps things from being collected while they are shown: a notification that nothing refers to is collected by and by,
 * and a click on it then does nothing.
 */
export function createKeeper(): (shown: Closable) => void {
  const kept = new Set<Closable>();
  return (shown) => {
    kept.add(shown);
    shown.once('close', () => kept.delete(shown));
    const [oldest] = kept;
    if (kept.size > MAX_KEPT && oldest) kept.delete(oldest);
  };
}
