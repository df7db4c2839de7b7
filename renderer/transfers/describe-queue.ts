import type { TransferQueueStatus } from '#app/transfers/transfer.ts';
import { formatCount, formatElapsed, formatSpeed, formatTimeLeft } from '../texts/format.ts';
import { texts } from '../texts/texts.ts';
import type { TransferSummary } from './transfer-progress.ts';

/** From then on a transfer whose bytes do not move says so, in milliseconds. */
export const STALL_MS = 5000;

/**
 * Says how the queue stands at a time, given in milliseconds since the epoch: "3 of 12 · 4.2 MiB/s · about 2 min left", or
 * at rest "12 done".
 */
export function describeQueue(summary: TransferSummary, status: TransferQueueStatus, now: number): string {
  const words = texts.transfers;
  const { counts, doneNow, wanted, active } = summary;
  const troubles = [
    ...(counts.asking === 0 ? [] : [words.asking(counts.asking)]),
    ...(counts.failed === 0 ? [] : [words.failed(counts.failed)]),
    ...(counts.unknown === 0 ? [] : [words.unknown(counts.unknown)]),
  ];
  if (active === 0) return words.facts([...describeOver(summary), ...troubles]);
  const paused = status.isPaused ? [words.paused] : [];
  const queued = counts.queued === 0 ? [] : [words.queued(counts.queued)];
  if (status.busySince === null) {
    const interrupted = counts.interrupted === 0 ? [] : [words.interrupted(counts.interrupted)];
    return words.facts([...describeOver(summary), ...paused, ...troubles, ...interrupted, ...queued]);
  }
  return words.facts([
    words.doneOf(formatCount(doneNow), formatCount(wanted)),
    ...paused,
    ...describePace(summary, status, now),
    ...troubles,
    ...queued,
  ]);
}

/** Counts what is over: "128 done", "3 cancelled". */
export function describeOver({ counts }: Pick<TransferSummary, 'counts'>): readonly string[] {
  const words = texts.transfers;
  return [
    ...(counts.done === 0 ? [] : [words.done(counts.done)]),
    ...(counts.cancelled === 0 ? [] : [words.cancelled(counts.cancelled)]),
    ...(counts.skipped === 0 ? [] : [words.skippedCount(counts.skipped)]),
  ];
}

/** Speed and time left while bytes move; that and for how long they do not; nothing when there is nothing to tell. */
function describePace(summary: TransferSummary, status: TransferQueueStatus, now: number): readonly string[] {
  const words = texts.transfers;
  const { counts, moving, movedAt, totalBytes, transferredBytes } = summary;
  if (movedAt !== null && now - movedAt >= STALL_MS) return [words.stalled(formatElapsed(now - movedAt))];
  if (moving === 0 && counts.waitingForServer > 0) return [words.waiting];
  if (moving === 0 || status.bytesPerSecond <= 0) return [];
  const speed = formatSpeed(status.bytesPerSecond);
  const comesToAnEnd = !status.isPaused && status.holds.length === 0;
  if (!comesToAnEnd) return [speed];
  const leftMs = ((totalBytes - transferredBytes) / status.bytesPerSecond) * 1000;
  return [speed, words.timeLeft(formatTimeLeft(leftMs))];
}
