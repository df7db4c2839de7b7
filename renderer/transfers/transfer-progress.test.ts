import { describe, expect, it } from 'vitest';
import type { Transfer, TransferState } from '#app/transfers/transfer.ts';
import { TRANSFER_TRANSITIONS } from '#app/transfers/transfer-states.ts';
import { sortForDisplay, summarizeTransfers, toShare } from './transfer-progress.ts';

// The keys of a record over TransferState are its members.
const STATES = Object.keys(TRANSFER_TRANSITIONS) as TransferState[];

function createTransfer(state: TransferState, transferredBytes = 0, id: string = state): Transfer {
  return {
    id,
    direction: 'upload',
    name: 'a.txt',
    sizeBytes: 100,
    state,
    transferredBytes,
    error: null,
    fileId: null,
    startedAt: null,
  };
}

describe('toShare', () => {
  it('reaches the end only when the transfer is done', () => {
    for (const state of STATES) {
      const share = toShare(createTransfer(state, 100));
      if (state === 'done') expect(share).toBe(1);
      else expect(share ?? 0).toBeLessThan(1);
    }
  });

  it('is the share of the bytes while they move', () => {
    expect(toShare(createTransfer('sending', 25))).toBe(0.25);
    expect(toShare({ ...createTransfer('receiving'), sizeBytes: 0 })).toBe(0);
  });

  it('cannot be told while the file is being looked at', () => {
    expect(toShare(createTransfer('preparing'))).toBeNull();
  });
});

describe('summarizeTransfers', () => {
  it('counts every state once', () => {
    const summary = summarizeTransfers(STATES.map((state) => createTransfer(state)));
    expect(summary).toMatchObject({ running: 5, queued: 1, done: 1, failed: 2, cancelled: 1 });
  });

  it('leaves out the bytes of what failed or was cancelled', () => {
    const summary = summarizeTransfers([
      createTransfer('sending', 40),
      createTransfer('failed', 70),
      createTransfer('done', 100),
      createTransfer('cancelled', 5),
    ]);
    expect(summary).toMatchObject({ transferredBytes: 140, totalBytes: 200 });
  });
});

describe('sortForDisplay', () => {
  it('puts what moves first and what is over last, the newest of it first', () => {
    const order = sortForDisplay([
      createTransfer('done', 0, 'older'),
      createTransfer('queued'),
      createTransfer('done', 0, 'newer'),
      createTransfer('failed'),
      createTransfer('sending'),
    ]);
    expect(order.map(({ id }) => id)).toEqual(['sending', 'failed', 'queued', 'newer', 'older']);
  });
});
