import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AppError } from '#app/errors.ts';
import type { Deletion } from '#app/files/deletion.ts';
import { replaceDeletion } from '../follow-main.ts';
import { toDeletionMessage } from './deletion-messages.ts';

const waiting: Deletion = {
  id: 'd1',
  phase: 'waiting',
  count: 1,
  firstName: 'report.pdf',
  dueAt: 10_000,
  deletedCount: 0,
  failedCount: 0,
  failures: [],
  isCancelled: false,
  pause: null,
  isDamaged: false,
  isFromLastTime: false,
};
const actions = { undo: vi.fn(), stop: vi.fn(), resume: vi.fn(), retry: vi.fn() };

describe('toDeletionMessage', () => {
  it('offers to undo during the grace period only', () => {
    expect(toDeletionMessage(waiting, actions)).toMatchObject({
      tone: 'status',
      title: 'Deleting “report.pdf”',
      dueAt: 10_000,
      action: { label: 'Undo' },
    });
    expect(toDeletionMessage({ ...waiting, phase: 'deleting' }, actions)).not.toHaveProperty('action');
  });

  it('keeps one id, so that each state takes the place of the one before', () => {
    const phases = ['waiting', 'deleting', 'finished', 'undone'] as const;
    const ids = phases.map((phase) => toDeletionMessage({ ...waiting, phase }, actions).id);
    expect(new Set(ids).size).toBe(1);
  });

  it('counts what is done without a new announcement, and can be stopped', () => {
    const deleting: Deletion = {
      ...waiting,
      phase: 'deleting',
      count: 5000,
      deletedCount: 1200,
      failedCount: 50,
    };
    const message = toDeletionMessage(deleting, actions);
    expect(message).toMatchObject({
      title: 'Deleting 5,000 files…',
      details: [],
      progress: { share: 0.25, text: '1,250 of 5,000, 50 could not be deleted' },
      action: { label: 'Stop' },
    });
    const later = toDeletionMessage({ ...deleting, deletedCount: 1300 }, actions);
    expect([later.title, later.details]).toEqual([message.title, message.details]);
    const stopping = toDeletionMessage({ ...deleting, isCancelled: true }, actions);
    expect(stopping.title).toBe('Stopping…');
    expect(stopping).not.toHaveProperty('action');
  });

  describe('in a pause', () => {
    const now = new Date(2026, 5, 15, 13, 0).getTime();
    const paused = (at: Date, reason: 'limited' | 'failing' = 'limited') =>
      toDeletionMessage(
        { ...waiting, phase: 'deleting', pause: { resumesAt: at.getTime(), reason } },
        actions,
      );
    beforeEach(() => void vi.useFakeTimers({ now, toFake: ['Date'] }));
    afterEach(() => void vi.useRealTimers());

    it('says why and when it goes on, with the day where that is not today', () => {
      expect(paused(new Date(2026, 5, 15, 14, 5, 9)).details?.[0]).toMatch(
        /^OpenRouter is limiting requests\. Resuming at 2:05:09\sPM\.$/,
      );
      expect(paused(new Date(2026, 5, 16, 12, 59)).details?.[0]).toMatch(/Resuming tomorrow at 12:59\sPM\.$/);
      expect(paused(new Date(2026, 5, 17, 8, 0)).details?.[0]).toMatch(
        /Resuming on Jun 17, 2026 at 8:00\sAM\.$/,
      );
      expect(paused(new Date(2026, 5, 15, 13, 1), 'failing').details?.[0]).toMatch(
        /^OpenRouter is having problems at the moment\. Trying again at 1:01:00\sPM\.$/,
      );
    });

    it('says that it goes on when the server can be reached, at whatever time', () => {
      const message = toDeletionMessage(
        { ...waiting, phase: 'deleting', pause: { resumesAt: null, reason: 'unreachable' } },
        actions,
      );
      expect(message.details).toEqual(['OpenRouter can’t be reached. Resuming as soon as it can be.']);
      expect(message).not.toHaveProperty('dueAt');
      expect(message.otherAction?.label).toBe('Try now');
    });

    it('counts down, and offers to try now or to stop', () => {
      const resumesAt = new Date(2026, 5, 15, 14, 5, 9);
      const message = paused(resumesAt);
      expect(message.dueAt).toBe(resumesAt.getTime());
      expect([message.otherAction?.label, message.action?.label]).toEqual(['Try now', 'Stop']);
      message.otherAction?.onPress();
      expect(actions.resume).toHaveBeenCalledOnce();
    });
  });

  it('tells failures by their cause, and how many', () => {
    const toFailure = (name: string, error: AppError) => ({ fileId: name, name, error });
    const limited = (retryAfterMs: number): AppError => ({ code: 'rateLimited', retryAfterMs });
    const failures = [
      toFailure('x.txt', { code: 'serverFailed', serverMessage: '' }),
      ...Array.from({ length: 5 }, (_, index) => toFailure(`f${index}.txt`, limited(30_000 + index * 1000))),
    ];
    const finished: Deletion = {
      ...waiting,
      phase: 'finished',
      count: 8,
      deletedCount: 2,
      failedCount: 6,
      failures,
    };
    const message = toDeletionMessage(finished, actions);
    expect(message.tone).toBe('alert');
    expect(message.title).toBe('6 files were not deleted');
    expect(message.details).toEqual([
      '“f0.txt”, “f1.txt”, “f2.txt”, and 2 more: Too many requests at once. Try again in 30 seconds.',
      '“x.txt”: The server had an internal error. Try again in a few minutes.',
      'Deleted 2 files',
    ]);
    message.action?.onPress();
    expect(actions.retry).toHaveBeenCalledOnce();
  });

  it('names a single file once', () => {
    const failures = [
      { fileId: 'a', name: 'a.txt', error: { code: 'providerFailed', serverMessage: '' } as const },
    ];
    const message = toDeletionMessage({ ...waiting, phase: 'finished', failedCount: 1, failures }, actions);
    expect(message.title).toBe('“a.txt” was not deleted');
    expect(message.details).toEqual(['The storage behind OpenRouter failed. Try again in a few minutes.']);
  });

  it('does not claim that a file is there which may be gone', () => {
    const failures = ['a.txt', 'b.txt'].map((name) => ({
      fileId: name,
      name,
      error: { code: 'maybeDeleted' } as const,
    }));
    const two: Deletion = { ...waiting, phase: 'finished', count: 2, failedCount: 2, failures };
    expect(toDeletionMessage(two, actions).title).toBe('2 files may not have been deleted');
    const one = { ...two, count: 1, failedCount: 1, failures: failures.slice(0, 1) };
    expect(toDeletionMessage(one, actions).title).toBe('“a.txt” may not have been deleted');
  });

  it('counts failures that are not told by name', () => {
    const failures = [{ fileId: 'a', name: 'a.txt', error: { code: 'offline' } as const }];
    const message = toDeletionMessage(
      { ...waiting, phase: 'finished', count: 900, failedCount: 900, failures },
      actions,
    );
    expect(message.details?.at(-1)).toBe('899 more were not deleted. See their details for the reasons.');
    // The window knows one of them: to try just that again would not be what the message says.
    expect(message).not.toHaveProperty('action');
  });

  it('promises no reasons of an earlier run, and does not try again what may not be known yet', () => {
    const failures = [{ fileId: 'a', name: 'a.txt', error: { code: 'offline' } as const }];
    const last: Deletion = {
      ...waiting,
      phase: 'finished',
      count: 9,
      failedCount: 9,
      failures,
      isFromLastTime: true,
    };
    expect(toDeletionMessage(last, actions).details?.at(-1)).toBe('8 more were not deleted.');
    const one = toDeletionMessage({ ...last, count: 1, failedCount: 1 }, actions);
    expect(one.title).toBe('“a.txt” was not deleted');
    expect(one).not.toHaveProperty('action');
  });

  it('claims nothing of files that a damaged record does not tell of', () => {
    const damaged: Deletion = {
      ...waiting,
      phase: 'finished',
      count: 500,
      deletedCount: 120,
      isDamaged: true,
      isFromLastTime: true,
    };
    expect(toDeletionMessage(damaged, actions)).toMatchObject({
      tone: 'alert',
      title: 'The record of a deletion of 500 files is damaged',
      details: [
        'The deletion stopped. We can’t tell whether 380 files were deleted. Refresh to check.',
        'Deleted 120 files',
      ],
    });
  });

  it('does not call a failure what a person stopped', () => {
    const failures = [
      { fileId: 'b', name: 'b.txt', error: { code: 'providerFailed', serverMessage: '' } as const },
    ];
    const stopped: Deletion = {
      ...waiting,
      phase: 'finished',
      count: 500,
      deletedCount: 120,
      failedCount: 1,
      failures,
      isCancelled: true,
    };
    expect(toDeletionMessage(stopped, actions)).toMatchObject({
      tone: 'status',
      title: 'Stopped. 379 files were kept.',
      details: [
        'Deleted 120 files',
        '“b.txt”: The storage behind OpenRouter failed. Try again in a few minutes.',
      ],
    });
    // An answer that came as the app ended was not heard.
    expect(toDeletionMessage({ ...stopped, isFromLastTime: true }, actions).title).toBe(
      'Stopped. Up to 379 files were kept.',
    );
  });

  it('tells what became of a deletion that the end of the app came in between of', () => {
    const last = { ...waiting, count: 12, isFromLastTime: true };
    expect(toDeletionMessage({ ...last, phase: 'deleting' }, actions).details).toEqual([
      'Continuing a deletion you started earlier.',
    ]);
    expect(toDeletionMessage({ ...last, phase: 'undone' }, actions)).toMatchObject({
      title: '12 files were not deleted',
      details: ['The app quit before the undo period ended, so nothing was deleted.'],
      isBrief: false,
    });
    expect(toDeletionMessage({ ...last, phase: 'finished', deletedCount: 12 }, actions)).toMatchObject({
      title: 'Deleted 12 files',
      isBrief: false,
    });
  });
});

describe('replaceDeletion', () => {
  it('puts a new state in the place of the old one and adds what is new', () => {
    const other = { ...waiting, id: 'd2' };
    const finished: Deletion = { ...waiting, phase: 'finished' };
    expect(replaceDeletion([waiting, other], finished)).toEqual([finished, other]);
    expect(replaceDeletion([waiting], other)).toEqual([waiting, other]);
  });
});
