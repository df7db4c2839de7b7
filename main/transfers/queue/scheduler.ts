import { setMaxListeners } from 'node:events';
import type { AppError } from '#app/errors.ts';
import type { Transfer } from '#app/transfers/transfer.ts';
import { isFinished, TRANSFER_STATES } from '#app/transfers/transfer-states.ts';
import type { Clock } from '../../engine/clock.ts';
import type { Pacer } from '../../engine/pacer.ts';
import { createQueue, type Queue } from '../../engine/queue.ts';
import { createSemaphore } from '../../engine/semaphore.ts';
import { restoreTransfers } from './restore.ts';
import { toWorkKind } from './settle.ts';
import { createSpeed } from './speed.ts';
import type { StoredTransfer } from './stored-transfer.ts';
import type { TransferStore } from './transfer-store.ts';
import {
  createTransferWorkers,
  type TransferWorkers,
  type TransferWorkersParts,
} from './transfer-workers.ts';

/** What a scheduler is made of. */
export interface SchedulerParts {
  readonly store: TransferStore;
  readonly clock: Clock;
  /** What the workers need of the location. */
  readonly services: TransferWorkersParts['services'];
  /** Says when the account may be asked; its owner closes it. */
  readonly pacer: Pacer;
  /** Transfers under way at once, 1 to 8. */
  readonly concurrency: number;
  /** Whether some of the store's records were lost. */
  readonly hasLostRecords: boolean;
  /** Told when the queue comes to rest: nothing is under way, nor begins without a person's word. */
  readonly onRest: () => void;
  /** Told of every change of the status. */
  readonly onStatusChange: () => void;
  readonly toUnexpected: (cause: unknown) => AppError;
}

/** Decides which transfers run when. */
export interface Scheduler {
  readonly workers: TransferWorkers;
  /** The transfers that wait for their turn, each direction in its own order. */
  readonly waiting: Readonly<Record<Transfer['direction'], Queue<StoredTransfer>>>;
  /** Puts a transfer that is `queued` among those that wait; {@link schedule} lets it begin. */
  enqueue(stored: StoredTransfer, place: 'front' | 'back'): void;
  /** Notes that an `unknown` upload shall be looked for again. */
  wantCheck(stored: StoredTransfer): void;
  /** Begins whatever may begin. */
  schedule(): void;
  concurrency(): number;
  setConcurrency(concurrency: number): void;
  /** Whether anything is under way, or would begin without a person's word. */
  isBusy(): boolean;
  /** Whether any transfer has not come to its end. */
  hasUnfinished(): boolean;
  /** When it left its rest, in milliseconds since the epoch; null at rest. */
  busySince(): number | null;
  bytesPerSecond(): number;
  /** Stops what runs; settles when nothing does. */
  close(): Promise<void>;
}

/** How often the status is told while something runs: a speed falls also when nothing happens. */
const TICK_MS = 1000;
/** An upload of this size leaves in one write (see `send-body.ts`). */
const SMALL_BYTES = 256 * 1024;
/**
 * So many attempts at once for each that may use the network: the mark of one that is got ready waits for the disk about
 * as long as some ten small uploads take.
 */
export const MAX_ATTEMPTS_RATIO = 8;

/** Each keeps a thread; more of them count as running. */
const MAX_SILENT = 16;

