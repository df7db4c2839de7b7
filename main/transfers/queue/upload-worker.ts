import type { RemoteFile } from '#app/files/remote-file.ts';
import type { Transfer, UploadConcern } from '#app/transfers/transfer.ts';
import { isFinished } from '#app/transfers/transfer-states.ts';
import type { Clock } from '../../engine/clock.ts';
import type { FileStore } from '../../file-store/file-store.ts';
import type { LocationCapabilities } from '../../file-store/location-capabilities.ts';
import type { Attempt } from '../attempt.ts';
import type { UploadChecks } from '../uploads/check-upload.ts';
import type { HeldFiles } from '../uploads/held-files.ts';
import type { Ledger } from '../uploads/ledger.ts';
import { attemptUpload } from '../uploads/upload-attempt.ts';
import type { Utf8Copies } from '../uploads/utf8-copies.ts';
import { toUnproven, verifyStored } from '../uploads/verify-stored.ts';
import type { SentMark, StoredTransfer } from './stored-transfer.ts';
import type { TransferStore } from './transfer-store.ts';

/** What the app knows of the files on the server. */
export interface KnownFiles {
  /** Settles when the listing has been read to its end, or cannot be; rejects at an abort. */
  whenRead(signal: AbortSignal): Promise<void>;
  /** Whether the listing has been read to its end. */
  isComplete(): boolean;
  has(id: string): boolean;
  /** Files of one name, however its accents are written, and one size. */
  findSame(name: string, sizeBytes: number): readonly RemoteFile[];
  /** Of all files together; null while the listing has not been read to its end. */
  totalBytes(): number | null;
  put(file: RemoteFile): void;
  /** Whether a file was deleted lately: a listing that lags behind may still tell of it. */
  isRemoved(id: string): boolean;
  /** To be called as a reading of the listing begins; what it gives takes in the files of each page. */
  followReading(): (files: readonly RemoteFile[]) => void;
}

/** What uploads need of their location. */
export interface UploadWorkerParts {
  readonly store: TransferStore;
  readonly clock: Clock;
  readonly uploadFile: FileStore['uploadFile'];
  readonly readFile: FileStore['readFile'];
  readonly capabilities: LocationCapabilities;
  readonly files: KnownFiles;
  readonly ledger: Ledger;
  /** Files that were opened when they were given. */
  readonly held: Pick<HeldFiles, 'open'>;
  readonly copies: Utf8Copies;
}

/** Works on uploads. */
export interface UploadWorker {
  /** Makes one attempt; the transfer is `done` or `asking` when it resolves. Throws `AppFailure`. */
  attempt(stored: StoredTransfer, attempt: Attempt): Promise<void>;
  /**
   * Of transfers that have just joined the queue, asks about the uploads that will not fit into the workspace after all
   * that are before them, so that a person learns it at once and not hours later. Answers with the others.
   */
  askAboutRoom(added: readonly StoredTransfer[]): readonly StoredTransfer[];
  /** Ends an upload that was found in the listing. */
  complete(stored: StoredTransfer, file: RemoteFile): void;
  /** Notes a file that the server holds of an upload, whatever becomes of its transfer. */
  claim(file: RemoteFile): void;
  /**
   * Whether a file on the server belongs to another upload of this queue. The ledger is not asked: it may know of an
   * upload whose end a crash has kept from the queue's own records.
   */
  isClaimed(fileId: string): boolean;
}

/** How long an upload waits for the listing to be read before it goes on with what is known. */
const LISTING_PATIENCE_MS = 30_000;
/** What others add to the server between the mark and the first byte would be taken for ours. */
const MAX_MARK_AGE_MS = 2000;

