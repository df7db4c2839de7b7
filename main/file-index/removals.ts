/** Remembers which files were taken out after which moment: a page that was asked for before may still tell of them. */
export interface Removals {
  /** Names this moment. */
  now(): number;
  note(id: string): void;
  hasSince(moment: number, id: string): boolean;
}

/** Makes it. What a person can delete in one run of the app is few enough to be remembered whole. */
export function createRemovals(): Removals {
  const momentById = new Map<string, number>();
  let moment = 0;
  return {
    now: () => moment,
    note: (id) => {
      moment += 1;
      momentById.set(id, moment);
    },
    hasSince: (since, id) => (momentById.get(id) ?? 0) > since,
  };
}
