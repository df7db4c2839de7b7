import { type AppError, AppFailure } from '#app/errors.ts';
import type { Transfer } from '#app/transfers/transfer.ts';
import type { DiskPatience } from '../../disk/disk-patience.ts';
import { patientDisk } from '../../disk/patient-disk.ts';
import { type WatchedDisk, watchDisk } from '../../disk/watch-disk.ts';
import type { Clock } from '../../engine/clock.ts';
import type { Pacer } from '../../engine/pacer.ts';
import { MAX_ATTEMPTS, toRetryPolicy } from '../../engine/retry-policy.ts';
import type { FileStore } from '../../file-store/file-store.ts';
import { type BodyReach, UploadFailure } from '../../file-store/upload-failure.ts';
import { Postponed } from '../attempt.ts';
import type { HeldFiles } from '../uploads/held-files.ts';
import type { Ledger } from '../uploads/ledger.ts';
import { StoredMixture } from '../uploads/upload-attempt.ts';
import type { Utf8Copies } from '../uploads/utf8-copies.ts';
import { createAttemptReport } from './attempt-report.ts';
import { compareWithSpace } from './compare-with-space.ts';
import { type Lanes, toSizeClass } from './lanes.ts';
import { createSaveWorker, toSaved } from './save-worker.ts';
import { createSettle } from './settle.ts';
import type { Speed } from './speed.ts';
import type { StoredTransfer } from './stored-transfer.ts';
import type { TransferStore } from './transfer-store.ts';
import { createUnderWay } from './under-way.ts';
import { createUploadLooks } from './upload-looks.ts';
import { createUploadWorker, type KnownFiles, type UploadWorker } from './upload-worker.ts';

/** What the workers are made of. */
export interface TransferWorkersParts {
  readonly store: TransferStore;
  readonly clock: Clock;
  readonly pacer: Pacer;
  readonly speed: Speed;
  /** Puts a transfer that is `queued` among those that wait. */
  readonly enqueue: (stored: StoredTransfer, place: 'front' | 'back') => void;
  readonly services: {
    readonly client: Pick<
      FileStore,
      'uploadFile' | 'readFile' | 'openContent' | 'listFiles' | 'capabilities'
    >;
    readonly files: KnownFiles;
    readonly ledger: Ledger;
    readonly held: Pick<HeldFiles, 'open'>;
    readonly copies: Utf8Copies;
    readonly diskPatience: DiskPatience;
    /** Whether this app is deleting a file, or may have deleted it without knowing so. */
    readonly mayBeDeletedHere: (fileId: string) => boolean;
  };
  /** Aborted when the queue closes: what is stopped by it is kept for the next time. */
  readonly closing: AbortSignal;
  /** Slots on the network. */
  readonly lanes: Pick<Lanes, 'acquire'>;
  /** Whether an attempt of a direction may go on to use the network. */
  readonly mayBegin: (direction: Transfer['direction']) => boolean;
  /** Told when an upload waits for nothing but its answer: the next can be got ready. */
  readonly onWaitingForServer: () => void;
  /** Told when the disk of a transfer keeps it waiting, or no longer: others can run meanwhile. */
  readonly onDiskWait: () => void;
  /** Told when work on a transfer that did not run in a slot of its own has ended. */
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
  /** Notes that this app has deleted the file of a save: one that waits fails. */
  noteDeleted(stored: StoredTransfer): void;
  /** Goes on with a save that the app's end has met, or left something for. */
  recover(stored: StoredTransfer): void;
  /** Whether another upload of this name is under way: two at once could not be told apart in a listing. */
  isNameBusy(transfer: Transfer): boolean;
  /** Whether any upload is being looked for. */
  isLooking(): boolean;
  /** Whether anything is found out of what an earlier run has left of a save. */
  isRecovering(): boolean;
  /** Settles when no work is under way any more; `closing` has been aborted. */
  whenStopped(): Promise<void>;
}

