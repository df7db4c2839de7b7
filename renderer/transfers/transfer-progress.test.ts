import { describe, expect, it } from 'vitest';
import type { Transfer, TransferState } from '#app/transfers/transfer.ts';
import { isFinished, TRANSFER_TRANSITIONS } from '#app/transfers/transfer-states.ts';
import { createSampleTransfer, SAMPLE_NOW } from './sample-transfer.ts';
import { isActive, summarizeTransfers, toMovedAt, toShare, toUnconfirmedShare } from './transfer-progress.ts';

// The keys of a record over TransferState are its members.
const STATES = Object.keys(TRANSFER_TRANSITIONS) as TransferState[];

const create = (state: TransferState, transferredBytes = 0): Transfer =>
  createSampleTransfer({ id: state, state, transferredBytes });

describe('toShare', () => {
  it('reaches the end only when the transfer is done', () => {
    for (const state of STATES) {
      const share = toShare(create(state, 100));
      if (state === 'done') expect(share).toBe(1);
      else expect(share ?? 0).toBeLessThan(1);
    }
  });

  it('is the share of the bytes while they move', () => {
    expect(toShare(create('sending', 25))).toBe(0.25);
    expect(toShare({ ...create('receiving'), sizeBytes: 0 })).toBe(0);
  });

  it('cannot be told while the file is being looked at', () => {
    expect(toShare(create('preparing'))).toBeNull();
  });
});

/** Counts a queue that has been at work since {@link SAMPLE_NOW}. */
const summarize = (transfers: readonly Transfer[]) => summarizeTransfers(transfers, SAMPLE_NOW);

describe('summarizeTransfers', () => {
  it('counts every state once', () => {
    const { counts, wanted, active } = summarize(STATES.map((state) => create(state)));
    for (const state of STATES) expect(counts[state]).toBe(1);
    expect(wanted).toBe(STATES.length - 2);
    expect(active).toBe(STATES.filter(isActive).length);
  });

  it('takes nothing for active that has ended or waits for a person', () => {
    for (const state of STATES) expect(isActive(state)).toBe(!isFinished(state) && state !== 'asking');
  });

  it('sums the bytes of what is done or goes on, and of nothing else', () => {
    const summary = summarize([
      create('sending', 40),
      create('failed', 70),
      create('unknown', 100),
      create('asking'),
      create('done'),
      create('cancelled', 5),
      create('skipped'),
    ]);
    expect(summary).toMatchObject({ transferredBytes: 140, totalBytes: 200 });
  });

  it('lets no progress begin with what was over before', () => {
    const before = STATES.filter(isFinished).map((state) => ({
      ...create(state),
      stateSince: SAMPLE_NOW - 1,
    }));
    const { counts, doneNow, wanted, transferredBytes, totalBytes } = summarize([
      ...before,
      ...before,
      create('sending', 1),
      create('done'),
      create('failed'),
    ]);
    expect([doneNow, wanted, transferredBytes, totalBytes]).toEqual([1, 3, 101, 200]);
    expect([counts.done, counts.failed, counts.unknown]).toEqual([3, 3, 2]);
  });

  it('takes nothing for done now while the queue is at rest', () => {
    const { counts, doneNow, wanted } = summarizeTransfers([create('done'), create('queued')], null);
    expect([counts.done, doneNow, wanted]).toEqual([1, 0, 1]);
  });

  it('never counts more bytes than a file has', () => {
    expect(summarize([create('sending', 250)]).transferredBytes).toBe(100);
  });

  it('counts no bytes of an attempt that is over for one that is to come', () => {
    const { transferredBytes, totalBytes } = summarize([create('queued', 100), create('preparing', 60)]);
    expect([transferredBytes, totalBytes]).toEqual([0, 200]);
  });

  it('knows when the last byte of any transfer moved', () => {
    const still = { ...create('sending'), progressedAt: SAMPLE_NOW - 9000, stateSince: SAMPLE_NOW - 20_000 };
    const fresh = { ...create('receiving'), progressedAt: SAMPLE_NOW - 1000, stateSince: SAMPLE_NOW - 3000 };
    expect(summarize([still, fresh]).movedAt).toBe(SAMPLE_NOW - 1000);
    expect(summarize([create('waitingForServer'), create('queued')]).movedAt).toBeNull();
  });
});

describe('toUnconfirmedShare', () => {
  it('stays short of its end while anything goes on', () => {
    const { transferredBytes, totalBytes } = summarize([create('done'), create('waitingForServer', 100)]);
    expect(toUnconfirmedShare(transferredBytes, totalBytes)).toBe(0.99);
    expect(toUnconfirmedShare(0, 0)).toBe(0);
  });
});

describe('toMovedAt', () => {
  it('is the beginning of the sending before the first byte of this attempt', () => {
    expect(toMovedAt({ ...create('sending'), progressedAt: null })).toBe(SAMPLE_NOW);
    expect(toMovedAt({ ...create('sending'), progressedAt: SAMPLE_NOW - 60_000 })).toBe(SAMPLE_NOW);
  });
});
