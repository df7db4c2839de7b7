import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Transfer, TransferUpdate } from '#app/transfers/transfer.ts';
import { createTransferUpdates } from './transfer-updates.ts';

const transfer = (id: string, transferredBytes: number): Transfer => ({
  id,
  direction: 'upload',
  name: id,
  sizeBytes: 100,
  state: 'sending',
  transferredBytes,
  error: null,
  fileId: null,
  startedAt: 1,
});

describe('transfer updates', () => {
  let sent: TransferUpdate[];
  beforeEach(() => {
    vi.useFakeTimers();
    sent = [];
  });
  afterEach(() => vi.useRealTimers());

  it('come at most ten times a second, and the last one always', () => {
    const updates = createTransferUpdates((update) => sent.push(update));
    for (let bytes = 1; bytes <= 100; bytes += 1) {
      updates.note(transfer('a', bytes), 'changed');
      vi.advanceTimersByTime(10);
    }
    vi.advanceTimersByTime(1000);
    expect(sent.length).toBeLessThanOrEqual(11);
    expect(sent.at(-1)?.changed[0]?.transferredBytes).toBe(100);
    expect(sent.map((update) => update.revision)).toEqual(sent.map((_, i) => i + 1));
  });

  it('carry a transfer that was cleared as removed only', () => {
    const updates = createTransferUpdates((update) => sent.push(update));
    updates.note(transfer('a', 1), 'changed');
    updates.note(transfer('a', 1), 'removed');
    updates.note(transfer('b', 1), 'changed');
    vi.runAllTimers();
    expect(sent).toEqual([{ revision: 1, changed: [transfer('b', 1)], removedIds: ['a'] }]);
  });

  it('end with close', () => {
    const updates = createTransferUpdates((update) => sent.push(update));
    updates.note(transfer('a', 1), 'changed');
    updates.close();
    updates.note(transfer('a', 2), 'changed');
    vi.runAllTimers();
    expect(sent).toEqual([]);
  });
});
