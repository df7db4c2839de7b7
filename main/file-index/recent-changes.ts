/** What this app has done to the files of a location, which a listing may not show yet. */
export interface RecentChanges {
  /** Notes a file that this app has stored, or knows to be there. */
  notePut(id: string): void;
  /** Notes a file that is known to be gone. */
  noteRemoved(id: string): void;
  /** Whether a file was noted as stored lately, and not as gone since. */
  isPut(id: string): boolean;
  /** Whether a file of which nothing is known may stay for now: as long as one that was stored when that is first asked. */
  mayStay(id: string): boolean;
  /** Whether a file was noted as gone lately, and not as stored since. */
  isRemoved(id: string): boolean;
  /** Names this moment. */
  mark(): number;
  /** Whether a file was noted as gone since a moment, however long ago, or lately. */
  isRemovedSince(mark: number, id: string): boolean;
}

/** How long what this app did counts for more than a listing: one may lag behind, but not for ever, in milliseconds. */
export const RECENT_MS = 5 * 60_000;

/** Makes it. What a person can store and delete in one run of the app is few enough to be remembered whole. */
export function createRecentChanges(now: () => number): RecentChanges {
  const putAt = new Map<string, number>();
  const removals = new Map<string, { readonly at: number; readonly mark: number }>();
  let mark = 0;
  const isRecent = (at: number | undefined) => at !== undefined && now() - at <= RECENT_MS;
  const isRemoved = (id: string) => removals.size > 0 && isRecent(removals.get(id)?.at);
  return {
    notePut: (id) => {
      removals.delete(id);
      putAt.set(id, now());
    },
    noteRemoved: (id) => {
      putAt.delete(id);
      mark += 1;
      removals.set(id, { at: now(), mark });
    },
    isPut: (id) => isRecent(putAt.get(id)),
    mayStay: (id) => {
      if (!putAt.has(id)) putAt.set(id, now());
      return isRecent(putAt.get(id));
    },
    isRemoved,
    mark: () => mark,
    isRemovedSince: (since, id) => isRemoved(id) || (removals.get(id)?.mark ?? 0) > since,
  };
}
