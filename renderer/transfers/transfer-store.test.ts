import { describe, expect, it, vi } from 'vitest';
import { fail, type Result, succeed } from '#app/result.ts';
import type { Transfer, TransferSnapshot, TransferState, TransferUpdate } from '#app/transfers/transfer.ts';
import { createTransferStore, mergeUpdate, NO_TRANSFERS } from './transfer-store.ts';

function createTransfer(id: string, state: TransferState = 'queued'): Transfer {
  return {
    id,
    direction: 'upload',
    name: `${id}.txt`,
    sizeBytes: 1,
    state,
    transferredBytes: 0,
    error: null,
    fileId: null,
    startedAt: null,
  };
}

function createUpdate(revision: number, changed: readonly Transfer[], removedIds: readonly string[] = []) {
  return { revision, changed, removedIds } satisfies TransferUpdate;
}

function createSource() {
  let answer: (result: Result<TransferSnapshot>) => void = () => {
    throw new Error('Nobody asked');
  };
  let tell: (update: TransferUpdate) => void = () => {
    throw new Error('Nobody listens');
  };
  const listTransfers = vi.fn(() => {
    return new Promise<Result<TransferSnapshot>>((resolve) => {
      answer = resolve;
    });
  });
  return {
    listTransfers,
    onTransfersChanged: (listener: (update: TransferUpdate) => void) => {
      tell = listener;
      return () => undefined;
    },
    tell: (update: TransferUpdate) => tell(update),
    answer: async (result: Result<TransferSnapshot>) => {
      answer(result);
      await Promise.resolve();
      await Promise.resolve();
    },
  };
}

describe('mergeUpdate', () => {
  it('changes in place, adds at the end and removes', () => {
    const start = mergeUpdate(NO_TRANSFERS, createUpdate(1, [createTransfer('a'), createTransfer('b')]));
    const next = mergeUpdate(
      start,
      createUpdate(2, [createTransfer('c'), createTransfer('a', 'done')], ['b']),
    );
    expect(next.transfers.map(({ id, state }) => [id, state])).toEqual([
      ['a', 'done'],
      ['c', 'queued'],
    ]);
  });

  it('passes over what is already in', () => {
    const start = mergeUpdate(NO_TRANSFERS, createUpdate(5, [createTransfer('a', 'done')]));
    expect(mergeUpdate(start, createUpdate(5, [createTransfer('a', 'sending')]))).toBe(start);
  });
});

describe('createTransferStore', () => {
  it('applies only those early updates that the snapshot lacks', async () => {
    const source = createSource();
    const store = createTransferStore(source);
    source.tell(createUpdate(3, [createTransfer('a', 'sending')]));
    source.tell(createUpdate(4, [createTransfer('a', 'done')]));
    await source.answer(
      succeed({ revision: 3, transfers: [createTransfer('a', 'sending'), createTransfer('b')] }),
    );
    expect(store.read().revision).toBe(4);
    expect(store.read().transfers.map(({ state }) => state)).toEqual(['done', 'queued']);
  });

  it('follows updates and tells its listeners', async () => {
    const source = createSource();
    const store = createTransferStore(source);
    await source.answer(succeed({ revision: 0, transfers: [] }));
    const listener = vi.fn();
    const unsubscribe = store.subscribe(listener);
    source.tell(createUpdate(1, [createTransfer('a')]));
    unsubscribe();
    source.tell(createUpdate(2, [createTransfer('a', 'done')]));
    expect(listener).toHaveBeenCalledTimes(1);
    expect(store.read().transfers[0]?.state).toBe('done');
  });

  it('asks for the whole again when an update is missing', async () => {
    const source = createSource();
    const store = createTransferStore(source);
    await source.answer(succeed({ revision: 1, transfers: [createTransfer('a')] }));
    source.tell(createUpdate(3, [createTransfer('c')]));
    expect(source.listTransfers).toHaveBeenCalledTimes(2);
    await source.answer(succeed({ revision: 3, transfers: ['a', 'b', 'c'].map((id) => createTransfer(id)) }));
    expect(store.read().transfers.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  });

  it('lives on updates alone when the whole cannot be had', async () => {
    const source = createSource();
    const store = createTransferStore(source);
    source.tell(createUpdate(1, [createTransfer('a')]));
    await source.answer(fail({ code: 'unexpected', errorId: 'x' }));
    expect(store.read().transfers.map(({ id }) => id)).toEqual(['a']);
  });
});
