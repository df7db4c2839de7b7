import { AppFailure, isUnreachable } from '#app/errors.ts';
import type { Clock } from '../engine/clock.ts';
import type { FileIndex } from '../file-index/file-index.ts';
import { waitForNetwork } from '../openrouter/wait-for-network.ts';

/** Longer than a person takes who presses the button in the message, in milliseconds. */
const FIRST_INTERVAL_MS = 5000;

/** Reads a listing again that failed because the server could not be reached. */
export interface ListingRecovery {
  /** To be called when the status of the index has changed. */
  note(): void;
  close(): void;
}

/** Makes it. The message of the failure stays until the server has answered. */
export function createListingRecovery(
  index: Pick<FileIndex, 'status' | 'catchUp'>,
  clock: Clock,
): ListingRecovery {
  const closing = new AbortController();
  let isWaiting = false;
  const probe = async () => {
    await index.catchUp();
    const { error } = index.status();
    if (error !== null) throw new AppFailure(error);
  };
  const recover = async () => {
    isWaiting = true;
    // Only a close ends it otherwise.
    await waitForNetwork({ clock, probe, firstMs: FIRST_INTERVAL_MS }, closing.signal).catch(() => undefined);
    isWaiting = false;
  };
  return {
    note: () => {
      const { error } = index.status();
      if (error !== null && isUnreachable(error) && !isWaiting && !closing.signal.aborted) void recover();
    },
    close: () => closing.abort(),
  };
}
