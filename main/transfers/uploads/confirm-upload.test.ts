import { describe, expect, it, vi } from 'vitest';
import { type AppError, AppFailure } from '#app/errors.ts';
import type { RemoteFile } from '#app/files/remote-file.ts';
import { createManualClock, type ManualClock } from '../../engine/manual-clock.ts';
import {
  type Confirmation,
  type ConfirmServices,
  confirmUpload,
  judgeListing,
  type OpenUpload,
} from './confirm-upload.ts';

const NOW = 1_000_000_000;
const never = new AbortController().signal;

const row = (id: string, changes: Partial<RemoteFile> = {}): RemoteFile => ({
  id,
  name: 'a.txt',
  mimeType: 'text/plain',
  sizeBytes: 13,
  createdAt: NOW,
  isSaveable: false,
  ...changes,
});
const open = (sent: Partial<OpenUpload['sent']> = {}, name = 'a.txt'): OpenUpload => ({
  name,
  sent: {
    at: NOW,
    sizeBytes: 13,
    knownIds: [],
    isKnownComplete: true,
    reached: 'all',
    brokeAt: NOW,
    ...sent,
  },
});
const free = { isClaimed: () => false, isDisputed: () => false };
const judge = (upload: OpenUpload, files: readonly RemoteFile[], rules: Partial<typeof free> = {}) =>
  judgeListing(upload, { files, unreadableRows: 0 }, { ...free, ...rules });

describe('the judgement of a listing', () => {
  it('finds the one new file of the name and the size', () => {
    const other = [row('name', { name: 'b.txt' }), row('size', { sizeBytes: 14 })];
    expect(judge(open(), [...other, row('mine')])).toEqual({ kind: 'found', file: row('mine') });
  });

  it('takes both ways to write an accent for one name', () => {
    const found = judge(open({}, 'e\u0301.txt'), [row('mine', { name: '\u00e9.txt' })]);
    expect(found).toMatchObject({ kind: 'found' });
  });

  it('passes over what was there before, and what belongs to another upload', () => {
    expect(judge(open({ knownIds: ['old'] }), [row('old')])).toEqual({ kind: 'absent' });
    expect(judge(open(), [row('claimed')], { isClaimed: () => true })).toEqual({ kind: 'absent' });
    const isClaimed = (id?: string) => id === 'claimed';
    const found = judge(open({ knownIds: ['old'] }), [row('old'), row('claimed'), row('mine')], {
      isClaimed,
    });
    expect(found).toMatchObject({ file: { id: 'mine' } });
  });

  it.each<[string, Confirmation]>([
    ['of two new ones', judge(open(), [row('one'), row('two')])],
    ['where not all was known before', judge(open({ isKnownComplete: false }), [row('one')])],
    ['of one that says it is much older', judge(open(), [row('one', { createdAt: NOW - 600_001 })])],
    [
      'of one that another open upload may have made',
      judge(open(), [row('one')], { isDisputed: () => true }),
    ],
  ])('is unsure %s', (_, judgement) => {
    expect(judgement).toEqual({ kind: 'unsure', reason: 'severalMatches' });
  });

  it('allows for a clock that is ten minutes apart', () => {
    expect(judge(open(), [row('one', { createdAt: NOW - 600_000 })])).toMatchObject({ kind: 'found' });
  });

  it('does not call absent what may stand in a row that cannot be read', () => {
    const judgement = judgeListing(open(), { files: [], unreadableRows: 1 }, free);
    expect(judgement).toEqual({ kind: 'unsure', reason: 'lookFailed' });
  });

  it('takes no file for one whose body’s end never left', () => {
    expect(judge(open({ reached: 'part' }), [row('another')])).toEqual({ kind: 'absent' });
  });
});

/** Looks with a clock that begins at the break; each look takes the next of `looks`, the last one again and again. */
function look(upload: OpenUpload, looks: readonly (readonly RemoteFile[] | AppError)[], signal = never) {
  const clock: ManualClock = createManualClock(NOW);
  const lookedAt: number[] = [];
  const whenAllowed = vi.fn<ConfirmServices['whenAllowed']>(() => clock.sleep(10_000, never));
  const confirming = confirmUpload(
    upload,
    {
      ...free,
      clock,
      whenAllowed,
      look: async () => {
        const answer = looks[Math.min(lookedAt.length, looks.length - 1)] ?? [];
        lookedAt.push(clock.now() - NOW);
        if ('code' in answer) throw new AppFailure(answer);
        return { files: answer, unreadableRows: 0 };
      },
    },
    signal,
  );
  confirming.catch(() => undefined);
  return { clock, lookedAt, whenAllowed, confirming };
}

