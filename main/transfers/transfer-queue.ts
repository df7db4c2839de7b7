import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { type AppError, AppFailure } from '#app/errors.ts';
import type { Transfer, TransferSnapshot, TransferState } from '#app/transfers/transfer.ts';
import { canRetry, isFinished, moveTransfer } from '#app/transfers/transfer-states.ts';

/** What a worker may say of the transfer it works on. */
export interface TransferReport {
  /** Moves the transfer on; see `TRANSFER_TRANSITIONS`. */
  readonly move: (state: TransferState) => void;
  readonly size: (sizeBytes: number) => void;
  readonly progress: (transferredBytes: number) => void;
  readonly fileId: (fileId: string) => void;
  /** Says where a save was put, when its name was taken. */
  readonly savedAs: (path: string) => void;
}

/** One piece of work for the queue. */
export interface TransferJob {
  readonly direction: Transfer['direction'];
  readonly name: string;
  readonly sizeBytes: number;
  readonly fileId: string | null;
  /** The file on this computer: an upload's source, a save's target. */
  readonly path: string;
  /** Does the work, from `preparing` to `verifying`; rejects with `AppFailure`. Ends soon after an abort. */
  readonly run: (report: TransferReport, signal: AbortSignal) => Promise<void>;
}

/** What a queue is made of. */
export interface TransferQueueParts {
  /** Transfers under way at once. */
  readonly concurrency: number;
  /** Told of every change; `removed` for one that was cleared. */
  readonly onChange: (transfer: Transfer, change: 'changed' | 'removed') => void;
  readonly toUnexpected: (cause: unknown) => AppError;
}

/** Uploads and saves in the order they were asked for. */
export interface TransferQueue {
  add(jobs: readonly TransferJob[]): void;
  /** Ends transfers in whatever state; finished ones are passed over. */
  cancel(ids: readonly string[]): void;
  /** Queues failed, cancelled and interrupted transfers again. */
  retry(ids: readonly string[]): void;
  clearFinished(): void;
  list(): TransferSnapshot['transfers'];
  /** Where a transfer's file is on this computer; undefined for an unknown one. */
  findPath(id: string): string | undefined;
  /** Cancels everything; settles when no work is under way. */
  close(): Promise<void>;
}

interface Entry {
  readonly job: TransferJob;
  transfer: Transfer;
  path: string;
  controller: AbortController | null;
}

/** Makes an empty queue. */
export function createTransferQueue({
  concurrency,
  onChange,
  toUnexpected,
}: TransferQueueParts): TransferQueue {
  const entries = new Map<string, Entry>();
  const waiting: Entry[] = [];
  const running = new Set<Promise<void>>();
  let isClosed = false;

  const update = (entry: Entry, next: Partial<Transfer>) => {
    entry.transfer = { ...entry.transfer, ...next };
    onChange(entry.transfer, 'changed');
  };
  const move = (entry: Entry, to: TransferState, next: Partial<Transfer> = {}) => {
    update(entry, { ...next, state: moveTransfer(entry.transfer.state, to) });
  };

  const work = async (entry: Entry) => {
    const controller = new AbortController();
    entry.controller = controller;
    move(entry, 'preparing', { startedAt: Date.now() });
    try {
      await entry.job.run(createReport(entry, update, move), controller.signal);
      move(entry, 'done', { transferredBytes: entry.transfer.sizeBytes });
    } catch (cause) {
      const error = cause instanceof AppFailure ? cause.error : toUnexpected(cause);
      move(entry, ...toEnd(error));
    } finally {
      entry.controller = null;
    }
  };

  const startNext = () => {
    while (!isClosed && running.size < concurrency) {
      const entry = waiting.shift();
      if (!entry) return;
      const task: Promise<void> = work(entry).finally(() => {
        running.delete(task);
        startNext();
      });
      running.add(task);
    }
  };

  const cancel = (entry: Entry) => {
    if (entry.controller) {
      entry.controller.abort();
    } else if (entry.transfer.state === 'queued') {
      waiting.splice(waiting.indexOf(entry), 1);
      move(entry, 'cancelled');
    }
  };
  const find = (ids: readonly string[]) =>
    ids.map((id) => entries.get(id)).filter((entry) => entry !== undefined);

  return {
    add: (jobs) => {
      if (isClosed) return;
      for (const job of jobs) {
        const entry: Entry = { job, transfer: toQueuedTransfer(job), path: job.path, controller: null };
        entries.set(entry.transfer.id, entry);
        waiting.push(entry);
        onChange(entry.transfer, 'changed');
      }
      startNext();
    },
    cancel: (ids) => {
      for (const entry of find(ids)) cancel(entry);
    },
    retry: (ids) => {
      for (const entry of find(ids).filter((found) => canRetry(found.transfer.state))) {
        move(entry, 'queued', { error: null, transferredBytes: 0, startedAt: null });
        waiting.push(entry);
      }
      startNext();
    },
    clearFinished: () => {
      for (const [id, entry] of entries) {
        if (!isFinished(entry.transfer.state)) continue;
        entries.delete(id);
        onChange(entry.transfer, 'removed');
      }
    },
    list: () => [...entries.values()].map((entry) => entry.transfer),
    findPath: (id) => entries.get(id)?.path,
    close: async () => {
      isClosed = true;
      for (const entry of entries.values()) cancel(entry);
      await Promise.all(running);
    },
  };
}

function toQueuedTransfer(job: TransferJob): Transfer {
  return {
    id: randomUUID(),
    direction: job.direction,
    name: job.name,
    sizeBytes: job.sizeBytes,
    state: 'queued',
    transferredBytes: 0,
    error: null,
    fileId: job.fileId,
    startedAt: null,
  };
}

function createReport(
  entry: Entry,
  update: (entry: Entry, next: Partial<Transfer>) => void,
  move: (entry: Entry, to: TransferState) => void,
): TransferReport {
  return {
    move: (state) => move(entry, state),
    size: (sizeBytes) => update(entry, { sizeBytes }),
    progress: (transferredBytes) =>
      update(entry, { transferredBytes: Math.min(transferredBytes, entry.transfer.sizeBytes) }),
    fileId: (fileId) => update(entry, { fileId }),
    savedAs: (path) => {
      entry.path = path;
      update(entry, { name: basename(path) });
    },
  };
}

/**
 * Tells how a transfer ends that did not succeed. An upload that broke or was cancelled when all of it had been sent is
 * neither failed nor cancelled: the server may hold the file, and saying otherwise would invite a second one.
 */
function toEnd(error: AppError): [state: TransferState, next: Pick<Transfer, 'error'>] {
  if (error.code === 'cancelled') return ['cancelled', { error: null }];
  return [error.code === 'maybeUploaded' ? 'interrupted' : 'failed', { error }];
}
