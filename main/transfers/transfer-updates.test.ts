import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Transfer, TransferQueueStatus, TransferUpdate } from '#app/transfers/transfer.ts';
import { systemClock } from '../engine/clock.ts';
import { toStoredTransfer } from './queue/stored-transfer.ts';
import { createTransferUpdates } from './transfer-updates.ts';

const transfer = (id: string, transferredBytes: number): Transfer => ({
  ...toStoredTransfer(id, { direction: 'upload', path: `/${id}`, name: id, sizeBytes: 100 }, 1).transfer,
  transferredBytes,
});
const status: TransferQueueStatus = {
  isPaused: false,
  holds: [],
  concurrency: 3,
  bytesPerSecond: 0,
  busySince: null,
  hasLostRecords: false,
};

describe('transfer updates', () => {
  let sent: TransferUpdate[];
  let sync: () => Promise<void>;
  const create = () =>
    createTransferUpdates({
      clock: systemClock,
      send: (update) => sent.push(update),
      status: () => status,
      sync: () => sync(),
    });
  beforeEach(() => {
    vi.useFakeTimers();
    sent = [];
    sync = async () => undefined;
  });
  afterEach(() => vi.useRealTimers());

  it('come at most ten times a second, and the last one always', async () => {
    const updates = create();
    for (let bytes = 1; bytes <= 100; bytes += 1) {
      updates.note(transfer('a', bytes), 'changed');
      await vi.advanceTimersByTimeAsync(10);
    }
    await vi.advanceTimersByTimeAsync(1000);
    expect(sent.length).toBeLessThanOrEqual(11);
    expect(sent.at(-1)?.changed[0]?.transferredBytes).toBe(100);
    expect(sent.map((update) => update.revision)).toEqual(sent.map((_, i) => i + 1));
  });

  it('carry a transfer that was cleared as removed only', async () => {
    const updates = create();
    updates.note(transfer('a', 1), 'changed');
    updates.note(transfer('a', 1), 'removed');
    updates.note(transfer('b', 1), 'changed');
    await vi.runAllTimersAsync();
    expect(sent).toEqual([{ revision: 1, changed: [transfer('b', 1)], removedIds: ['a'], status }]);
  });

  it('tell of nothing that is not on disk, and of what came meanwhile afterwards', async () => {
    let finish: () => void = () => undefined;
    sync = () => new Promise((resolve) => (finish = resolve));
    const updates = create();
    updates.note(transfer('a', 1), 'changed');
    await vi.runAllTimersAsync();
    updates.note(transfer('a', 2), 'changed');
    await vi.advanceTimersByTimeAsync(1000);
    expect(sent).toEqual([]);
    finish();
    await vi.runAllTimersAsync();
    expect(sent.map(({ changed }) => changed[0]?.transferredBytes)).toEqual([1]);
    finish();
    await vi.runAllTimersAsync();
    expect(sent.map(({ changed }) => changed[0]?.transferredBytes)).toEqual([1, 2]);
  });

  it('end with close', async () => {
    const updates = create();
    updates.note(transfer('a', 1), 'changed');
    updates.close();
    updates.note(transfer('a', 2), 'changed');
    await vi.runAllTimersAsync();
    expect(sent).toEqual([]);
  });
});
