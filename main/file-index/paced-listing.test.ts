import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type AppError, AppFailure } from '#app/errors.ts';
import { createManualClock, type ManualClock } from '../engine/manual-clock.ts';
import { createPacer, type Pacer } from '../engine/pacer.ts';
import type { ListPage, ListPosition } from '../file-store/listing.ts';
import { createPacedListing } from './paced-listing.ts';
import type { ListFiles } from './walk-listing.ts';

const never = new AbortController().signal;
const SECOND_PAGE: ListPosition = { by: 'cursor', cursor: 'x' };
const PAGE: ListPage = { files: [], unreadableRows: 0, unreadableBehind: 0, next: null, lastId: null };
const limited = (retryAfterMs: number): AppError => ({ code: 'rateLimited', retryAfterMs });

let clock: ManualClock;
let pacer: Pacer;
let asked: ReturnType<typeof vi.fn<ListFiles>>;
let listFiles: ListFiles;

beforeEach(() => {
  clock = createManualClock();
  pacer = createPacer({ clock, probe: () => Promise.reject(new AppFailure({ code: 'offline' })) });
  asked = vi.fn<ListFiles>(async () => PAGE);
  listFiles = createPacedListing(asked, pacer, clock);
});
afterEach(() => pacer.close());

describe('a page of the listing', () => {
  it('waits while the account is held up for a while', async () => {
    pacer.noteFailure('upload', limited(30_000));
    const reading = listFiles(SECOND_PAGE, never);
    await clock.pass(29_999);
    expect(asked).not.toHaveBeenCalled();
    await clock.pass(1);
    expect(await reading).toBe(PAGE);
  });

  it('is told what holds the account up where that lasts, with the time that is left', async () => {
    pacer.noteFailure('upload', limited(3_600_000));
    await clock.pass(600_000);
    await expect(listFiles(SECOND_PAGE, never)).rejects.toMatchObject({ error: limited(3_000_000) });
    expect(asked).not.toHaveBeenCalled();
  });

  it('is told at once where there is no way to the server', async () => {
    pacer.noteFailure('upload', { code: 'offline' });
    await expect(listFiles(SECOND_PAGE, never)).rejects.toMatchObject({ error: { code: 'offline' } });
    expect(asked).not.toHaveBeenCalled();
  });

  it('is asked for at once where it is the first, and what it is told holds for all', async () => {
    pacer.noteFailure('upload', limited(30_000));
    expect(await listFiles(null, never)).toBe(PAGE);
    asked.mockRejectedValueOnce(new AppFailure(limited(50_000)));
    await expect(listFiles(null, never)).rejects.toMatchObject({ error: limited(50_000) });
    expect(pacer.holds()).toMatchObject([{ resumesAt: clock.now() + 50_000 }]);
  });

  it('is asked for whatever only a person can let go on', async () => {
    pacer.noteFailure('upload', { code: 'unauthorized' });
    expect(await listFiles(SECOND_PAGE, never)).toBe(PAGE);
  });
});
