import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { type AppError, AppFailure } from '#app/errors.ts';
import type { TextEncoding } from '#app/files/text-encoding.ts';
import type {
  Transfer,
  TransferQueueStatus,
  TransferSnapshot,
  TransferUpdate,
} from '#app/transfers/transfer.ts';
import { isFinished } from '#app/transfers/transfer-states.ts';
import type { Utf8Preview } from '#app/transfers/utf8-copy.ts';
import { DISK_PATIENCE, type DiskPatience } from '../disk/disk-patience.ts';
import { patientDisk } from '../disk/patient-disk.ts';
import type { Clock } from '../engine/clock.ts';
import type { Pacer } from '../engine/pacer.ts';
import type { FileStore } from '../file-store/file-store.ts';
import type { Store } from '../store/store.ts';
import { type BatchResult, createBatch } from './batch.ts';
import { openJournal } from './journal/journal.ts';
import { openJournalFile } from './journal/journal-file.ts';
import { parseTransferRecord, TRANSFER_RECORDS_VERSION } from './journal/transfer-records.ts';
import { playRecords } from './queue/records.ts';
import type { StoredTransfer, TransferRequest } from './queue/stored-transfer.ts';
import { createTransferQueue, type TransferQueue } from './queue/transfer-queue.ts';
import { createTransferStore } from './queue/transfer-store.ts';
import type { KnownFiles } from './queue/upload-worker.ts';
import { createTransferUpdates } from './transfer-updates.ts';
import { createHeldFiles } from './uploads/held-files.ts';
import { type LocalRecord, openLedger } from './uploads/ledger.ts';
import { openUtf8Copies } from './uploads/utf8-copies.ts';
import { readUtf8Preview } from './uploads/utf8-preview.ts';

/** What the transfers of a location are made of. */
export interface TransfersParts {
  /** Where the records of transfers are kept. */
  readonly folder: string;
  /** Names the location's records in the folder. */
  readonly locationId: string;
  readonly store: Store;
  readonly client: FileStore;
  readonly files: KnownFiles;
  readonly clock: Clock;
  /** Says when the account may be asked; its owner closes it. */
  readonly pacer: Pacer;
  /** How long disks are waited for; {@link DISK_PATIENCE} unless told. */
  readonly diskPatience?: DiskPatience;
  /** Transfers under way at once, 1 to 8. */
  readonly concurrency: number;
  readonly onUpdate: (update: TransferUpdate) => void;
  /** From 0 to 1; null while nothing is under way. */
  readonly onProgress: (progress: number | null) => void;
  /** Told when the queue has come to rest; null when nothing was finished since it last did. */
  readonly onRest: (result: BatchResult | null) => void;
  /** Told when there may be a file to delete that has been replaced; see {@link Transfers.listReplacements}. */
  readonly onReplacement: () => void;
  /** Whether this app is deleting a file, or may have deleted it without knowing so. */
  readonly mayBeDeletedHere: (fileId: string) => boolean;
  readonly toUnexpected: (cause: unknown) => AppError;
}

/** What is asked for of an upload. */
type UploadRequest = Extract<TransferRequest, { readonly direction: 'upload' }>;

/** A file on the server whose successor is there. */
export interface Replacement {
  readonly transferId: string;
  readonly replacedId: string;
  /** The name of both. */
  readonly name: string;
}

/** The transfers of one location, as they were when it was last open. */
export interface Transfers {
  readonly queue: TransferQueue;
  /** Queues uploads that a person has just given; their files are kept open, as they may be gone when their turn comes. Settles when they are open. */
  addUploads(requests: readonly UploadRequest[]): Promise<void>;
  /** The whole queue; what it tells is on disk. */
  snapshot(): Promise<TransferSnapshot>;
  /** Reads how the UTF-8 copy of a failed upload's text would begin. Throws `refused` for any other transfer. */
  previewUtf8Copy(id: string, encoding: TextEncoding): Promise<Utf8Preview>;
  dismissLostRecords(): void;
  /** Uploads that are there and whose predecessors are still to be deleted and not being downloaded. */
  listReplacements(): readonly Replacement[];
  /** Whether an upload is under way that replaces this file. */
  isReplacing(fileId: string): boolean;
  /** Lets uploads replace nothing any more whose predecessors are being deleted: that is seen to. On disk only a little later. */
  dropReplacements(isBeingDeleted: (fileId: string) => boolean): void;
  /** Files that the person has asked to download and that have not arrived; what was cancelled is not wanted. */
  listUnfinishedDownloads(): ReadonlySet<string>;
  /** What this computer knows of the content of a file on the server; null when nothing. */
  findLocal(fileId: string): LocalRecord | null;
  /** How long disks are waited for. */
  readonly diskPatience: DiskPatience;
  /** Forgets what is known of files that are no longer on the server. */
  forget(fileIds: readonly string[]): void;
  /** Stops what runs and keeps it for the next time. */
  close(): Promise<void>;
}

