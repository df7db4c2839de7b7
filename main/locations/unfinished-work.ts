import type { UnfinishedWork } from '#app/texts/native-texts.ts';
import type { TransferQueue } from '../transfers/queue/transfer-queue.ts';
import type { OpenLocation } from './open-location.ts';

/** Says what is under way in locations, or waits for its time. */
export function toUnfinishedWork(locations: readonly OpenLocation[]): UnfinishedWork {
  return {
    hasTransfers: locations.some(({ transfers }) => transfers.queue.isBusy()),
    isDeleting: locations.some(({ deletions }) => deletions.isCarryingOut()),
    waitingCount: locations.reduce((sum, { deletions }) => sum + deletions.waitingCount(), 0),
  };
}

/** Whether bytes may move now or in a moment: not while everything waits for the network or the server. */
export function isTransferring(queue: Pick<TransferQueue, 'isBusy' | 'status'>): boolean {
  return queue.isBusy() && !queue.status().holds.some(({ scope }) => scope === 'all');
}

/** Whether anything is under way, or would begin without a person's word. */
export function isBusy(locations: readonly OpenLocation[]): boolean {
  const { hasTransfers, isDeleting, waitingCount } = toUnfinishedWork(locations);
  return hasTransfers || isDeleting || waitingCount > 0;
}

/**
 * Asks a person who quits. What the question says of deletions that can still be taken back stays true while it is open;
 * with "stop" they are taken back.
 */
export async function askAboutWork<Answer extends string>(
  locations: readonly OpenLocation[],
  ask: (work: UnfinishedWork) => Promise<Answer>,
): Promise<Answer> {
  const releases = locations.map(({ deletions }) => deletions.hold());
  try {
    const answer = await ask(toUnfinishedWork(locations));
    if (answer === 'stop') for (const { deletions } of locations) deletions.undoWaiting();
    return answer;
  } finally {
    for (const release of releases) release();
  }
}
