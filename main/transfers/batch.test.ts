import { beforeEach, describe, expect, it } from 'vitest';
import type { Transfer, TransferState } from '#app/transfers/transfer.ts';
import { type Batch, createBatch } from './batch.ts';
import { toStoredTransfer } from './queue/stored-transfer.ts';

let batch: Batch;
beforeEach(() => {
  batch = createBatch();
});

function note(id: string, state: TransferState, changes: Partial<Transfer> = {}): void {
  batch.note(toQueued(id), 'changed');
  batch.note({ ...toQueued(id), state, ...changes }, 'changed');
}

describe('the progress of a batch', () => {
  it('is none at rest', () => {
    expect(batch.progress()).toBeNull();
    note('a', 'done');
    note('b', 'failed');
    note('c', 'asking');
    expect(batch.progress()).toBeNull();
  });

  it('is by bytes, what is finished counting as moved', () => {
    note('a', 'done');
    note('b', 'sending', { transferredBytes: 50 });
    note('c', 'queued', { sizeBytes: 200 });
    expect(batch.progress()).toBe(150 / 400);
    note('b', 'failed', { transferredBytes: 50 });
    expect(batch.progress()).toBe(200 / 400);
  });

  it('leaves out what nobody wants any more', () => {
    note('a', 'sending', { transferredBytes: 50 });
    note('b', 'cancelled');
    note('c', 'skipped');
    note('d', 'queued');
    expect(batch.progress()).toBe(50 / 200);
    batch.note(toQueued('d'), 'removed');
    expect(batch.progress()).toBe(50 / 100);
  });

  it('is not whole before all is confirmed, and no division by nothing', () => {
    note('a', 'waitingForServer', { transferredBytes: 100 });
    expect(batch.progress()).toBe(0.99);
    note('a', 'preparing', { sizeBytes: 0 });
    expect(batch.progress()).toBe(0);
  });
});

describe('the end of a batch', () => {
  it('counts what is done, what wants a person, and what waits for one', () => {
    note('a', 'done');
    note('b', 'done');
    note('c', 'failed');
    note('d', 'unknown');
    note('e', 'asking');
    note('f', 'queued');
    note('g', 'interrupted');
    note('h', 'cancelled');
    expect(batch.end()).toEqual({ doneCount: 2, attentionCount: 3, waitingCount: 2 });
  });

  it('says nothing where a person has ended everything', () => {
    expect(batch.end()).toBeNull();
    note('a', 'cancelled');
    note('b', 'skipped');
    expect(batch.end()).toBeNull();
  });

  it('counts the last state of each, and forgets what is finished', () => {
    note('a', 'failed');
    note('a', 'queued');
    note('a', 'done');
    note('b', 'queued');
    expect(batch.end()).toEqual({ doneCount: 1, attentionCount: 0, waitingCount: 1 });
    note('b', 'done');
    expect(batch.end()).toEqual({ doneCount: 1, attentionCount: 0, waitingCount: 0 });
    expect(batch.end()).toBeNull();
    // As when it is noted that the file it replaces is gone.
    batch.note({ ...toQueued('b'), state: 'done' }, 'changed');
    expect(batch.end()).toBeNull();
  });
});

function toQueued(id: string): Transfer {
  const request = { direction: 'upload', path: `/${id}`, name: id, sizeBytes: 100 } as const;
  return toStoredTransfer(id, request, 0).transfer;
}
