import { type AppError, isUnreachable } from '#app/errors.ts';
import type { Pacer } from '../engine/pacer.ts';

/** About a minute in all, of a server that fails. */
const OUTAGE_PATIENCE = 6;
/** To be asked for fewer requests is no failure: half an hour in all, or as long as the server wants. */
const RATE_LIMIT_PATIENCE = 30;

/** How many waits in a row the deletions of a location have seen with nothing achieved between them. */
export interface Patience {
  /** To be told of every file that is gone. */
  noteSuccess(): void;
  /** Begins anew, at a person's word. */
  renew(): void;
  /** To be asked of every failure: whether it is time to give up. `waitsBefore` is the pacer's count before the request. */
  isSpent(error: AppError, waitsBefore: number): boolean;
}

/** Makes it. */
export function createPatience(pacer: Pick<Pacer, 'waitCount'>): Patience {
  let countedWait = 0;
  let waitsInARow = 0;
  const renew = () => {
    waitsInARow = 0;
  };
  return {
    noteSuccess: renew,
    renew,
    isSpent: (error, waitsBefore) => {
      const wait = pacer.waitCount();
      // What several requests meet together counts once.
      if (wait === waitsBefore || wait === countedWait) return false;
      countedWait = wait;
      waitsInARow += 1;
      if (waitsInARow <= toPatience(error)) return false;
      renew();
      return true;
    },
  };
}

/** Gives how many waits in a row are waited out. */
export function toPatience(error: AppError): number {
  // Nothing is sent meanwhile, and a person can stop it: like transfers it goes on whenever the server can be reached.
  if (isUnreachable(error)) return Number.POSITIVE_INFINITY;
  return error.code === 'rateLimited' ? RATE_LIMIT_PATIENCE : OUTAGE_PATIENCE;
}