/** Reads what is kept of a location's transfers, and goes on with them. */
export async function openTransfers(parts: TransfersParts): Promise<Transfers> {
  const path = (kind: string) => join(parts.folder, `${parts.locationId}.${kind}.jsonl`);
  const [records, ledger, copies] = await Promise.all([
    openJournal({
      file: openJournalFile(path('transfers')),
      version: TRANSFER_RECORDS_VERSION,
      parse: parseTransferRecord,
    }),
    openLedger({ store: parts.store, locationId: parts.locationId }),
    openUtf8Copies(join(parts.folder, `${parts.locationId}.copies`)),
  ]);
  let hasLostRecords = records.lostLines > 0;
  const batch = createBatch();
  const diskPatience = parts.diskPatience ?? DISK_PATIENCE;
  const held = createHeldFiles(diskPatience);

  /** Files that have been replaced and are still downloaded: what is nowhere else is not deleted before. */
  let downloadedBefore: ReadonlySet<string> = new Set();
  const isWaitedFor = (fileId: string | null) => fileId !== null && downloadedBefore.has(fileId);

  const store = createTransferStore({
    journal: records.journal,
    ...playRecords(records.entries),
    now: parts.clock.now,
    onChange: (transfer, change) => {
      batch.note(transfer, change);
      updates.note(transfer, change);
      if (transfer.direction === 'upload' && isOver(transfer, change)) held.release(transfer.id);
      if (transfer.state === 'done' && store.find(transfer.id)?.replaces) parts.onReplacement();
      if (transfer.direction === 'save' && isFinished(transfer.state) && isWaitedFor(transfer.fileId))
        parts.onReplacement();
    },
  });
  const sync = async () => {
    try {
      await store.sync();
    } catch (cause) {
      queue.holdAll(cause instanceof AppFailure ? cause.error : parts.toUnexpected(cause));
    }
    // What the ledger forgets costs a question that is not asked: it holds nothing up, and its disk has told already.
    await ledger.sync().catch(() => undefined);
  };
  const status = (): TransferQueueStatus => ({ ...queue.status(), hasLostRecords });
  const updates = createTransferUpdates({
    clock: parts.clock,
    status,
    sync,
    send: (update) => {
      parts.onUpdate(update);
      parts.onProgress(batch.progress());
    },
  });
  const queue = createTransferQueue({
    store,
    clock: parts.clock,
    services: {
      client: parts.client,
      files: parts.files,
      ledger,
      held,
      copies,
      diskPatience,
      mayBeDeletedHere: parts.mayBeDeletedHere,
    },
    pacer: parts.pacer,
    concurrency: parts.concurrency,
    hasLostRecords,
    toId: randomUUID,
    onRest: () => parts.onRest(batch.end()),
    onStatusChange: updates.noteStatus,
    toUnexpected: parts.toUnexpected,
  });
  return {
    queue,
    snapshot: async () => {
      for (;;) {
        const snapshot = { revision: updates.revision(), transfers: queue.list(), status: status() };
        await sync();
        // An update that was sent meanwhile is newer than what was taken before.
        if (updates.revision() === snapshot.revision) return snapshot;
      }
    },
    addUploads: async (requests) => {
      const ids = queue.add(requests);
      await held.hold(requests.map(({ path }, index) => ({ id: ids[index] ?? '', path })));
    },
    previewUtf8Copy: async (id, encoding) => {
      const path = queue.findForeignText(id);
      if (path === undefined) throw new AppFailure({ code: 'refused' });
      return readUtf8Preview({ path, encoding, open: (source) => held.open(id, source, patientDisk) });
    },
    dismissLostRecords: () => {
      hasLostRecords = false;
      updates.noteStatus();
    },
    listReplacements: () => {
      const all = listReplacements(store.all());
      const downloading = listDownloading(store.all());
      downloadedBefore = new Set(all.map(({ replacedId }) => replacedId).filter((id) => downloading.has(id)));
      return all.filter(({ replacedId }) => !downloading.has(replacedId));
    },
    isReplacing: (fileId) =>
      Array.from(store.all()).some(
        ({ transfer, replaces }) => replaces === fileId && !isFinished(transfer.state),
      ),
    dropReplacements: (isBeingDeleted) => {
      for (const stored of store.all()) {
        if (stored.replaces !== null && isBeingDeleted(stored.replaces))
          store.change(stored, { replaces: null });
      }
    },
    listUnfinishedDownloads: () => listUnfinishedDownloads(store.all()),
    findLocal: ledger.findLocal,
    diskPatience,
    forget: ledger.forget,
    close: async () => {
      updates.close();
      await queue.close();
      held.close();
      await ledger.sync().catch(() => undefined);
    },
  };
}

function listReplacements(transfers: Iterable<StoredTransfer>): readonly Replacement[] {
  return Array.from(transfers).flatMap(({ transfer, replaces, isCancelWanted }) => {
    const { id, name, state, fileId } = transfer;
    // One that came too late to be cancelled is there, and yet not wanted.
    const isWanted = state === 'done' && !isCancelWanted && fileId !== null && fileId !== replaces;
    return isWanted && replaces !== null ? [{ transferId: id, replacedId: replaces, name }] : [];
  });
}

/** Gives the files that wait to be downloaded, or are. */
function listDownloading(transfers: Iterable<StoredTransfer>): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const { request, transfer } of transfers) {
    if (request.direction === 'save' && !isFinished(transfer.state)) ids.add(request.file.id);
  }
  return ids;
}

/** A file that has arrived once is on this computer, whatever became of another download of it. */
function listUnfinishedDownloads(transfers: Iterable<StoredTransfer>): ReadonlySet<string> {
  const [unfinished, arrived] = [new Set<string>(), new Set<string>()];
  for (const { request, transfer } of transfers) {
    if (request.direction !== 'save' || transfer.state === 'cancelled') continue;
    (transfer.state === 'done' ? arrived : unfinished).add(request.file.id);
  }
  for (const id of arrived) unfinished.delete(id);
  return unfinished;
}

/** Whether nothing will read an upload's file any more, unless a person asks for it anew. */
function isOver({ state }: Transfer, change: 'changed' | 'removed'): boolean {
  return change === 'removed' || state === 'done' || state === 'cancelled' || state === 'skipped';
}