/** Makes the workers of a queue. */
export function createTransferWorkers(parts: TransferWorkersParts): TransferWorkers {
  const { store, clock, pacer, closing, services } = parts;
  const { uploadFile, readFile, openContent, listFiles, capabilities } = services.client;
  const uploads = createUploadWorker({ store, clock, ...services, uploadFile, readFile, capabilities });
  const saves = createSaveWorker({ store, clock, ...services, openContent });
  const underWay = createUnderWay(closing);
  const discard = async (stored: StoredTransfer) => {
    if (stored.request.direction === 'save') await saves.discard(stored);
  };
  const settle = createSettle({ ...parts, discard });
  const looks = createUploadLooks({
    ...parts,
    listFiles,
    files: services.files,
    uploads,
    underWay,
    settle,
  });
  const tasks = new Set<Promise<void>>();
  const recovering = new Map<StoredTransfer, AbortController>();
  closing.addEventListener('abort', () => {
    for (const controller of recovering.values()) controller.abort(new AppFailure(CANCELLED));
  });

  const track = (task: Promise<void>) => {
    const tracked = task.finally(() => tasks.delete(tracked));
    tasks.add(tracked);
    return tracked;
  };
  const lookFor = (stored: StoredTransfer) => {
    void track(looks.lookFor(stored)).finally(parts.onSettled);
  };

  /** Tells of a transfer whose disk does not answer. */
  const watch = (stored: StoredTransfer, onSilence: () => void): WatchedDisk =>
    watchDisk(patientDisk, services.diskPatience.tellMs, (isSilent) => {
      if (isSilent) onSilence();
      store.change(stored, { error: isSilent ? { code: 'diskSilent' } : null });
      parts.onDiskWait();
    });

  const attempt = async (stored: StoredTransfer) => {
    const controller = underWay.begin(stored);
    const attempts = stored.transfer.attempts + 1;
    store.move(stored, 'preparing', { startedAt: clock.now(), attempts, retryAt: null });
    if (stored.transfer.transferredBytes > 0) store.progress(stored, 0);
    const { signal } = controller;
    let release: (() => void) | undefined;
    let askedAt = clock.now();
    const takeSlot = async () => {
      release ??= await parts.lanes.acquire(stored, signal);
      if (!parts.mayBegin(stored.transfer.direction)) throw new Postponed();
      askedAt = clock.now();
    };
    // Others use its slot meanwhile: it goes on without one.
    const watched = watch(stored, () => release?.());
    const { disk } = watched;
    try {
      const worker = stored.request.direction === 'upload' ? uploads : saves;
      await worker.attempt(stored, { report: createAttemptReport(parts, stored), disk, takeSlot, signal });
      pacer.noteSuccess(toSizeClass(stored) === 'small' ? clock.now() - askedAt : undefined);
    } catch (cause) {
      watched.end();
      await settleFailure(stored, cause);
    } finally {
      watched.end();
      release?.();
      underWay.end(stored, controller);
    }
  };

  /** Decides what follows from a failed attempt. */
  const settleFailure = async (stored: StoredTransfer, cause: unknown) => {
    if (cause instanceof Postponed && !stored.isCancelWanted) {
      settle.postponed(stored);
      return;
    }
    // Whatever broke it: a person who has cancelled it wants no other attempt.
    const isStopped = stored.isCancelWanted || (closing.aborted && isAbort(cause));
    const error = isStopped
      ? CANCELLED
      : compareWithSpace(toError(cause, parts.toUnexpected), services.files.totalBytes(), capabilities);
    if (cause instanceof StoredMixture) {
      uploads.claim(cause.file);
      store.change(stored, { fileId: cause.file.id });
    }
    const reached = reachOf(stored, cause);
    const isOpen =
      reached === 'all' || (reached === 'part' && toRetryPolicy(error, 'upload').retry !== 'never');
    if (stored.sent && isOpen) {
      const sent = { ...stored.sent, reached, brokeAt: clock.now() };
      store.move(stored, 'interrupted', { error: isStopped ? null : error, sent });
      if (!isStopped) pacer.noteFailure('upload', error, stored.transfer.id);
      if (!closing.aborted) lookFor(stored);
    } else if (isStopped) {
      await settle.stopped(stored);
    } else {
      await settle.failed(stored, error);
    }
  };

  const recover = async (stored: StoredTransfer) => {
    const controller = new AbortController();
    recovering.set(stored, controller);
    const watched = watch(stored, () => undefined);
    // Where its folder is gone the next attempt says so.
    const path = await saves.recover(stored, watched.disk, controller.signal).catch((cause: unknown) => {
      if (!(cause instanceof AppFailure)) parts.toUnexpected(cause);
      return null;
    });
    watched.end();
    recovering.delete(stored);
    // The next run finds out.
    if (path === null && closing.aborted) return;
    if (stored.transfer.error?.code === 'diskSilent') store.change(stored, { error: null });
    if (path !== null) {
      store.moveAfterRestart(stored, 'done', toSaved(path));
      store.progress(stored, stored.transfer.sizeBytes);
      return;
    }
    const isCancelled = stored.isCancelWanted;
    if (stored.transfer.state !== 'queued') {
      const state = isCancelled ? 'cancelled' : 'queued';
      store.moveAfterRestart(stored, state, { placing: null, startedAt: null });
    } else if (isCancelled) {
      store.move(stored, 'cancelled', { retryAt: null, error: null });
    }
    if (!isCancelled) parts.enqueue(stored, 'front');
  };

  return {
    run: (stored) => track(attempt(stored)),
    askAboutRoom: uploads.askAboutRoom,
    lookFor,
    checkAgain: (stored) => {
      // Found absent by a person's wish, it is for the person to send it again: no attempt is left.
      store.move(stored, 'interrupted', {
        error: { code: 'connectionLost' },
        attempts: MAX_ATTEMPTS.transfer,
      });
      lookFor(stored);
    },
    cancel: (stored) => {
      const { state } = stored.transfer;
      const controller = underWay.find(stored);
      if (controller) {
        if (state !== 'interrupted') store.change(stored, { isCancelWanted: true });
        // Whatever the look for it would have found: nothing is deleted for its sake.
        else if (stored.replaces !== null) store.change(stored, { replaces: null });
        controller.abort(new AppFailure(CANCELLED));
      } else if (state === 'unknown') {
        store.move(stored, 'cancelled', { sent: null });
      } else if (recovering.has(stored)) {
        store.change(stored, { isCancelWanted: true });
        recovering.get(stored)?.abort(new AppFailure(CANCELLED));
      } else if (state === 'queued' || state === 'asking') {
        store.move(stored, 'cancelled', { question: null, retryAt: null, error: null });
        void track(discard(stored));
      }
    },
    noteDeleted: (stored) => {
      store.change(stored, { isDeletedHere: true });
      // One whose remains are still looked at may turn out to be whole.
      if (stored.transfer.state !== 'queued' || recovering.has(stored)) return;
      store.move(stored, 'failed', { error: { code: 'deletedHere' }, retryAt: null });
      void track(discard(stored));
    },
    recover: (stored) => {
      void track(recover(stored)).finally(parts.onSettled);
    },
    isNameBusy: underWay.isNameBusy,
    isLooking: looks.isLooking,
    isRecovering: () => recovering.size > 0,
    whenStopped: async () => {
      // What an attempt has kept for the next one is worth nothing to another run.
      for (const stored of store.all()) {
        const { state, attempts } = stored.transfer;
        if (state === 'queued' && attempts > 0) void track(discard(stored));
      }
      while (tasks.size > 0) await Promise.allSettled(tasks);
    },
  };
}

const CANCELLED: AppError = { code: 'cancelled' };

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
