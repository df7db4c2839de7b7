import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AppError } from '#app/errors.ts';
import type { FileIndexStatus } from '#app/files/file-index-status.ts';
import { createManualClock } from '../engine/manual-clock.ts';
import { createListingRecovery } from './recover-listing.ts';

const COMPLETE: FileIndexStatus = {
  phase: 'complete',
  isFromLastTime: false,
  knownFiles: 0,
  readFiles: 0,
  unreadableRows: 0,
  isFull: false,
  error: null,
  revision: 1,
  completedAt: 1,
};

/** An index whose next readings end as told, and a clock that is the test's. */
function setUp(first: AppError) {
  const clock = createManualClock();
  let error: AppError | null = first;
  let readings = 0;
  const recovery = createListingRecovery(
    {
      status: () => ({ ...COMPLETE, phase: error ? 'failed' : 'complete', error }),
      catchUp: async () => {
        readings += 1;
      },
    },
    clock,
  );
  return {
    clock,
    recovery,
    readings: () => readings,
    answer: (next: AppError | null) => {
      error = next;
    },
  };
}

// The middle of the jitter.
beforeEach(() => void vi.spyOn(Math, 'random').mockReturnValue(0.5));
afterEach(() => void vi.restoreAllMocks());

describe('a list that could not be read', () => {
  it.each<AppError>([
    { code: 'offline' },
    { code: 'untrustedCertificate' },
    { code: 'proxyRefused', status: 503 },
  ])('for $code is read again at growing intervals until the server answers', async (error) => {
    const { clock, recovery, readings, answer } = setUp(error);
    recovery.note();
    // The status changes with every try.
    recovery.note();
    await clock.pass(4999);
    expect(readings()).toBe(0);
    await clock.pass(95_000);
    expect(readings()).toBe(5);
    answer(null);
    await clock.pass(30_000);
    expect(readings()).toBe(6);
    await clock.pass(300_000);
    expect(readings()).toBe(6);
    answer(error);
    recovery.note();
    await clock.pass(5000);
    expect(readings()).toBe(7);
  });

  it('for what the server said is left to a person', async () => {
    const { clock, recovery, readings } = setUp({ code: 'unauthorized' });
    recovery.note();
    await clock.pass(300_000);
    expect(readings()).toBe(0);
  });

  it('is not read any more once its location is closed', async () => {
    const { clock, recovery, readings } = setUp({ code: 'offline' });
    recovery.note();
    recovery.close();
    recovery.note();
    await clock.pass(300_000);
    expect(readings()).toBe(0);
    expect(clock.sleeperCount()).toBe(0);
  });
});
