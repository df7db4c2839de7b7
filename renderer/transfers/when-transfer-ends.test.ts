import { describe, expect, it, vi } from 'vitest';
import type { Transfer } from '#app/transfers/transfer.ts';
import { createSampleTransfer } from './sample-transfer.ts';
import { NO_TRANSFERS, type TransferList } from './transfer-store.ts';
import { whenTransferEnds } from './when-transfer-ends.ts';

function setUp() {
  let list: TransferList = NO_TRANSFERS;
  const listeners = new Set<() => void>();
  const act = vi.fn();
  const store = {
    read: () => list,
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const set = (...transfers: readonly Transfer[]) => {
    list = { ...list, transfers };
    for (const listener of listeners) listener();
  };
  return { store, set, act, listeners };
}

describe('the end of a transfer', () => {
  it.each(['done', 'failed', 'cancelled', 'skipped', 'unknown'] as const)('is told once: %s', (state) => {
    const { store, set, act, listeners } = setUp();
    whenTransferEnds(store, 'mine', act);
    set(createSampleTransfer({ id: 'other', state: 'done' }));
    set(createSampleTransfer({ id: 'mine', state: 'queued' }));
    set(createSampleTransfer({ id: 'mine', state: 'sending' }));
    expect(act).not.toHaveBeenCalled();
    set(createSampleTransfer({ id: 'mine', state }));
    set(createSampleTransfer({ id: 'mine', state }));
    expect(act).toHaveBeenCalledOnce();
    expect(listeners.size).toBe(0);
  });

  it('is also when it leaves the list, or is over before anybody asks', () => {
    const gone = setUp();
    gone.set(createSampleTransfer({ id: 'mine', state: 'sending' }));
    whenTransferEnds(gone.store, 'mine', gone.act);
    gone.set();
    expect(gone.act).toHaveBeenCalledOnce();
    const over = setUp();
    over.set(createSampleTransfer({ id: 'mine', state: 'done' }));
    whenTransferEnds(over.store, 'mine', over.act);
    expect(over.act).toHaveBeenCalledOnce();
  });
});
