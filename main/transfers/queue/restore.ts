import { assertNever } from '#app/assert-never.ts';
import { BACK_OFF } from '../../engine/back-off.ts';
import type { Clock } from '../../engine/clock.ts';
import type { StoredTransfer } from './stored-transfer.ts';
import type { TransferStore } from './transfer-store.ts';
import type { TransferWorkers } from './transfer-workers.ts';

/** What going on after a restart needs of the queue. */
export interface RestoreParts {
  readonly store: TransferStore;
  readonly workers: Pick<TransferWorkers, 'lookFor' | 'recover'>;
  readonly clock: Clock;
  /** Whether some of the queue's records were lost: then a mark of what was sent may be among them. */
  readonly hasLostRecords: boolean;
  readonly enqueue: (stored: StoredTransfer, place: 'front' | 'back') => void;
}

/**
 * Goes on with what an earlier run left. What is finished or awaits an answer stays; an upload of which a byte may have
 * left is looked for on the server; a save begins anew, unless it only lacked its name.
 */
export function restoreTransfers(parts: RestoreParts): void {
  const { store, clock } = parts;
  for (const stored of store.all()) {
    const { retryAt, error } = stored.transfer;
    // It was so in another run.
    if (error?.code === 'diskSilent') store.change(stored, { error: null });
    // A clock that was set back must not make it wait for hours.
    if (retryAt !== null && retryAt > clock.now() + 2 * BACK_OFF.maxMs)
      store.change(stored, { retryAt: null });
    restore(stored, parts);
  }
}

function restore(stored: StoredTransfer, { store, workers, hasLostRecords, enqueue }: RestoreParts): void {
  switch (stored.transfer.state) {
    case 'queued':
      // An attempt before may have kept its part for this one; what it is worth is no longer known.
      if (stored.request.direction === 'save' && stored.transfer.attempts > 0) workers.recover(stored);
      else enqueue(stored, 'back');
      return;
    case 'interrupted':
      workers.lookFor(stored);
      return;
    case 'preparing':
    case 'sending':
    case 'waitingForServer':
    case 'receiving':
    case 'verifying':
      break;
    case 'asking':
    case 'done':
    case 'failed':
    case 'cancelled':
    case 'skipped':
    case 'unknown':
      return;
    default:
      assertNever(stored.transfer.state);
  }
  if (stored.request.direction === 'save') {
    workers.recover(stored);
  } else if (stored.sent) {
    store.moveAfterRestart(stored, 'interrupted');
    workers.lookFor(stored);
  } else if (hasLostRecords || stored.transfer.state !== 'preparing') {
    const error = { code: 'maybeUploaded', reason: 'lookFailed' } as const;
    store.moveAfterRestart(stored, 'unknown', { error });
  } else if (stored.isCancelWanted) {
    store.moveAfterRestart(stored, 'cancelled', { startedAt: null });
  } else {
    store.moveAfterRestart(stored, 'queued', { startedAt: null });
    enqueue(stored, 'front');
  }
}
