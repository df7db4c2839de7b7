import { type AppError, AppFailure } from '#app/errors.ts';
import type { Transfer } from '#app/transfers/transfer.ts';
import type { OpenRouterClient } from '../../openrouter/client.ts';
import { type BodyReach, UploadFailure } from '../../openrouter/upload-failure.ts';
import type { AttemptReport } from '../attempt.ts';
import { confirmUpload } from '../uploads/confirm-upload.ts';
import type { Ledger } from '../uploads/ledger.ts';
import { createListingLook } from '../uploads/listing-look.ts';
import { StoredMixture } from '../uploads/upload-attempt.ts';
import type { Clock } from './clock.ts';
import { judgeFailure, MAX_ATTEMPTS, toBackOff } from './failure-policy.ts';
import type { Holds } from './holds.ts';
import { createSaveWorker, toSaved } from './save-worker.ts';
import type { Speed } from './speed.ts';
import type { StoredTransfer } from './stored-transfer.ts';
import type { TransferStore } from './transfer-store.ts';
import { createUploadWorker, type KnownFiles, type UploadWorker } from './upload-worker.ts';

/** What the workers are made of. */
export interface TransferWorkersParts {
  readonly store: TransferStore;
  readonly clock: Clock;
  readonly holds: Holds;
  readonly speed: Speed;
  /** Puts a transfer that is `queued` among those that wait. */
  readonly enqueue: (stored: StoredTransfer, place: 'front' | 'back') => void;
  readonly services: {
    readonly client: Pick<OpenRouterClient, 'uploadFile' | 'openContent' | 'listFiles'>;
    readonly files: KnownFiles;
    readonly ledger: Ledger;
  };
  /** Aborted when the queue closes: what is stopped by it is kept for the next time. */
  readonly closing: AbortSignal;
  /** Told when work on a transfer that did not run in a turn of its own has ended. */
  readonly onSettled: () => void;
  readonly toUnexpected: (cause: unknown) => AppError;
}

/** Carries transfers from one state to the next. */
export interface TransferWorkers {
  /** Makes one attempt of a queued transfer, and decides what follows from how it ended. Never rejects. */
  run(stored: StoredTransfer): Promise<void>;
  /** See {@link UploadWorker.askAboutRoom}. */
  readonly askAboutRoom: UploadWorker['askAboutRoom'];
  /** Looks for an `interrupted` upload on the server, and decides what follows. */
  lookFor(stored: StoredTransfer): void;
  /** Looks again for an `unknown` one, without ever sending it by itself. */
  checkAgain(stored: StoredTransfer): void;
  /** Ends a transfer in whatever state; a finished one is passed over. */
  cancel(stored: StoredTransfer): void;
  /** Goes on with a save that the app's end has met, or left something for. */
  recover(stored: StoredTransfer): void;
  /** Whether another upload of this name is under way: two at once could not be told apart in a listing. */
  isNameBusy(transfer: Transfer): boolean;
  /** Whether any upload is being looked for. */
  isLooking(): boolean;
  /** Settles when no work is under way any more; `closing` has been aborted. */
  whenStopped(): Promise<void>;
}

