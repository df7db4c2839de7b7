import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type AppError, AppFailure } from '#app/errors.ts';
import type { Deletion } from '#app/files/deletion.ts';
import { createDeletions } from './deletions.ts';

const GRACE_MS = 10_000;

function setUp(
  failures: Readonly<Record<string, AppError>> = {},
  lookFailures: Readonly<Record<string, AppError>> = {},
) {
  const sent: string[] = [];
  const gone: string[] = [];
  const changes: Deletion[] = [];
  let underWay = 0;
  let mostUnderWay = 0;
  const deletions = createDeletions({
    graceMs: GRACE_MS,
    findName: (id) => `${id}.txt`,
    deleteFile: async (id) => {
      sent.push(id);
      underWay += 1;
      mostUnderWay = Math.max(mostUnderWay, underWay);
      await Promise.resolve();
      underWay -= 1;
      const error = failures[id];
      if (error) throw new AppFailure(error);
    },
    readFile: async (id) => {
      const error = lookFailures[id];
      if (error) throw new AppFailure(error);
      return { id, name: id, mimeType: 'text/plain', sizeBytes: 1, createdAt: 1, isSaveable: false };
    },
    onDeleted: (ids) => gone.push(...ids),
    onChange: (deletion) => changes.push(deletion),
    toUnexpected: () => ({ code: 'unexpected', errorId: 'error-1' }),
  });
  return { deletions, sent, gone, changes, most: () => mostUnderWay };
}

describe('deletions', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('send nothing before their grace period ends, and then each file once', async () => {
    const { deletions, sent, gone, changes } = setUp();
    deletions.begin(['a', 'b', 'a']);
    await vi.advanceTimersByTimeAsync(GRACE_MS - 1);
    expect(sent).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(sent).toEqual(['a', 'b']);
    expect(gone).toEqual(['a', 'b']);
    expect(changes.map((change) => change.phase)).toEqual(['waiting', 'deleting', 'finished']);
    expect(changes.at(-1)).toMatchObject({ deletedCount: 2, failures: [], firstName: 'a.txt' });
  });

  it('send nothing when they were undone', async () => {
    const { deletions, sent } = setUp();
    const { id } = deletions.begin(['a']);
    expect(deletions.undo(id)).toBe(true);
    await vi.advanceTimersByTimeAsync(GRACE_MS * 2);
    expect(sent).toEqual([]);
    expect(deletions.list()).toEqual([]);
  });

  it('cannot be undone after their grace period', async () => {
    const { deletions } = setUp();
    const { id } = deletions.begin(['a']);
    await vi.advanceTimersByTimeAsync(GRACE_MS);
    expect(deletions.undo(id)).toBe(false);
    expect(deletions.undo('unknown')).toBe(false);
  });

  it('send nothing when the app ends in their grace period', async () => {
    const { deletions, sent } = setUp();
    deletions.begin(['a']);
    deletions.close();
    await vi.advanceTimersByTimeAsync(GRACE_MS * 2);
    expect(sent).toEqual([]);
  });

  it('tell for each file what became of it; one that was gone already counts as deleted', async () => {
    const { deletions, gone, changes } = setUp({
      a: { code: 'notFound' },
      b: { code: 'forbidden', serverMessage: '' },
    });
    deletions.begin(['a', 'b', 'c']);
    await vi.advanceTimersByTimeAsync(GRACE_MS);
    expect(gone.sort()).toEqual(['a', 'c']);
    expect(changes.at(-1)).toMatchObject({
      deletedCount: 2,
      failures: [{ fileId: 'b', name: 'b.txt', error: { code: 'forbidden', serverMessage: '' } }],
    });
  });

  it('ask for the file when the outcome is open, and say so when that breaks too', async () => {
    const broken: AppError = { code: 'connectionLost' };
    const { deletions, gone, changes } = setUp(
      { gone: broken, there: broken, open: broken },
      { gone: { code: 'notFound' }, open: broken },
    );
    deletions.begin(['gone', 'there', 'open']);
    await vi.advanceTimersByTimeAsync(GRACE_MS);
    expect(gone).toEqual(['gone']);
    expect(changes.at(-1)?.failures.map(({ fileId, error }) => [fileId, error.code])).toEqual([
      ['there', 'connectionLost'],
      ['open', 'maybeDeleted'],
    ]);
  });

  it('stop asking once every further file would fail the same way', async () => {
    const ids = Array.from({ length: 100 }, (_, i) => `f${i}`);
    const { deletions, sent, changes } = setUp(
      Object.fromEntries(ids.map((id) => [id, { code: 'offline' }])),
    );
    deletions.begin(ids);
    await vi.advanceTimersByTimeAsync(GRACE_MS);
    expect(sent.length).toBeLessThanOrEqual(4);
    expect(changes.at(-1)?.failures).toHaveLength(100);
  });

  it('keep at most four requests under way', async () => {
    const { deletions, sent, most } = setUp();
    deletions.begin(Array.from({ length: 50 }, (_, i) => `f${i}`));
    await vi.advanceTimersByTimeAsync(GRACE_MS);
    expect(sent).toHaveLength(50);
    expect(most()).toBe(4);
  });
});
