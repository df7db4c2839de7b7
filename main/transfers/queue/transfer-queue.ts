import { type AppError, AppFailure } from '#app/errors.ts';
import type { Transfer, TransferAnswer, TransferQueueStatus } from '#app/transfers/transfer.ts';
import { canRetry, isFinished } from '#app/transfers/transfer-states.ts';
import type { Clock } from './clock.ts';
import { createHolds } from './holds.ts';
import { restoreTransfers } from './restore.ts';
import { createSpeed } from './speed.ts';
import type { StoredTransfer, TransferRequest } from './stored-transfer.ts';
import type { TransferStore } from './transfer-store.ts';
import { createTransferWorkers, type TransferWorkersParts } from './transfer-workers.ts';
import { createTurns } from './turns.ts';
import { createWaitingList } from './waiting-list.ts';

/** What a queue is made of. */
export interface TransferQueueParts {
  readonly store: TransferStore;
  readonly clock: Clock;
  /** What the workers need of the location. */
  readonly services: TransferWorkersParts['services'];
  /** Asks the server something small; settles when it can be reached. */
  readonly probe: (signal: AbortSignal) => Promise<void>;
  /** Told when the server can be reached again. */
  readonly onReachable: () => void;
  /** Transfers under way at once, 1 to 8. */
  readonly concurrency: number;
  /** Whether some of the store's records were lost. */
  readonly hasLostRecords: boolean;
  readonly toId: () => string;
  /** Told when the queue comes to rest: nothing is under way, nor begins without a person's word. */
  readonly onRest: () => void;
  /** Told of every change of the status. */
  readonly onStatusChange: () => void;
  readonly toUnexpected: (cause: unknown) => AppError;
}

/** Uploads and saves in the order they were asked for, the directions taking turns. */
export interface TransferQueue {
  add(requests: readonly TransferRequest[]): void;
  /** Ends transfers in whatever state; finished ones are passed over. */
  cancel(ids: readonly string[]): void;
  /** Queues failed, cancelled, skipped and unknown transfers again. */
  retry(ids: readonly string[]): void;
  /** Looks again for uploads whose outcome is unknown. */
  check(ids: readonly string[]): void;
  /** Answers what transfers ask. */
  answer(ids: readonly string[], answer: TransferAnswer): void;
  /** Lets nothing new begin. */
  pause(): void;
  /** Ends a pause, every hold and the waiting for another attempt. */
  resume(): void;
  setConcurrency(concurrency: number): void;
  clearFinished(): void;
  list(): readonly Transfer[];
  status(): Omit<TransferQueueStatus, 'hasLostRecords'>;
  /** Where a transfer's file is on this computer; undefined for an unknown one. */
  findPath(id: string): string | undefined;
  /** Whether anything is under way, or would begin without a person's word. */
  isBusy(): boolean;
  /** Keeps everything from beginning until a person resumes, as the record of the transfers cannot be written. */
  holdAll(error: AppError): void;
  /** Stops what runs and keeps it for the next time; settles when no work is under way and all is on disk. */
  close(): Promise<void>;
}

/** How often the status is told while something runs: a speed falls also when nothing happens. */
const TICK_MS = 1000;
/** An upload of this size leaves in one write (see `send-body.ts`). */
const SMALL_BYTES = 256 * 1024;

