import { describe, expect, it } from 'vitest';
import type { Transfer, TransferState } from '#app/transfers/transfer.ts';
import { isFinished, TRANSFER_TRANSITIONS } from '#app/transfers/transfer-states.ts';
import { createSampleTransfer, SAMPLE_NOW } from './sample-transfer.ts';
import { isActive, summarizeTransfers, toMovedAt, toShare } from './transfer-progress.ts';

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

describe('summarizeTransfers', () => {
  it('counts every state once', () => {
    const { counts, wanted, active } = summarizeTransfers(STATES.map((state) => create(state)));
    for (const state of STATES) expect(counts[state]).toBe(1);
    expect(wanted).toBe(STATES.length - 2);
    expect(active).toBe(STATES.filter(isActive).length);
  });

  it('takes nothing for active that has ended or waits for a person', () => {
    for (const state of STATES) expect(isActive(state)).toBe(!isFinished(state) && state !== 'asking');
  });

  it('sums the bytes of what is done or goes on, and of nothing else', () => {
    const summary = summarizeTransfers([
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

  it('never counts more bytes than a file has', () => {
    expect(summarizeTransfers([create('sending', 250)]).transferredBytes).toBe(100);
  });

  it('counts no bytes of an attempt that is over for one that is to come', () => {
    const { transferredBytes, totalBytes } = summarizeTransfers([
      create('queued', 100),
      create('preparing', 60),
    ]);
    expect([transferredBytes, totalBytes]).toEqual([0, 200]);
  });

  it('knows when the last byte of any transfer moved', () => {
    const still = { ...create('sending'), progressedAt: SAMPLE_NOW - 9000, stateSince: SAMPLE_NOW - 20_000 };
    const fresh = { ...create('receiving'), progressedAt: SAMPLE_NOW - 1000, stateSince: SAMPLE_NOW - 3000 };
    expect(summarizeTransfers([still, fresh]).movedAt).toBe(SAMPLE_NOW - 1000);
    expect(summarizeTransfers([create('waitingForServer'), create('queued')]).movedAt).toBeNull();
  });
});

describe('toMovedAt', () => {
  it('is the beginning of the sending before the first byte of this attempt', () => {
    expect(toMovedAt({ ...create('sending'), progressedAt: null })).toBe(SAMPLE_NOW);
    expect(toMovedAt({ ...create('sending'), progressedAt: SAMPLE_NOW - 60_000 })).toBe(SAMPLE_NOW);
  });
});