/** Makes the workers of a queue. */
export function createTransferWorkers(parts: TransferWorkersParts): TransferWorkers {
  const { store, clock, holds, closing, services } = parts;
  const uploads = createUploadWorker({ store, clock, ...services, uploadFile: services.client.uploadFile });
  const saves = createSaveWorker(store, services.client.openContent);
  const look = createListingLook(services.client.listFiles, closing);
  /** What stops the work on a transfer. */
  const controllers = new Map<StoredTransfer, AbortController>();
  const busyNames = new Set<string>();
  const looking = new Set<StoredTransfer>();
  const tasks = new Set<Promise<void>>();

  const track = (task: Promise<void>) => {
    const tracked = task.finally(() => tasks.delete(tracked));
    tasks.add(tracked);
    return tracked;
  };

  const work = async (stored: StoredTransfer) => {
    const controller = new AbortController();
    controllers.set(stored, controller);
    busyNames.add(toBusyName(stored.transfer));
    const { attempts } = stored.transfer;
    const begin = { startedAt: clock.now(), attempts: attempts + 1, retryAt: null };
    store.move(stored, 'preparing', begin);
    store.progress(stored, 0);
    try {
      const signal = AbortSignal.any([controller.signal, closing]);
      const worker = stored.request.direction === 'upload' ? uploads : saves;
      await worker.attempt(stored, createReport(parts, stored), signal);
      holds.noteSuccess();
    } catch (cause) {
      await settle(stored, cause);
    } finally {
      // One that is being looked for has another by now.
      if (controllers.get(stored) === controller) controllers.delete(stored);
      if (stored.transfer.state !== 'interrupted') busyNames.delete(toBusyName(stored.transfer));
    }
  };

  /** Decides what follows from a failed attempt. */
  const settle = async (stored: StoredTransfer, cause: unknown) => {
    const isStopped = closing.aborted || stored.isCancelWanted;
    const error = isStopped && isAbort(cause) ? CANCELLED : toError(cause, parts.toUnexpected);
    if (cause instanceof StoredMixture) {
      uploads.claim(cause.file);
      store.change(stored, { fileId: cause.file.id });
    }
    const reached = reachOf(stored, cause);
    const isOpen = reached === 'all' || (reached === 'part' && judgeFailure(error).kind !== 'fail');
    if (stored.sent && isOpen) {
      const sent = {
        ...stored.sent,
        reached: reached === 'part' ? 'part' : 'all',
        brokeAt: clock.now(),
      } as const;
      store.move(stored, 'interrupted', { error: error === CANCELLED ? null : error, sent });
      if (!closing.aborted) lookFor(stored);
      return;
    }
    if (error.code === 'cancelled') await stop(stored);
    else await goOn(stored, error);
  };

  /** Ends what was stopped and surely left nothing on the server. */
  const stop = async (stored: StoredTransfer) => {
    if (stored.request.direction === 'save') await saves.discard(stored);
    const isKept = closing.aborted && !stored.isCancelWanted;
    store.move(stored, isKept ? 'queued' : 'cancelled', { error: null, sent: null, startedAt: null });
  };

  /** Goes on after a failure that surely left nothing on the server. */
  const goOn = async (stored: StoredTransfer, error: AppError) => {
    const verdict = judgeFailure(error);
    const { attempts } = stored.transfer;
    const again = { error, sent: null, startedAt: null };
    if (verdict.kind === 'hold') {
      store.move(stored, 'queued', { ...again, attempts: Math.max(0, attempts - 1) });
      holds.add(verdict.scope, error);
      parts.enqueue(stored, 'front');
    } else if (verdict.kind === 'retry' && attempts < MAX_ATTEMPTS) {
      const retryAt = clock.now() + Math.max(toBackOff(attempts), verdict.afterMs ?? 0);
      store.move(stored, 'queued', { ...again, retryAt });
      parts.enqueue(stored, 'back');
    } else {
      if (stored.request.direction === 'save') await saves.discard(stored);
      store.move(stored, 'failed', { error, sent: null });
    }
  };

  const find = async (stored: StoredTransfer, sent: NonNullable<StoredTransfer['sent']>) => {
    const controller = new AbortController();
    controllers.set(stored, controller);
    busyNames.add(toBusyName(stored.transfer));
    looking.add(stored);
    try {
      const found = await confirmUpload(
        { name: stored.transfer.name, sent: { ...sent, brokeAt: sent.brokeAt ?? clock.now() } },
        { clock, look, isClaimed: uploads.isClaimed, waitOut },
        AbortSignal.any([controller.signal, closing]),
      );
      if (found.kind === 'found') uploads.complete(stored, found.file);
      else if (found.kind === 'absent') settleAbsent(stored);
      else store.move(stored, 'unknown', { error: { code: 'maybeUploaded', reason: found.reason } });
    } catch (cause) {
      // What a close stops is looked for at the next start.
      if (!closing.aborted) endLook(stored, controller.signal.aborted ? null : cause);
    } finally {
      looking.delete(stored);
      controllers.delete(stored);
      busyNames.delete(toBusyName(stored.transfer));
      parts.onSettled();
    }
  };
  /** Ends a look that a person stopped (null) or that failed. */
  const endLook = (stored: StoredTransfer, cause: unknown) => {
    if (cause !== null) parts.toUnexpected(cause);
    if (cause === null && stored.sent?.reached === 'part') {
      store.move(stored, 'cancelled', { error: null, sent: null, startedAt: null });
    } else {
      const reason = cause === null ? 'stopped' : 'lookFailed';
      store.move(stored, 'unknown', { error: { code: 'maybeUploaded', reason } });
    }
  };
  const waitOut = async (error: AppError, signal: AbortSignal) => {
    const verdict = judgeFailure(error);
    holds.add(verdict.kind === 'hold' ? verdict.scope : 'all', error);
    await holds.whenClear(signal);
  };

  /** Goes on with an upload that is surely not on the server. */
  const settleAbsent = (stored: StoredTransfer) => {
    const { error, attempts } = stored.transfer;
    const cause: AppError = error ?? { code: 'connectionLost' };
    if (stored.isCancelWanted) {
      store.move(stored, 'cancelled', { error: null, sent: null, startedAt: null });
    } else if (judgeFailure(cause).kind === 'fail' || attempts >= MAX_ATTEMPTS) {
      store.move(stored, 'failed', { error: cause, sent: null });
    } else {
      const retryAt = clock.now() + toBackOff(attempts);
      store.move(stored, 'queued', { sent: null, startedAt: null, retryAt });
      parts.enqueue(stored, 'back');
    }
  };

  const lookFor = (stored: StoredTransfer) => {
    const { sent } = stored;
    if (!sent) throw new Error('An interrupted upload has no mark of what was sent');
    void track(find(stored, sent));
  };

  const recover = async (stored: StoredTransfer) => {
    try {
      const path = await saves.recover(stored);
      if (path !== null) {
        store.moveAfterRestart(stored, 'done', toSaved(path));
        store.progress(stored, stored.transfer.sizeBytes);
        return;
      }
    } catch (cause) {
      // Its folder may be gone: the next attempt says so.
      if (!(cause instanceof AppFailure)) parts.toUnexpected(cause);
    }
    const state = stored.isCancelWanted ? 'cancelled' : 'queued';
    if (stored.transfer.state !== 'queued') {
      store.moveAfterRestart(stored, state, { placing: null, startedAt: null });
    }
    // A person may have cancelled it meanwhile.
    if (stored.transfer.state === 'queued') parts.enqueue(stored, 'front');
    parts.onSettled();
  };

  return {
    run: (stored) => track(work(stored)),
    askAboutRoom: uploads.askAboutRoom,
    lookFor,
    checkAgain: (stored) => {
      // Found absent by a person's wish, it is for the person to send it again: no attempt is left.
      store.move(stored, 'interrupted', { error: { code: 'connectionLost' }, attempts: MAX_ATTEMPTS });
      lookFor(stored);
    },
    cancel: (stored) => {
      const { state } = stored.transfer;
      const controller = controllers.get(stored);
      if (controller) {
        if (state !== 'interrupted') store.change(stored, { isCancelWanted: true });
        controller.abort(new AppFailure(CANCELLED));
      } else if (state === 'queued' || state === 'asking') {
        store.move(stored, 'cancelled', { question: null, retryAt: null, error: null });
        if (stored.request.direction === 'save') void track(saves.discard(stored));
      }
    },
    recover: (stored) => void track(recover(stored)),
    isNameBusy: (transfer) => transfer.direction === 'upload' && busyNames.has(toBusyName(transfer)),
    isLooking: () => looking.size > 0,
    whenStopped: async () => {
      while (tasks.size > 0) await Promise.allSettled(tasks);
    },
  };
}

