import { setMaxListeners } from 'node:events';
import type { AppError } from '#app/errors.ts';
import type { Transfer } from '#app/transfers/transfer.ts';
import { isFinished, TRANSFER_STATES } from '#app/transfers/transfer-states.ts';
import type { Clock } from '../../engine/clock.ts';
import type { Pacer } from '../../engine/pacer.ts';
import { createLanes, type SizeClass, toSizeClass } from './lanes.ts';
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
import { createWaiting, type Waiting } from './waiting.ts';

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
  readonly waiting: Pick<Waiting, 'remove'>;
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
/** Each keeps a thread; more of them count as running. */
const MAX_SILENT = 16;

/** Makes a scheduler, and goes on with what an earlier run has left. */
export function createScheduler(parts: SchedulerParts): Scheduler {
  const { store, clock, pacer, onStatusChange } = parts;
  const waiting = createWaiting();
  const closing = new AbortController();
  // Each transfer that waits for its next try listens to it, and there may be thousands.
  setMaxListeners(0, closing.signal);
  const speed = createSpeed();
  const running: Record<Transfer['direction'], Set<StoredTransfer>> = { upload: new Set(), save: new Set() };
  const wantedChecks = new Set<StoredTransfer>();
  let isTicking = false;
  let busySince: number | null = null;
  let lastStarted: Transfer['direction'] = 'save';
  const lanes = createLanes(pacer, parts.concurrency);

  const runningAll = () => [...running.upload, ...running.save];
  /** What only waits for its disk, for ever perhaps, keeps no other from running. */
  const countOf = (some: readonly StoredTransfer[]) =>
    some.length - Math.min(some.filter(isDiskSilent).length, MAX_SILENT);
  /** While an upload has little to send, or only waits for its answer, the next is got ready: its checks then cost no time of their own. */
  const hasRoom = (size: SizeClass) => {
    const sharing = lanes.sharing(size, runningAll());
    const count = countOf(sharing);
    const limit = lanes.limit(size);
    return count < limit || (count < lanes.mostAttempts(size) && sharing.filter(isLongBusy).length < limit);
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
    while (!closing.signal.aborted && !store.isPaused()) {
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
    if (countOf(runningAll()) > 0 || (workers.isLooking() && !pacer.needsPerson('verification'))) return true;
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
    pacer,
    speed,
    enqueue,
    services: parts.services,
    closing: closing.signal,
    lanes,
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
      const next = waiting.take(direction, hasRoom, ({ transfer }) => {
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
      } while (countOf(runningAll()) > 0);
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
    concurrency: lanes.concurrency,
    setConcurrency: (concurrency) => {
      lanes.setConcurrency(concurrency);
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

function isDiskSilent({ transfer }: StoredTransfer): boolean {
  return transfer.error?.code === 'diskSilent';
}

/** Whether a transfer keeps its slot on the network for more than a moment by its own doing. */
function isLongBusy(stored: StoredTransfer): boolean {
  const { direction, state } = stored.transfer;
  if (isDiskSilent(stored) || state === 'waitingForServer') return false;
  return direction === 'save' || toSizeClass(stored) === 'large';
}
