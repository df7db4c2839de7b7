import { describe, expect, it, vi } from 'vitest';
import type { Deletion } from '#app/files/deletion.ts';
import { replaceDeletion } from '../follow-main.ts';
import { toDeletionMessage } from './deletion-messages.ts';

const waiting: Deletion = {
  id: 'd1',
  phase: 'waiting',
  fileIds: ['a'],
  firstName: 'report.pdf',
  dueAt: 10_000,
  deletedCount: 0,
  failures: [],
};
const actions = { undo: vi.fn(), retry: vi.fn() };

describe('toDeletionMessage', () => {
  it('offers to undo during the grace period only', () => {
    expect(toDeletionMessage(waiting, actions)).toMatchObject({
      tone: 'status',
      title: 'Deleting “report.pdf”…',
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

  it('names what failed, why, and counts the rest', () => {
    const failures = Array.from({ length: 6 }, (_, index) => ({
      fileId: `f${index}`,
      name: `f${index}.txt`,
      error: { code: 'rateLimited', retryAfterMs: 30_000 } as const,
    }));
    const finished: Deletion = {
      ...waiting,
      phase: 'finished',
      fileIds: ['x', 'y'],
      deletedCount: 2,
      failures,
    };
    const message = toDeletionMessage(finished, actions);
    expect(message.tone).toBe('alert');
    expect(message.title).toBe('6 files were not deleted');
    expect(message.details).toHaveLength(6);
    expect(message.details?.[0]).toBe('“f0.txt”: Too many requests at once. Try again in 30 seconds.');
    expect(message.details?.slice(-2)).toEqual(['and 2 more', 'Deleted 2 files']);
    message.action?.onPress();
    expect(actions.retry).toHaveBeenCalledOnce();
  });

  it('offers no retry for files that are not known any more', () => {
    const failures = [{ fileId: 'a', name: 'report.pdf', error: { code: 'offline' } as const }];
    const finished: Deletion = { ...waiting, phase: 'finished', failures };
    expect(toDeletionMessage(finished, { ...actions, retry: null })).not.toHaveProperty('action');
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
