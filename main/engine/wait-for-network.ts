import { AppFailure, isUnreachable } from '#app/errors.ts';
import { toBackOff } from './back-off.ts';
import type { Clock } from './clock.ts';

/** What waiting for the network needs. */
export interface NetworkWait {
  readonly clock: Clock;
  /** Asks the server something small; settles when it can be reached. */
  readonly probe: (signal: AbortSignal) => Promise<void>;
  /** How long before the first question, in milliseconds; further intervals grow as a back-off does. */
  readonly firstMs: number;
}

const MAX_INTERVAL_MS = 30_000;

/** Settles when the server can be reached again, which is asked at growing intervals. Rejects at an abort only. */
export async function waitForNetwork(
  { clock, probe, firstMs }: NetworkWait,
  signal: AbortSignal,
): Promise<void> {
  for (let failures = 1; ; failures += 1) {
    await clock.sleep(toBackOff(failures, { firstMs, maxMs: MAX_INTERVAL_MS }), signal);
    if (await isReachable(probe, signal)) return;
  }
}

/** Any answer shows that the way to the server is there again; what it says is for the next request to meet. */
async function isReachable(probe: NetworkWait['probe'], signal: AbortSignal): Promise<boolean> {
  try {
    await probe(signal);
    return true;
  } catch (cause) {
    if (!(cause instanceof AppFailure)) return false;
    const { error } = cause;
    return !isUnreachable(error) && error.code !== 'timedOut' && error.code !== 'connectionLost';
  }
}