/** Makes a queue of what the store holds, and goes on with it. */
export function createTransferQueue(parts: TransferQueueParts): TransferQueue {
  const { store, clock, onStatusChange } = parts;
  const waiting = createWaitingList();
  const closing = new AbortController();
  const speed = createSpeed();
  const running: Record<Transfer['direction'], Set<StoredTransfer>> = { upload: new Set(), save: new Set() };
  const wantedChecks = new Set<StoredTransfer>();
  let isTicking = false;
  let busySince: number | null = null;
  let lastStarted: Transfer['direction'] = 'save';
  let { concurrency } = parts;
  const turns = createTurns(concurrency);

  const runningCount = () => running.upload.size + running.save.size;
  /** While an upload has little to send, or only waits for its answer, the next is got ready: its checks then cost no time of their own. */
  const hasRoom = () => {
    if (runningCount() < concurrency) return true;
    if (runningCount() >= 2 * concurrency) return false;
    const uploads = [...running.upload];
    return running.save.size + uploads.filter(isLongBusy).length < concurrency;
  };
  /** One whose name another upload is using waits: in a listing they could not be told apart. */
  const startChecks = () => {
    if (closing.signal.aborted) return;
    for (const stored of wantedChecks) {
      if (workers.isNameBusy(stored.transfer)) continue;
      wantedChecks.delete(stored);
      if (store.find(stored.transfer.id) === stored && stored.transfer.state === 'unknown') {
        workers.checkAgain(stored);
      }
    }
  };
  const schedule = () => {
    startChecks();
    while (!closing.signal.aborted && !store.isPaused() && hasRoom()) {
      const next = takeNext();
      if (!next) break;
      start(next);
    }
    if (busySince !== null && runningCount() === 0 && !closing.signal.aborted && !isBusy()) {
      busySince = null;
      parts.onRest();
      onStatusChange();
    }
  };
  const isBusy = () => {
    // A look that waits for a person is no work that would come to its end.
    if (runningCount() > 0 || (workers.isLooking() && !holds.needsPerson('save'))) return true;
    if (store.isPaused() || store.count('queued') === 0) return false;
    return Array.from(store.all()).some(
      ({ transfer }) => transfer.state === 'queued' && !holds.needsPerson(transfer.direction),
    );
  };
  const holds = createHolds({
    clock,
    probe: parts.probe,
    onReachable: parts.onReachable,
    onChange: () => {
      // A look that the hold's end lets go on needs no turn.
      if (workers.isLooking() && isBusy()) busySince ??= clock.now();
      onStatusChange();
      schedule();
    },
  });
  /** Puts a transfer that is `queued` among those that wait. */
  const enqueue = (stored: StoredTransfer, place: 'front' | 'back') => {
    waiting.add(stored, place);
    const { retryAt } = stored.transfer;
    // One that is due begins when whoever adds it looks at the queue: by then all that is under way is known.
    if (retryAt !== null && retryAt > clock.now()) wakeAt(retryAt).catch(() => undefined); // A close ends the waiting.
  };
  /** Looks at the queue again when a time has come; timers may be a moment early. */
  const wakeAt = async (at: number) => {
    while (clock.now() < at) await clock.sleep(at - clock.now(), closing.signal);
    schedule();
  };
  const workers = createTransferWorkers({
    store,
    clock,
    holds,
    speed,
    enqueue,
    services: parts.services,
    closing: closing.signal,
    turns,
    mayBegin: (direction) => !store.isPaused() && !holds.isHeld(direction),
    onWaitingForServer: schedule,
    onBegun: () => {
      busySince ??= clock.now();
    },
    onSettled: schedule,
    toUnexpected: parts.toUnexpected,
  });

  const takeNext = () => {
    const isUploadFirst =
      running.upload.size === running.save.size
        ? lastStarted === 'save'
        : running.upload.size < running.save.size;
    const order = isUploadFirst ? (['upload', 'save'] as const) : (['save', 'upload'] as const);
    for (const direction of order) {
      if (holds.isHeld(direction)) continue;
      const next = waiting.take(direction, ({ transfer }) => {
        const isDue = transfer.retryAt === null || transfer.retryAt <= clock.now();
        return isDue && !workers.isNameBusy(transfer);
      });
      if (next) return next;
    }
    return undefined;
  };
  const start = (stored: StoredTransfer) => {
    const { direction } = stored.transfer;
    if (!isTicking) void tick();
    lastStarted = direction;
    busySince ??= clock.now();
    running[direction].add(stored);
    void workers.run(stored).finally(() => {
      running[direction].delete(stored);
      schedule();
    });
  };
  const tick = async () => {
    isTicking = true;
    try {
      do {
        await clock.sleep(TICK_MS, closing.signal);
        onStatusChange();
      } while (runningCount() > 0);
    } catch {
      // The queue was closed.
    }
    isTicking = false;
  };
  const find = (ids: readonly string[]) => ids.map(store.find).filter((stored) => stored !== undefined);
  const findIn = (ids: readonly string[], isWanted: (state: Transfer['state']) => boolean) =>
    find(ids).filter(({ transfer }) => isWanted(transfer.state));

  restoreTransfers({ store, clock, workers, enqueue, hasLostRecords: parts.hasLostRecords });
  schedule();

  return {
    add: (requests) => {
      if (closing.signal.aborted) return;
      const added = requests.map((request) => store.add(parts.toId(), request));
      for (const stored of workers.askAboutRoom(added)) enqueue(stored, 'back');
      schedule();
    },
    cancel: (ids) => {
      for (const stored of find(ids)) {
        if (stored.transfer.state === 'queued') waiting.remove(stored);
        workers.cancel(stored);
      }
      schedule();
    },
    retry: (ids) => {
      for (const stored of findIn(ids, canRetry)) {
        const answered = stored.transfer.state === 'unknown' ? ANSWERED_BY_SENDING_AGAIN : stored.answered;
        store.move(stored, 'queued', { ...FRESH, answered, attempts: 0 });
        store.progress(stored, 0);
        enqueue(stored, 'back');
      }
      schedule();
    },
    check: (ids) => {
      for (const stored of findIn(ids, (state) => state === 'unknown')) wantedChecks.add(stored);
      schedule();
    },
    answer: (ids, answer) => {
      for (const stored of findIn(ids, (state) => state === 'asking')) {
        if (answer === 'skip') store.move(stored, 'skipped', { question: null });
        else {
          const { question } = stored.transfer;
          const answered = question ? [...stored.answered, question.kind] : stored.answered;
          store.move(stored, 'queued', { question: null, answered });
          enqueue(stored, 'front');
        }
      }
      schedule();
    },
    pause: () => {
      store.setPaused(true);
      onStatusChange();
    },
    resume: () => {
      store.setPaused(false);
      // Whoever resumes does not want to wait for what waits by itself.
      for (const stored of store.all()) {
        if (stored.transfer.retryAt !== null) store.change(stored, { retryAt: null });
      }
      holds.clear();
    },
    setConcurrency: (next) => {
      concurrency = next;
      turns.setCount(next);
      onStatusChange();
      schedule();
    },
    clearFinished: () => {
      for (const stored of [...store.all()]) {
        const { state } = stored.transfer;
        if (isFinished(state) && state !== 'unknown') store.remove(stored);
      }
    },
    list: () => Array.from(store.all(), ({ transfer }) => transfer),
    status: () => ({
      isPaused: store.isPaused(),
      holds: holds.list(),
      concurrency,
      busySince,
      bytesPerSecond: Math.round(speed.bytesPerSecond(clock.now())),
    }),
    findPath: (id) => store.find(id)?.path,
    isBusy,
    holdAll: (error) => holds.add('all', error),
    close: async () => {
      closing.abort();
      await workers.whenStopped();
      holds.close();
      // What could not be written has been told, and held everything.
      await store.close().catch((cause: unknown) => {
        if (!(cause instanceof AppFailure)) parts.toUnexpected(cause);
      });
    },
  };
}

/** A person who sends an upload again whose outcome is unknown has been told that there may be two. */
const ANSWERED_BY_SENDING_AGAIN = ['sameName', 'openUpload', 'sameContent'] as const;

/** What a transfer forgets when a person asks for it anew. */
const FRESH = {
  error: null,
  retryAt: null,
  question: null,
  startedAt: null,
  sent: null,
  placing: null,
  isCancelWanted: false,
} as const;

/** Whether an upload keeps its turn on the network for more than a moment by its own doing. */
function isLongBusy({ transfer }: StoredTransfer): boolean {
  return transfer.state !== 'waitingForServer' && transfer.sizeBytes > SMALL_BYTES;
}
