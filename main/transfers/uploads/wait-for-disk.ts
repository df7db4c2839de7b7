import { AppFailure } from '#app/errors.ts';
import { unlessAborted } from '../../unless-aborted.ts';
import type { AttemptReport } from '../attempt.ts';

/** From then on a disk that does not answer is told of, in milliseconds. */
const DISK_PATIENCE_MS = 5000;

/** Waits for work on a disk that may never answer: that is told of, and an abort does not wait for it. Throws `cancelled`. */
export async function waitForDisk<Result>(
  work: Promise<Result>,
  report: Pick<AttemptReport, 'diskWait'>,
  signal: AbortSignal,
): Promise<Result> {
  let isSlow = false;
  const timer = setTimeout(() => {
    isSlow = true;
    report.diskWait(true);
  }, DISK_PATIENCE_MS);
  try {
    return await unlessAborted(work, signal, () => new AppFailure({ code: 'cancelled' }));
  } finally {
    clearTimeout(timer);
    if (isSlow) report.diskWait(false);
  }
}