/** Makes a scheduler, and goes on with what an earlier run has left. */
export function createScheduler(parts: SchedulerParts): Scheduler {
  const { store, clock, pacer, onStatusChange } = parts;
  const waiting = { upload: createQueue<StoredTransfer>(), save: createQueue<StoredTransfer>() };
  const closing = new AbortController();
  // Each transfer that waits for its next try listens to it, and there may be thousands.
  setMaxListeners(0, closing.signal);
  const speed = createSpeed();
  const running: Record<Transfer['direction'], Set<StoredTransfer>> = { upload: new Set(), save: new Set() };
  const wantedChecks = new Set<StoredTransfer>();
  let isTicking = false;
  let busySince: number | null = null;
  let lastStarted: Transfer['direction'] = 'save';
  let { concurrency } = parts;
  const slots = createSemaphore(() => pacer.largeAtOnce(concurrency));

  /** What only waits for its disk, for ever perhaps, keeps no other from running. */
  const runningCount = () => running.upload.size + running.save.size - silentCount();
  const silentCount = () => {
    let count = 0;
    for (const { transfer } of [...running.upload, ...running.save]) {
      if (isDiskSilent(transfer)) count += 1;
    }
    return Math.min(count, MAX_SILENT);
  };
  /** While an upload has little to send, or only waits for its answer, the next is got ready: its checks then cost no time of their own. */
  const hasRoom = () => {
    if (runningCount() < concurrency) return true;
    if (runningCount() >= MAX_ATTEMPTS_RATIO * concurrency) return false;
    let longBusy = 0;
    for (const { transfer } of running.save) if (!isDiskSilent(transfer)) longBusy += 1;
    for (const { transfer } of running.upload) if (isLongBusy(transfer)) longBusy += 1;
    return longBusy < concurrency;
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
    pacer.dropCauseless(isToBeTried);
    startChecks();
    while (!closing.signal.aborted && !store.isPaused() && hasRoom()) {
      const next = takeNext();
      if (!next) break;
      start(next);
    }
    noteRest();
  };
  const noteRest = () => {
    if (closing.signal.aborted || isBusy() === (busySince !== null)) return;
    busySince = busySince === null ? clock.now() : null;
    if (busySince === null) parts.onRest();
    onStatusChange();
  };
  const isBusy = () => {
    // What is left of a save is dealt with in a moment, whatever holds the queue.
    if (workers.isRecovering()) return true;
    // A look that waits for a person is no work that would come to its end.
    if (runningCount() > 0 || (workers.isLooking() && !pacer.needsPerson('verification'))) return true;
    if (store.isPaused() || store.count('queued') === 0) return false;
    return Array.from(store.all()).some(
      (stored) => stored.transfer.state === 'queued' && !pacer.needsPerson(toWorkKind(stored)),
    );
  };
  const stopListening = pacer.listen({
    onChange: () => {
      onStatusChange();
      schedule();
    },
  });
  const isToBeTried = (id: string) => {
    const stored = store.find(id);
    return stored !== undefined && !isFinished(stored.transfer.state);
  };
  /** Puts a transfer that is `queued` among those that wait. */
  const enqueue = (stored: StoredTransfer, place: 'front' | 'back') => {
    waiting[stored.transfer.direction].add(stored, place);
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
    pacer,
    speed,
    enqueue,
    services: parts.services,
    closing: closing.signal,
    slots,
    mayBegin: (direction) => !store.isPaused() && !pacer.isHeld(WORK_KINDS[direction]),
    onWaitingForServer: schedule,
    onDiskWait: schedule,
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
      if (pacer.isHeld(WORK_KINDS[direction])) continue;
      const next = waiting[direction].take(({ transfer }) => {
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
  restoreTransfers({ store, clock, workers, enqueue, hasLostRecords: parts.hasLostRecords });
  schedule();

  return {
    workers,
    waiting,
    enqueue,
    wantCheck: (stored) => void wantedChecks.add(stored),
    schedule,
    concurrency: () => concurrency,
    setConcurrency: (next) => {
      concurrency = next;
      slots.noteLimit();
      schedule();
    },
    isBusy,
    hasUnfinished: () => TRANSFER_STATES.some((state) => !isFinished(state) && store.count(state) > 0),
    busySince: () => busySince,
    bytesPerSecond: () => Math.round(speed.bytesPerSecond(clock.now())),
    close: async () => {
      closing.abort();
      await workers.whenStopped();
      stopListening();
    },
  };
}

const WORK_KINDS = { upload: 'upload', save: 'download' } as const;

function isDiskSilent({ error }: Transfer): boolean {
  return error?.code === 'diskSilent';
}

/** Whether an upload keeps its turn on the network for more than a moment by its own doing. */
function isLongBusy(transfer: Transfer): boolean {
  return !isDiskSilent(transfer) && transfer.state !== 'waitingForServer' && transfer.sizeBytes > SMALL_BYTES;
}
