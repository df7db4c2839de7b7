import { describe, expect, it, vi } from 'vitest';
import { type AppError, AppFailure } from '#app/errors.ts';
import { createManualClock } from '../engine/manual-clock.ts';
import type { ListPage, ListPosition } from '../file-store/listing.ts';
import { createPatientListing } from './ask-again.ts';
import type { ListFiles } from './walk-listing.ts';

const never = new AbortController().signal;
const SECOND_PAGE: ListPosition = { by: 'cursor', cursor: 'x' };
const PAGE: ListPage = { files: [], unreadableRows: 0, unreadableBehind: 0, next: null, lastId: null };

/** A listing that fails with these errors, then answers. */
function setUp(errors: readonly AppError[]) {
  const clock = createManualClock();
  const left = [...errors];
  const asked = vi.fn<ListFiles>(async () => {
    const error = left.shift();
    if (error) throw new AppFailure(error);
    return PAGE;
  });
  return { clock, asked, listFiles: createPatientListing(asked, clock) };
}

describe('a page that fails', () => {
  it.each<[string, AppError]>([
    ['500', { code: 'serverFailed', serverMessage: '' }],
    ['502', { code: 'providerFailed', serverMessage: '' }],
    ['503', { code: 'unavailable', retryAfterMs: null }],
    ['429', { code: 'rateLimited', retryAfterMs: null }],
    ['520', { code: 'unexpectedAnswer', status: 520, detail: 'html' }],
    ['a time-out', { code: 'timedOut' }],
    ['a lost connection', { code: 'connectionLost' }],
    ['no network', { code: 'offline' }],
  ])('by %s is asked for again, after a longer time each, at most three times', async (_name, error) => {
    const { clock, asked, listFiles } = setUp([error, error, error, error]);
    const failure = expect(listFiles(SECOND_PAGE, never)).rejects.toMatchObject({ error });
    await clock.pass(500);
    expect(asked).toHaveBeenCalledTimes(1);
    await clock.pass(1000);
    expect(asked).toHaveBeenCalledTimes(2);
    await clock.pass(10_000);
    expect(asked).toHaveBeenCalledTimes(4);
    await failure;
  });

  it('is asked for when the server wants it', async () => {
    const { clock, asked, listFiles } = setUp([{ code: 'rateLimited', retryAfterMs: 40_000 }]);
    const reading = listFiles(SECOND_PAGE, never);
    await clock.pass(39_999);
    expect(asked).toHaveBeenCalledTimes(1);
    await clock.pass(1);
    expect(await reading).toBe(PAGE);
  });

  it.each<[string, ListPosition | null, AppError]>([
    ['the first of a reading', null, { code: 'unavailable', retryAfterMs: 0 }],
    ['one for longer than a minute', SECOND_PAGE, { code: 'unavailable', retryAfterMs: 60_001 }],
    ['one that will not pass', SECOND_PAGE, { code: 'unauthorized' }],
    ['one that was cancelled', SECOND_PAGE, { code: 'cancelled' }],
  ])('is told at once when it is %s', async (_name, from, error) => {
    const { asked, listFiles } = setUp([error]);
    await expect(listFiles(from, never)).rejects.toMatchObject({ error });
    expect(asked).toHaveBeenCalledTimes(1);
  });

  it('is not waited for when nobody wants it any more', async () => {
    const { clock, asked, listFiles } = setUp([{ code: 'rateLimited', retryAfterMs: 40_000 }]);
    const controller = new AbortController();
    const failure = expect(listFiles(SECOND_PAGE, controller.signal)).rejects.toThrow();
    await clock.pass(1);
    controller.abort();
    await failure;
    expect(clock.sleeperCount()).toBe(0);
    expect(asked).toHaveBeenCalledTimes(1);
  });
});
