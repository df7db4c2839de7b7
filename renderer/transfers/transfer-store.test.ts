import { describe, expect, it, vi } from 'vitest';
import type { InLocation } from '#app/contract/files-contract.ts';
import { fail, type Result, succeed } from '#app/result.ts';
import type {
  Transfer,
  TransferQueueStatus,
  TransferSnapshot,
  TransferState,
  TransferUpdate,
} from '#app/transfers/transfer.ts';
import { createSampleTransfer, SAMPLE_STATUS } from './sample-transfer.ts';
import { createTransferStore, mergeUpdate, NO_TRANSFERS } from './transfer-store.ts';

const createTransfer = (id: string, state: TransferState = 'queued') => createSampleTransfer({ id, state });

function createUpdate(
  revision: number,
  changed: readonly Transfer[],
  removedIds: readonly string[] = [],
  status: TransferQueueStatus = SAMPLE_STATUS,
): TransferUpdate {
  return { revision, changed, removedIds, status };
}

function createSnapshot(revision: number, transfers: readonly Transfer[]): Result<TransferSnapshot> {
  return succeed({ revision, transfers, status: SAMPLE_STATUS });
}

const HERE: InLocation = { locationId: 'here' };
const THERE: InLocation = { locationId: 'there' };

function createSource() {
  let answer: (result: Result<TransferSnapshot>) => void = () => {
    throw new Error('Nobody asked');
  };
  let tell: (event: InLocation & { readonly update: TransferUpdate }) => void = () => {
    throw new Error('Nobody listens');
  };
  const listTransfers = vi.fn((_location: InLocation) => {
    return new Promise<Result<TransferSnapshot>>((resolve) => {
      answer = resolve;
    });
  });
  return {
    listTransfers,
    onTransfersChanged: (listener: typeof tell) => {
      tell = listener;
      return () => undefined;
    },
    tell: (update: TransferUpdate, location = HERE) => tell({ ...location, update }),
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

  it('takes the state of the queue over, without a new list when no transfer changed', () => {
    const start = mergeUpdate(NO_TRANSFERS, createUpdate(1, [createTransfer('a')]));
    const next = mergeUpdate(start, createUpdate(2, [], [], { ...SAMPLE_STATUS, isPaused: true }));
    expect(next.status.isPaused).toBe(true);
    expect(next.transfers).toBe(start.transfers);
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
    store.follow(HERE);
    source.tell(createUpdate(3, [createTransfer('a', 'sending')]));
    source.tell(createUpdate(4, [createTransfer('a', 'done')]));
    await source.answer(createSnapshot(3, [createTransfer('a', 'sending'), createTransfer('b')]));
    expect(store.read().revision).toBe(4);
    expect(store.read().transfers.map(({ state }) => state)).toEqual(['done', 'queued']);
  });

  it('follows updates and tells its listeners', async () => {
    const source = createSource();
    const store = createTransferStore(source);
    store.follow(HERE);
    await source.answer(createSnapshot(0, []));
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
    store.follow(HERE);
    await source.answer(createSnapshot(1, [createTransfer('a')]));
    source.tell(createUpdate(3, [createTransfer('c')]));
    expect(source.listTransfers).toHaveBeenCalledTimes(2);
    await source.answer(
      createSnapshot(
        3,
        ['a', 'b', 'c'].map((id) => createTransfer(id)),
      ),
    );
    expect(store.read().transfers.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  });

  it('lives on updates alone when the whole cannot be had', async () => {
    const source = createSource();
    const store = createTransferStore(source);
    store.follow(HERE);
    source.tell(createUpdate(1, [createTransfer('a')]));
    await source.answer(fail({ code: 'unexpected', errorId: 'x' }));
    expect(store.read().transfers.map(({ id }) => id)).toEqual(['a']);
  });

  it('asks again when the location opens after the page, also while the first question is open', async () => {
    const source = createSource();
    const { read, follow } = createTransferStore(source);
    follow(HERE);
    follow(HERE);
    expect(source.listTransfers).toHaveBeenCalledTimes(1);
    await source.answer(fail({ code: 'signedOut' }));
    expect(source.listTransfers).toHaveBeenCalledTimes(2);
    await source.answer(createSnapshot(0, [createTransfer('from last time', 'done')]));
    expect(read().transfers.map(({ id }) => id)).toEqual(['from last time']);
  });

  it('knows of one location only, whatever is told of others', async () => {
    const source = createSource();
    const store = createTransferStore(source);
    source.tell(createUpdate(1, [createTransfer('before')]));
    store.follow(HERE);
    store.follow(THERE);
    source.tell(createUpdate(2, [createTransfer('a')]));
    source.tell(createUpdate(2, [createTransfer('b')]), THERE);
    await source.answer(createSnapshot(1, [createTransfer('a')]));
    expect(store.read()).toBe(NO_TRANSFERS);
    expect(source.listTransfers).toHaveBeenLastCalledWith(THERE);
    await source.answer(createSnapshot(2, [createTransfer('b', 'done')]));
    source.tell(createUpdate(3, [createTransfer('a')]));
    expect(store.read().transfers.map(({ id, state }) => [id, state])).toEqual([['b', 'done']]);
  });
});
