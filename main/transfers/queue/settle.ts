import type { AppError } from '#app/errors.ts';
import { toBackOff } from '../../engine/back-off.ts';
import type { Clock } from '../../engine/clock.ts';
import type { Pacer } from '../../engine/pacer.ts';
import { MAX_ATTEMPTS, toAskedWait, toRetryPolicy, type WorkKind } from '../../engine/retry-policy.ts';
import type { StoredTransfer } from './stored-transfer.ts';
import type { TransferStore } from './transfer-store.ts';

/** What settling needs of the queue. */
export interface SettleParts {
  readonly store: TransferStore;
  readonly clock: Clock;
  readonly pacer: Pacer;
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
export function createSettle({ store, clock, pacer, enqueue, discard, closing }: SettleParts): Settle {
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
      const kind = toWorkKind(stored);
      const { attempts, id } = stored.transfer;
      const { retry } = toRetryPolicy(error, kind);
      const isOver = retry === 'later' ? attempts >= MAX_ATTEMPTS.transfer : isForbiddenAgain(stored, error);
      if (isOver || retry === 'never') {
        await discard(stored);
        store.move(stored, 'failed', { error, sent: null });
      } else if (retry === 'later') {
        pacer.noteFailure(kind, error, id);
        tryLater(stored, error, toAskedWait(error) ?? 0);
      } else {
        // It could not use its turn: it keeps its place, and the attempt does not count.
        const unused = { error, sent: null, startedAt: null, attempts: Math.max(0, attempts - 1) };
        store.move(stored, 'queued', unused);
        pacer.noteFailure(kind, error, id);
        enqueue(stored, 'front');
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
      const { retry } = toRetryPolicy(cause, 'upload');
      if (stored.isCancelWanted) {
        store.move(stored, 'cancelled', { error: null, sent: null, startedAt: null });
      } else if (retry === 'never' || attempts >= MAX_ATTEMPTS.transfer) {
        store.move(stored, 'failed', { error: cause, sent: null });
      } else {
        const askedMs = retry === 'later' ? (toAskedWait(cause) ?? 0) : 0;
        // The server's wait began with its answer, and some of it went by with the look.
        const lookedMs = clock.now() - (stored.sent?.brokeAt ?? clock.now());
        tryLater(stored, cause, askedMs - lookedMs);
      }
    },
  };
}

/** Gives what kind of work a transfer is. */
export function toWorkKind({ request }: StoredTransfer): WorkKind {
  return request.direction === 'upload' ? 'upload' : 'download';
}
