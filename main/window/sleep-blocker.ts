/** What keeps the computer awake; Electron's `powerSaveBlocker` is one. */
export interface PowerSaveBlocker {
  start(type: 'prevent-app-suspension'): number;
  stop(id: number): unknown;
}

/** Keeps the computer from falling asleep while there is a reason. */
export interface SleepBlocker {
  /** Says whether transfers are under way; the screen may go dark all the same. */
  note(isTransferring: boolean): void;
}

/** Makes it; the computer may sleep until it is told otherwise. */
export function createSleepBlocker(blocker: PowerSaveBlocker): SleepBlocker {
  let id: number | null = null;
  return {
    note: (isTransferring) => {
      if (isTransferring && id === null) id = blocker.start('prevent-app-suspension');
      else if (!isTransferring && id !== null) {
        blocker.stop(id);
        id = null;
      }
    },
  };
}
