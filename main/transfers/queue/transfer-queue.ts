import { type AppError, AppFailure } from '#app/errors.ts';
import type { TextEncoding } from '#app/files/text-encoding.ts';
import { endsByItself } from '#app/transfers/hold.ts';
import { canUploadUtf8Copy } from '#app/transfers/refused-upload.ts';
import type { Transfer, TransferAnswer, TransferQueueStatus } from '#app/transfers/transfer.ts';
import { isFinished } from '#app/transfers/transfer-states.ts';
import { createQueueAgain } from './queue-again.ts';
import { createScheduler, type SchedulerParts } from './scheduler.ts';
import type { TransferRequest } from './stored-transfer.ts';

/** What a queue is made of. */
export interface TransferQueueParts extends SchedulerParts {
  readonly toId: () => string;
}

/** Uploads and saves in the order they were asked for, the directions taking turns. */
export interface TransferQueue {
  /** Answers their ids; of a queue that is closed, none. */
  add(requests: readonly TransferRequest[]): readonly string[];
  /** Ends transfers in whatever state; finished ones are passed over. */
  cancel(ids: readonly string[]): void;
  /** Queues failed, cancelled, skipped and unknown transfers again. */
  retry(ids: readonly string[]): void;
  /** Looks again for uploads whose outcome is unknown. */
  check(ids: readonly string[]): void;
  /** Answers what transfers ask. */
  answer(ids: readonly string[], answer: TransferAnswer): void;
  /** To be told of files that this app has deleted: what waits to download one fails, and says why. */
  noteDeleted(fileIds: readonly string[]): void;
  /** Queues uploads again that were refused by the app's own judgement; their content is not judged again. */
  sendAnyway(ids: readonly string[]): void;
  /** Queues uploads again that failed as their texts are not UTF-8, as UTF-8 copies of what is taken for an encoding. */
  uploadUtf8Copies(ids: readonly string[], encoding: TextEncoding): void;
  /** Queues uploads again that were refused for their names, under names that the server takes and no other upload has. */
  applySuggestedNames(ids: readonly string[]): void;
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
  /** Where the text is whose upload failed as it is not UTF-8; undefined for any other transfer. */
  findForeignText(id: string): string | undefined;
  /** Whether anything is under way, or would begin without a person's word. */
  isBusy(): boolean;
  /** Keeps everything from beginning until a person resumes, as the record of the transfers cannot be written. */
  holdAll(error: AppError): void;
  /** Stops what runs and keeps it for the next time; settles when no work is under way and all is on disk. */
  close(): Promise<void>;
}

/** Makes a queue of what the store holds, and goes on with it. */
export function createTransferQueue(parts: TransferQueueParts): TransferQueue {
  const { store, pacer } = parts;
  const scheduler = createScheduler(parts);
  const { workers } = scheduler;
  const again = createQueueAgain(store, scheduler);
  let isClosed = false;

  const find = (ids: readonly string[]) => ids.map(store.find).filter((stored) => stored !== undefined);
  const findIn = (ids: readonly string[], isWanted: (state: Transfer['state']) => boolean) =>
    find(ids).filter(({ transfer }) => isWanted(transfer.state));
  return {
    add: (requests) => {
      if (isClosed) return [];
      const added = requests.map((request) => store.add(parts.toId(), request));
      const ready = added.filter(({ transfer }) => transfer.state === 'queued');
      for (const stored of workers.askAboutRoom(ready)) scheduler.enqueue(stored, 'back');
      scheduler.schedule();
      return added.map(({ transfer }) => transfer.id);
    },
    cancel: (ids) => {
      for (const stored of find(ids)) {
        if (stored.transfer.state === 'queued') scheduler.waiting.remove(stored);
        workers.cancel(stored);
      }
      scheduler.schedule();
    },
    retry: again.retry,
    sendAnyway: again.sendAnyway,
    applySuggestedNames: again.applySuggestedNames,
    uploadUtf8Copies: again.uploadUtf8Copies,
    check: (ids) => {
      for (const stored of findIn(ids, (state) => state === 'unknown')) scheduler.wantCheck(stored);
      scheduler.schedule();
    },
    answer: (ids, answer) => {
      for (const stored of findIn(ids, (state) => state === 'asking')) {
        if (answer === 'skip') store.move(stored, 'skipped', { question: null });
        else {
          const { question } = stored.transfer;
          const answered = question ? [...stored.answered, question.kind] : stored.answered;
          store.move(stored, 'queued', { question: null, answered });
          scheduler.enqueue(stored, 'front');
        }
      }
      scheduler.schedule();
    },
    noteDeleted: (fileIds) => {
      const ids = new Set(fileIds);
      for (const stored of store.all()) {
        const { request, transfer } = stored;
        if (request.direction !== 'save' || transfer.state === 'done' || !ids.has(request.file.id)) continue;
        scheduler.waiting.remove(stored);
        workers.noteDeleted(stored);
      }
      scheduler.schedule();
    },
    pause: () => {
      store.setPaused(true);
      parts.onStatusChange();
      scheduler.schedule();
    },
    resume: () => {
      store.setPaused(false);
      // Whoever resumes does not want to wait for what waits by itself.
      for (const stored of store.all()) {
        if (stored.transfer.retryAt !== null) store.change(stored, { retryAt: null });
      }
      pacer.clear();
    },
    setConcurrency: (concurrency) => {
      scheduler.setConcurrency(concurrency);
      parts.onStatusChange();
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
      // What ends by itself concerns whoever waits for it: work of another kind may, too.
      holds: pacer.holds().filter((hold) => !endsByItself(hold) || scheduler.hasUnfinished()),
      concurrency: scheduler.concurrency(),
      busySince: scheduler.busySince(),
      bytesPerSecond: scheduler.bytesPerSecond(),
    }),
    findPath: (id) => store.find(id)?.path,
    findForeignText: (id) => {
      const stored = store.find(id);
      return stored && canUploadUtf8Copy(stored.transfer) ? stored.path : undefined;
    },
    isBusy: scheduler.isBusy,
    holdAll: pacer.holdAll,
    close: async () => {
      isClosed = true;
      await scheduler.close();
      // What could not be written has been told, and held everything.
      await store.close().catch((cause: unknown) => {
        if (!(cause instanceof AppFailure)) parts.toUnexpected(cause);
      });
    },
  };
}
