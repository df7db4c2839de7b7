import { type AppError, AppFailure } from '#app/errors.ts';
import { endsByItself } from '#app/transfers/hold.ts';
import type { Clock } from '../engine/clock.ts';
import type { Pacer } from '../engine/pacer.ts';
import { MAX_PAGE_WAIT_MS } from './ask-again.ts';
import type { ListFiles } from './walk-listing.ts';

/**
 * Reads the listing at the account's pace. The first page of a reading is asked for whatever holds the account up, as
 * somebody waits for it and may have asked for just that; what it is told holds for all others. A further page waits a
 * while; where that would be long, or has no end that is known, the reading fails with what holds the account up.
 */
export function createPacedListing(
  listFiles: ListFiles,
  pacer: Pick<Pacer, 'holds' | 'whenFree' | 'noteFailure' | 'noteSuccess'>,
  clock: Pick<Clock, 'now'>,
): ListFiles {
  const findLongWait = (): AppError | null => {
    const hold = pacer.holds().find((one) => one.scope === 'all' && endsByItself(one));
    if (hold === undefined) return null;
    const { error, resumesAt } = hold;
    if (resumesAt === null) return error;
    const leftMs = resumesAt - clock.now();
    if (leftMs <= MAX_PAGE_WAIT_MS) return null;
    return 'retryAfterMs' in error ? { ...error, retryAfterMs: leftMs } : error;
  };
  return async (from, signal) => {
    if (from !== null) {
      const error = findLongWait();
      if (error !== null) throw new AppFailure(error);
      await pacer.whenFree('listing', signal);
    }
    try {
      const page = await listFiles(from, signal);
      pacer.noteSuccess();
      return page;
    } catch (cause) {
      if (cause instanceof AppFailure) pacer.noteFailure('listing', cause.error);
      throw cause;
    }
  };
}
