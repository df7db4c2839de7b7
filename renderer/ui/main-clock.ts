import type { FilesApi } from '#app/contract/files-contract.ts';

/** From the page's own count of milliseconds to main's clock; until main has told, what this computer's clock says. */
let offset = Date.now() - performance.now();

/**
 * Gives the time on main's clock, in milliseconds since the epoch. What main says is due or since when something is so
 * is on that clock; this computer's own may be set to another time meanwhile.
 */
export function readMainClock(): number {
  return Math.round(performance.now() + offset);
}

/** Keeps the page's clock true to main's, from now on. */
export function followMainClock(api: Pick<FilesApi, 'readClock' | 'onClockChanged'>): void {
  const set = (now: number) => {
    offset = now - performance.now();
  };
  api.onClockChanged(set);
  void api.readClock().then((result) => {
    if (result.ok) set(result.value);
  });
}
