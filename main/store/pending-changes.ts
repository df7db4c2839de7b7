import type { Store, StoreChange } from './store.ts';

/** Changes of one owner that are written together, and are kept until they are. */
export interface PendingChanges {
  append(changes: readonly StoreChange[]): void;
  /**
   * Settles when all that was appended so far is on disk. Throws `journalUnwritable`; nothing is forgotten then, and the
   * next call tries again.
   */
  sync(): Promise<void>;
}

/** Makes them for a store. */
export function createPendingChanges(store: Pick<Store, 'commit'>): PendingChanges {
  let pending: StoreChange[] = [];
  let last: Promise<void> = Promise.resolve();

  const write = async () => {
    const changes = pending;
    if (changes.length === 0) return;
    pending = [];
    try {
      await store.commit(changes);
    } catch (cause) {
      pending = changes.concat(pending);
      throw cause;
    }
  };
  return {
    append: (changes) => {
      for (const change of changes) pending.push(change);
    },
    sync: () => {
      // One after the other: a change that failed must not come after a later one.
      last = last.then(write, write);
      return last;
    },
  };
}
