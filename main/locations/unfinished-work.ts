import type { UnfinishedWork } from '#app/texts/native-texts.ts';
import type { TransferQueue } from '../transfers/queue/transfer-queue.ts';
import type { OpenLocation } from './open-location.ts';

/** Says what is under way in a location, or waits for its time. */
export function toUnfinishedWork({ transfers, deletions }: OpenLocation): UnfinishedWork {
  return {
    hasTransfers: transfers.queue.isBusy(),
    isDeleting: deletions.isCarryingOut(),
    waitingCount: deletions.waitingCount(),
  };
}

/** Whether bytes may move now or in a moment: not while everything waits for the network or the server. */
export function isTransferring(queue: Pick<TransferQueue, 'isBusy' | 'status'>): boolean {
  return queue.isBusy() && !queue.status().holds.some(({ scope }) => scope === 'all');
}

/** Whether anything is under way, or would begin without a person's word. */
export function isBusy(location: OpenLocation | undefined): boolean {
  if (!location) return false;
  const { hasTransfers, isDeleting, waitingCount } = toUnfinishedWork(location);
  return hasTransfers || isDeleting || waitingCount > 0;
}

/**
 * Asks a person who quits. What the question says of deletions that can still be taken back stays true while it is open;
 * with "stop" they are taken back.
 */
export async function askAboutWork<Answer extends string>(
  location: OpenLocation | undefined,
  ask: (work: UnfinishedWork) => Promise<Answer>,
): Promise<Answer | 'stop'> {
  if (!location) return 'stop';
  const release = location.deletions.hold();
  try {
    const answer = await ask(toUnfinishedWork(location));
    if (answer === 'stop') location.deletions.undoWaiting();
    return answer;
  } finally {
    release();
  }
}
