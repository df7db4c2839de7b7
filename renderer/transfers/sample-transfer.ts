import type { Transfer, TransferQueueStatus } from '#app/transfers/transfer.ts';

/** The time of the samples, in milliseconds since the epoch. */
export const SAMPLE_NOW = 1_700_000_000_000;

/** Makes a transfer for a test: an upload of 100 bytes that waits, but for what is given. */
export function createSampleTransfer(given: Partial<Transfer> = {}): Transfer {
  return {
    id: 'a',
    direction: 'upload',
    name: `${given.id ?? 'a'}.txt`,
    sizeBytes: 100,
    state: 'queued',
    stateSince: SAMPLE_NOW,
    transferredBytes: 0,
    progressedAt: null,
    error: null,
    retryAt: null,
    attempts: 1,
    question: null,
    confirmedBy: null,
    fileId: null,
    startedAt: null,
    ...given,
  };
}

/** A queue for a test that is at work since {@link SAMPLE_NOW}. */
export const SAMPLE_STATUS: TransferQueueStatus = {
  isPaused: false,
  holds: [],
  concurrency: 3,
  bytesPerSecond: 0,
  busySince: SAMPLE_NOW,
  hasLostRecords: false,
};
