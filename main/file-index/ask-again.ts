import { AppFailure } from '#app/errors.ts';
import { toBackOff } from '../engine/back-off.ts';
import type { Clock } from '../engine/clock.ts';
import { isTriedAgain, toAskedWait, toRetryPolicy } from '../engine/retry-policy.ts';
import type { ListFiles } from './walk-listing.ts';

/** How often a page that fails is asked for again. */
const MAX_TRIES_AGAIN = 3;
/** A server that asks for more than this has its message told: nobody waits for that unasked. */
export const MAX_PAGE_WAIT_MS = 60_000;

/**
 * Asks again for a page that fails for a reason that may pass, after as long as the server asks for or a back-off: one
 * of a hundred pages must not cost a whole reading. The first page's failure is told at once, as somebody waits for it.
 */
export function createPatientListing(listFiles: ListFiles, clock: Clock): ListFiles {
  return async (from, signal) => {
    for (let failures = 1; ; failures += 1) {
      try {
        return await listFiles(from, signal);
      } catch (cause) {
        const waitMs = from === null ? null : toWaitMs(cause, failures);
        if (waitMs === null) throw cause;
        await clock.sleep(waitMs, signal);
      }
    }
  };
}

/** How long to wait before another try; null where there is to be none. */
function toWaitMs(cause: unknown, failures: number): number | null {
  if (
    !(cause instanceof AppFailure) ||
    !isTriedAgain(toRetryPolicy(cause.error, 'listing')) ||
    failures > MAX_TRIES_AGAIN
  )
    return null;
  const asked = toAskedWait(cause.error);
  if (asked === null) return toBackOff(failures);
  return asked > MAX_PAGE_WAIT_MS ? null : asked;
}