/** Makes the worker. */
export function createUploadWorker(parts: UploadWorkerParts): UploadWorker {
  const { store, clock, files, ledger, capabilities } = parts;
  const claimed = new Set<string>();
  const underWay = new Set<StoredTransfer>();
  for (const { transfer } of store.all()) {
    if (transfer.direction === 'upload' && transfer.fileId !== null) claimed.add(transfer.fileId);
  }

  const claim = (file: RemoteFile) => {
    claimed.add(file.id);
    files.put(file);
  };
  const end = (stored: StoredTransfer, file: RemoteFile, confirmedBy: 'answer' | 'listing') => {
    claim(file);
    const { sizeBytes, transferredBytes } = stored.transfer;
    if (transferredBytes !== sizeBytes) store.progress(stored, sizeBytes);
    store.move(stored, 'done', { fileId: file.id, confirmedBy, sent: null, error: null });
  };
  const toSentMark = (name: string, sizeBytes: number): SentMark => ({
    at: clock.now(),
    sizeBytes,
    knownIds: files.findSame(name, sizeBytes).map((file) => file.id),
    isKnownComplete: files.isComplete(),
    reached: 'all',
    brokeAt: null,
  });
  const toChecks = (stored: StoredTransfer): UploadChecks => ({
    capabilities,
    answered: stored.answered,
    hasOpenUpload: (name, sizeBytes) =>
      store.count('unknown') > 0 &&
      Array.from(store.all()).some(
        (other) => other.transfer.state === 'unknown' && isSameUpload(other.transfer, name, sizeBytes),
      ),
    // Of the very file that it replaces nobody needs to be asked.
    findSameName: (name, sizeBytes) =>
      files.findSame(name, sizeBytes).find(({ id }) => id !== stored.replaces)?.id ?? null,
    hasContentOfSize: ledger.hasSize,
    findSameContent: (sizeBytes, sha256) => {
      const found = ledger
        .findContent(sizeBytes, sha256)
        .find(({ id }) => id !== stored.replaces && files.has(id));
      return found ? { fileId: found.id, name: found.name } : null;
    },
    freeBytes: () => {
      const total = files.totalBytes();
      if (total === null || capabilities.quotaBytes === null) return null;
      const others = [...underWay].filter((other) => other !== stored);
      const coming = others.reduce((sum, { transfer }) => sum + transfer.sizeBytes, 0);
      return Math.max(0, capabilities.quotaBytes - total - coming);
    },
  });
  /** Room behind all uploads that are still to come, but for some; null while it is not known, or without end. */
  const roomWithout = (some: ReadonlySet<StoredTransfer>): number | null => {
    const total = files.totalBytes();
    if (total === null || capabilities.quotaBytes === null) return null;
    let room = capabilities.quotaBytes - total;
    for (const stored of store.all())
      if (!some.has(stored) && isComing(stored, capabilities)) room -= stored.transfer.sizeBytes;
    return room;
  };
  /** Whether an answer names a file that is another upload's, or was there before. */
  const isOfAnother = ({ sent }: StoredTransfer, { id }: RemoteFile) =>
    claimed.has(id) || sent?.knownIds.includes(id) === true;
  const getReady = async (stored: StoredTransfer, sizeBytes: number, takeSlot: () => Promise<void>) => {
    const mark = async () => {
      const sent = toSentMark(stored.transfer.name, sizeBytes);
      store.change(stored, { sent });
      await store.sync();
      return sent;
    };
    // Before the slot, so that others use the network while the mark is written.
    const sent = await mark();
    await takeSlot();
    if (clock.now() - sent.at <= MAX_MARK_AGE_MS) return;
    await mark();
    await takeSlot();
  };
  const waitForListing = async (signal: AbortSignal) => {
    const patience = new AbortController();
    const both = AbortSignal.any([signal, patience.signal]);
    try {
      await Promise.race([files.whenRead(both), clock.sleep(LISTING_PATIENCE_MS, both)]);
    } finally {
      patience.abort();
    }
  };

  return {
    attempt: async (stored, { report, disk, takeSlot, signal }) => {
      if (!files.isComplete()) await waitForListing(signal);
      underWay.add(stored);
      try {
        const { path, transfer, convertFrom } = stored;
        const open = (source: string) => parts.held.open(transfer.id, source, disk);
        const send = (sentPath: string) =>
          attemptUpload(
            {
              path: sentPath,
              name: transfer.name,
              sizeBytes: transfer.sizeBytes,
              concern: toConcern(stored),
              open,
            },
            {
              uploadFile: parts.uploadFile,
              checks: toChecks(stored),
              getReady: (sizeBytes) => getReady(stored, sizeBytes, takeSlot),
            },
            report,
            signal,
          );
        const outcome = await (convertFrom === null
          ? send(path)
          : parts.copies.use({ path, encoding: convertFrom, open }, signal, send));
        if (outcome.kind === 'asks') {
          store.move(stored, 'asking', { question: outcome.question });
          return;
        }
        const { file, sha256, modifiedAt } = outcome;
        if (isOfAnother(stored, file)) throw toUnproven('otherFile');
        // For its sake another file will be deleted.
        if (stored.replaces !== null) await verifyStored(file, parts.readFile, signal);
        const { id, name, sizeBytes } = file;
        // Of a copy that is gone the file on this computer is another.
        const source = convertFrom === null ? { path, modifiedAt } : null;
        ledger.add({ id, name, sizeBytes, sha256, at: clock.now(), source });
        end(stored, file, 'answer');
      } finally {
        underWay.delete(stored);
      }
    },
    askAboutRoom: (added) => {
      let room = roomWithout(new Set(added));
      return added.filter((stored) => {
        const { sizeBytes } = stored.transfer;
        if (room === null || !isComing(stored, capabilities)) return true;
        if (sizeBytes <= room) {
          room -= sizeBytes;
          return true;
        }
        store.move(stored, 'preparing');
        store.move(stored, 'asking', { question: { kind: 'overQuota', freeBytes: Math.max(0, room) } });
        return false;
      });
    },
    complete: (stored, file) => end(stored, file, 'listing'),
    claim,
    isClaimed: (fileId) => claimed.has(fileId),
  };
}

function toConcern({ request }: StoredTransfer): UploadConcern | undefined {
  return request.direction === 'upload' ? request.concern : undefined;
}

/** Whether an upload will take room that the listing does not yet show. */
function isComing(
  { request, transfer }: StoredTransfer,
  { maxFileSizeBytes }: LocationCapabilities,
): boolean {
  const { state, sizeBytes } = transfer;
  // One that is too large is refused by itself.
  return (
    request.direction === 'upload' &&
    !isFinished(state) &&
    state !== 'asking' &&
    (maxFileSizeBytes === null || sizeBytes <= maxFileSizeBytes)
  );
}

function isSameUpload(transfer: Transfer, name: string, sizeBytes: number): boolean {
  return (
    transfer.direction === 'upload' &&
    transfer.sizeBytes === sizeBytes &&
    transfer.name.normalize('NFC') === name.normalize('NFC')
  );
}