const CANCELLED: AppError = { code: 'cancelled' };

/** Saves and uploads of one name do not meet: their keys differ. */
function toBusyName({ direction, name, id }: Transfer): string {
  return direction === 'upload' ? `upload ${name.normalize('NFC')}` : `save ${id}`;
}

function createReport({ store, speed, clock }: TransferWorkersParts, stored: StoredTransfer): AttemptReport {
  return {
    move: (state) => store.move(stored, state),
    size: (sizeBytes) => {
      if (sizeBytes !== stored.transfer.sizeBytes) store.change(stored, { sizeBytes });
    },
    progress: (transferredBytes) => {
      const { state, transferredBytes: before } = stored.transfer;
      // What an attempt finds there already has not moved now.
      if (state !== 'preparing') speed.add(Math.max(0, transferredBytes - before), clock.now());
      store.progress(stored, transferredBytes);
    },
  };
}

/** How much of an upload's body may have left. Of a failure that does not say, everything counts as sent once sending began. */
function reachOf({ transfer }: StoredTransfer, cause: unknown): BodyReach {
  if (cause instanceof UploadFailure) return cause.reached;
  return transfer.state === 'sending' || transfer.state === 'waitingForServer' ? 'all' : 'nothing';
}

function toError(cause: unknown, toUnexpected: (cause: unknown) => AppError): AppError {
  return cause instanceof AppFailure ? cause.error : toUnexpected(cause);
}

function isAbort(cause: unknown): boolean {
  return (
    (cause instanceof AppFailure && cause.error.code === 'cancelled') ||
    (cause instanceof Error && cause.name === 'AbortError')
  );
}
