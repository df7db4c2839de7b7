import { describe, expect, it } from 'vitest';
import type { Transfer, TransferQueueStatus } from '#app/transfers/transfer.ts';
import { describeQueue } from './describe-queue.ts';
import { createSampleTransfer, SAMPLE_NOW, SAMPLE_STATUS } from './sample-transfer.ts';
import { summarizeTransfers } from './transfer-progress.ts';

const MIB = 1024 * 1024;

function say(
  transfers: readonly Partial<Transfer>[],
  status: Partial<TransferQueueStatus> = {},
  now = SAMPLE_NOW,
): string {
  const queue = { ...SAMPLE_STATUS, ...status };
  const summary = summarizeTransfers(
    transfers.map((given) => createSampleTransfer(given)),
    queue.busySince,
  );
  return describeQueue(summary, queue, now).replaceAll('\u00A0', ' ');
}

const sending = { state: 'sending', sizeBytes: 100 * MIB, progressedAt: SAMPLE_NOW } as const;

describe('describeQueue', () => {
  it('tells how many, how fast and for how long', () => {
    const transfers = [
      { state: 'done', sizeBytes: 5 },
      { ...sending, transferredBytes: 40 * MIB },
      {},
    ] as const;
    expect(say(transfers, { bytesPerSecond: MIB })).toBe('1 of 3 · 1 MiB/s · about 2 min left · 1 queued');
  });

  it('tells a stall instead of a speed, however fast it was before', () => {
    expect(say([sending], { bytesPerSecond: MIB }, SAMPLE_NOW + 12_000)).toBe('0 of 1 · no data for 12 s');
    expect(say([sending], { bytesPerSecond: MIB }, SAMPLE_NOW + 4000)).toContain('MiB/s');
  });

  it('promises no end while paused or held up', () => {
    expect(say([sending], { bytesPerSecond: MIB, isPaused: true })).toBe('0 of 1 · Paused · 1 MiB/s');
    const hold = { scope: 'uploads', error: { code: 'offline' }, resumesAt: null } as const;
    expect(say([sending], { bytesPerSecond: MIB, holds: [hold] })).toBe('0 of 1 · 1 MiB/s');
  });

  it('tells that the answer is awaited when nothing else happens', () => {
    expect(say([{ state: 'waitingForServer' }], { bytesPerSecond: 100 })).toBe(
      '0 of 1 · waiting for OpenRouter',
    );
  });

  it('always tells what needs a person', () => {
    const troubles = [{ state: 'failed' }, { state: 'unknown' }, { state: 'asking' }] as const;
    expect(say([...troubles, sending])).toBe('0 of 4 · 1 question · 1 failed · 1 unknown');
    expect(say([...troubles, { state: 'done' }])).toBe('1 done · 1 question · 1 failed · 1 unknown');
  });

  it('begins anew with work that begins after a rest', () => {
    const before = { state: 'done', stateSince: SAMPLE_NOW - 1 } as const;
    expect(say([before, { ...before, state: 'failed' }, { state: 'done' }, sending])).toBe(
      '1 of 2 · 1 failed',
    );
  });

  it('tells what is over and what waits while nothing is worked on', () => {
    const transfers = [{ state: 'done' }, { state: 'interrupted' }, {}, {}] as const;
    expect(say(transfers, { busySince: null })).toBe('1 done · 1 interrupted · 2 queued');
    expect(say(transfers.slice(2), { busySince: null, isPaused: true })).toBe('Paused · 2 queued');
  });

  it('counts what was cancelled or skipped apart, and not as wanted', () => {
    expect(say([sending, { state: 'cancelled' }, { state: 'skipped' }])).toBe('0 of 1');
    expect(say([{ state: 'done' }, { state: 'cancelled' }, { state: 'skipped' }])).toBe(
      '1 done · 1 cancelled · 1 skipped',
    );
  });
});