describe('looking for an upload', () => {
  it('looks at once, after 5 and after 30 seconds, before it is called absent', async () => {
    const { clock, lookedAt, confirming } = look(open(), [[]]);
    await clock.pass(60_000);
    expect(await confirming).toEqual({ kind: 'absent' });
    expect(lookedAt).toEqual([0, 5000, 30_000]);
  });

  it('finds what the server stores late, and looks no more', async () => {
    const { clock, lookedAt, confirming } = look(open(), [[], [], [row('late')], []]);
    await clock.pass(60_000);
    expect(await confirming).toMatchObject({ kind: 'found', file: { id: 'late' } });
    expect(lookedAt).toHaveLength(3);
  });

  it('is unsure at the first look that is, and does not wait', async () => {
    const { clock, lookedAt, confirming } = look(open(), [[row('one'), row('two')]]);
    await clock.pass(0);
    expect(await confirming).toMatchObject({ kind: 'unsure' });
    expect(lookedAt).toEqual([0]);
  });

  it('looks once for a body whose end never left', async () => {
    const { clock, lookedAt, confirming } = look(open({ reached: 'part' }), [[]]);
    await clock.pass(60_000);
    expect(await confirming).toEqual({ kind: 'absent' });
    expect(lookedAt).toEqual([0]);
  });

  it.each([
    [3000, [0, 2000, 27_000]],
    [10_000, [0, 20_000]],
    [3_600_000, [0]],
  ])('counts from the break, also when it begins %i ms after it', async (agoMs, expected) => {
    const { clock, lookedAt, confirming } = look(open({ brokeAt: NOW - agoMs }), [[]]);
    await clock.pass(60_000);
    expect(await confirming).toEqual({ kind: 'absent' });
    expect(lookedAt).toEqual(expected);
  });

  it('does not wait for a break that a clock set back has put into the future', async () => {
    const { clock, lookedAt, confirming } = look(open({ brokeAt: NOW + 3_600_000 }), [[]]);
    await clock.pass(60_000);
    expect(await confirming).toEqual({ kind: 'absent' });
    expect(lookedAt).toEqual([0, 5000, 30_000]);
  });

  it.each<AppError>([
    { code: 'serverFailed', serverMessage: '' },
    { code: 'unexpectedAnswer', status: 200, detail: 'html' },
    { code: 'paymentRequired', serverMessage: '' },
    { code: 'forbidden', serverMessage: '' },
  ])('is unsure when the listing fails three times with $code', async (error) => {
    const { clock, lookedAt, confirming, whenAllowed } = look(open(), [error, error, error, [row('mine')]]);
    await clock.pass(4000);
    expect(await confirming).toEqual({ kind: 'unsure', reason: 'lookFailed' });
    expect(lookedAt).toHaveLength(3);
    expect(whenAllowed).not.toHaveBeenCalled();
  });

  it('looks again after a listing that failed once', async () => {
    const { clock, confirming } = look(open(), [{ code: 'serverFailed', serverMessage: '' }, [row('mine')]]);
    await clock.pass(2000);
    expect(await confirming).toMatchObject({ kind: 'found' });
  });

  it.each<AppError>([
    { code: 'offline' },
    { code: 'unauthorized' },
    { code: 'rateLimited', retryAfterMs: 1 },
  ])('waits out $code and looks again', async (error) => {
    const { clock, lookedAt, confirming, whenAllowed } = look(open(), [error, [row('mine')]]);
    await clock.pass(60_000);
    expect(await confirming).toMatchObject({ kind: 'found' });
    expect(whenAllowed).toHaveBeenCalledOnce();
    expect(lookedAt).toEqual([0, 10_000]);
  });

  it('ends at an abort between two looks', async () => {
    const controller = new AbortController();
    const { clock, lookedAt, confirming } = look(open(), [[]], controller.signal);
    await clock.pass(1000);
    controller.abort(new Error('stop'));
    await expect(confirming).rejects.toThrow('stop');
    await clock.pass(60_000);
    expect(lookedAt).toEqual([0]);
  });

  it('ends at an abort while the listing hangs', async () => {
    const controller = new AbortController();
    const confirming = confirmUpload(
      open(),
      {
        ...free,
        clock: createManualClock(NOW),
        whenAllowed: () => Promise.reject(new Error('It does not hold')),
        look: () => new Promise(() => undefined),
      },
      controller.signal,
    );
    controller.abort(new Error('stop'));
    await expect(confirming).rejects.toThrow('stop');
  });

  it('passes on a fault of the app', async () => {
    const clock = createManualClock(NOW);
    const confirming = confirmUpload(
      open(),
      {
        ...free,
        clock,
        whenAllowed: () => Promise.resolve(),
        look: () => Promise.reject(new TypeError('fault')),
      },
      never,
    );
    confirming.catch(() => undefined);
    await clock.pass(0);
    await expect(confirming).rejects.toThrow('fault');
  });
});
