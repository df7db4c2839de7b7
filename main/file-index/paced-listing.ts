import { AppFailure } from '#app/errors.ts';
import type { Pacer } from '../engine/pacer.ts';
import type { ListFiles } from './walk-listing.ts';

/**
 * Reads the listing at the account's pace. The first page of a reading is asked for whatever holds the account up, as
 * somebody waits for it and may have asked for just that; what it is told holds for all others.
 */
export function createPacedListing(listFiles: ListFiles, pacer: Pacer): ListFiles {
  return async (from, signal) => {
    if (from !== null) await pacer.whenFree('listing', signal);
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
