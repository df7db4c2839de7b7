import type { AppError } from '#app/errors.ts';
import { toBackOff } from '../../engine/back-off.ts';
import type { Clock } from '../../engine/clock.ts';
import { judgeFailure, MAX_ATTEMPTS } from './failure-policy.ts';
import type { Holds } from './holds.ts';
import type { StoredTransfer } from './stored-transfer.ts';
import type { TransferStore } from './transfer-store.ts';

/** What settling needs of the queue. */
export interface SettleParts {
  readonly store: TransferStore;
  readonly clock: Clock;
  readonly holds: Holds;
  /** Puts a transfer that is `queued` among those that wait. */
  readonly enqueue: (stored: StoredTransfer, place: 'front' | 'back') => void;
  /** Removes what an attempt has left on the disk; never rejects. */
  readonly discard: (stored: StoredTransfer) => Promise<void>;
  /** Aborted when the queue closes: what is stopped by it is kept for the next time. */
  readonly closing: AbortSignal;
}

/** Decides what becomes of transfers whose attempt has surely left nothing on the server. */
export interface Settle {
  /** Of one that a person or a close has stopped. */
  stopped(stored: StoredTransfer): Promise<void>;
  failed(stored: StoredTransfer, error: AppError): Promise<void>;
  /** Of one that may not begin after all. */
  postponed(stored: StoredTransfer): void;
  /** Of an upload that was looked for and is not there. */
  absent(stored: StoredTransfer): void;
}

/** Makes it. */
export function createSettle({ store, clock, holds, enqueue, discard, closing }: SettleParts): Settle {
  const tryLater = (stored: StoredTransfer, error: AppError, afterMs: number) => {
    const retryAt = clock.now() + Math.max(toBackOff(stored.transfer.attempts), afterMs);
    store.move(stored, 'queued', { error, sent: null, startedAt: null, retryAt });
    enqueue(stored, 'back');
  };
  /** Uploads that were refused with a 403: a second one is about the file, whatever the first was about. */
  const forbidden = new WeakSet<StoredTransfer>();
  const isForbiddenAgain = (stored: StoredTransfer, error: AppError) => {
    if (error.code !== 'uploadForbidden') return false;
    const isAgain = forbidden.has(stored) || stored.transfer.error?.code === error.code;
    forbidden.add(stored);
    return isAgain;
  };
  return {
    stopped: async (stored) => {
      await discard(stored);
      const isKept = closing.aborted && !stored.isCancelWanted;
      store.move(stored, isKept ? 'queued' : 'cancelled', { error: null, sent: null, startedAt: null });
    },
    failed: async (stored, error) => {
      const verdict = isForbiddenAgain(stored, error) ? ({ kind: 'fail' } as const) : judgeFailure(error);
      const { attempts, id } = stored.transfer;
      const isUpload = stored.request.direction === 'upload';
      if (verdict.kind === 'hold' && (verdict.scope === 'all' || isUpload)) {
        // It could not use its turn: it keeps its place, and the attempt does not count.
        const unused = { error, sent: null, startedAt: null, attempts: Math.max(0, attempts - 1) };
        store.move(stored, 'queued', unused);
        holds.add(verdict.scope, error, id);
        enqueue(stored, 'front');
      } else if (verdict.kind === 'retry' && attempts < MAX_ATTEMPTS) {
        holds.noteFailure(error);
        tryLater(stored, error, verdict.afterMs ?? 0);
      } else {
        await discard(stored);
        store.move(stored, 'failed', { error, sent: null });
      }
    },
    postponed: (stored) => {
      const attempts = Math.max(0, stored.transfer.attempts - 1);
      store.move(stored, 'queued', { sent: null, startedAt: null, attempts });
      enqueue(stored, 'front');
    },
    absent: (stored) => {
      const { error, attempts } = stored.transfer;
      const cause: AppError =
        error === null || error.code === 'diskSilent' ? { code: 'connectionLost' } : error;
      const verdict = judgeFailure(cause);
      if (stored.isCancelWanted) {
        store.move(stored, 'cancelled', { error: null, sent: null, startedAt: null });
      } else if (verdict.kind === 'fail' || attempts >= MAX_ATTEMPTS) {
        store.move(stored, 'failed', { error: cause, sent: null });
      } else {
        const askedMs = verdict.kind === 'retry' ? (verdict.afterMs ?? 0) : 0;
        // The server's wait began with its answer, and some of it went by with the look.
        const lookedMs = clock.now() - (stored.sent?.brokeAt ?? clock.now());
        tryLater(stored, cause, askedMs - lookedMs);
      }
    },
  };
}
