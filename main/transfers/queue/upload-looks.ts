import { type AppError, AppFailure } from '#app/errors.ts';
import type { RemoteFile } from '#app/files/remote-file.ts';
import type { Transfer } from '#app/transfers/transfer.ts';
import type { Clock } from '../../engine/clock.ts';
import type { Pacer } from '../../engine/pacer.ts';
import type { FileStore } from '../../file-store/file-store.ts';
import { confirmUpload } from '../uploads/confirm-upload.ts';
import { createListingLook } from '../uploads/listing-look.ts';
import type { Settle } from './settle.ts';
import type { SentMark, StoredTransfer } from './stored-transfer.ts';
import type { TransferStore } from './transfer-store.ts';
import type { UnderWay } from './under-way.ts';
import type { KnownFiles, UploadWorker } from './upload-worker.ts';

/** What looking for uploads needs of the queue. */
export interface UploadLooksParts {
  readonly store: TransferStore;
  readonly clock: Clock;
  readonly pacer: Pacer;
  readonly listFiles: FileStore['listFiles'];
  readonly files: Pick<KnownFiles, 'followReading' | 'isRemoved'>;
  readonly uploads: UploadWorker;
  readonly underWay: UnderWay;
  readonly settle: Settle;
  readonly closing: AbortSignal;
  readonly toUnexpected: (cause: unknown) => AppError;
}

/** Looks for uploads on the server that broke after their body had begun to be sent. They need no turn for it. */
export interface UploadLooks {
  /** Looks for an `interrupted` upload and decides what follows. Never rejects. */
  lookFor(stored: StoredTransfer): Promise<void>;
  /** Whether any is being looked for. */
  isLooking(): boolean;
}

/** Makes it. */
export function createUploadLooks(parts: UploadLooksParts): UploadLooks {
  const { store, clock, pacer, uploads, underWay, settle, closing } = parts;
  const whenAllowed = (signal: AbortSignal) => pacer.whenFree('verification', signal);
  const look = createListingLook({
    listFiles: parts.listFiles,
    // What is there when an upload begins must not be taken for that upload later.
    follow: parts.files.followReading,
    whenAllowed,
    onFailure: (cause) => {
      if (cause instanceof AppFailure) pacer.noteFailure('verification', cause.error);
    },
    signal: closing,
  });
  let lookingCount = 0;

  /** Whether another upload of its name and size is open too, and the file was not there before that one. */
  const isDisputed = (file: RemoteFile, looking: StoredTransfer) =>
    Array.from(store.all()).some(
      (other) =>
        other !== looking &&
        other.sent?.sizeBytes === file.sizeBytes &&
        other.transfer.name.normalize('NFC') === file.name.normalize('NFC') &&
        !other.sent.knownIds.includes(file.id),
    );
  /** Ends a look that broke off, by a person's doing or by a fault; one that a close stops goes on at the next start. */
  const end = (stored: StoredTransfer, isStopped: boolean) => {
    if (closing.aborted) return;
    if (isStopped && stored.sent?.reached === 'part') {
      store.move(stored, 'cancelled', { error: null, sent: null, startedAt: null });
    } else {
      const reason = isStopped ? 'stopped' : 'lookFailed';
      store.move(stored, 'unknown', { error: { code: 'maybeUploaded', reason } });
    }
  };

  return {
    lookFor: async (stored) => {
      const { transfer } = stored;
      const sent = stored.sent ?? toBlankMark(transfer, clock.now());
      const controller = underWay.begin(stored);
      lookingCount += 1;
      try {
        const found = await confirmUpload(
          { name: transfer.name, sent: { ...sent, brokeAt: sent.brokeAt ?? clock.now() } },
          {
            clock,
            look,
            whenAllowed,
            isClaimed: (id) => uploads.isClaimed(id) || parts.files.isRemoved(id),
            isDisputed: (file) => isDisputed(file, stored),
          },
          controller.signal,
        );
        if (found.kind === 'found') uploads.complete(stored, found.file);
        else if (found.kind === 'absent') settle.absent(stored);
        else store.move(stored, 'unknown', { error: { code: 'maybeUploaded', reason: found.reason } });
      } catch (cause) {
        if (!controller.signal.aborted) parts.toUnexpected(cause);
        end(stored, controller.signal.aborted);
      } finally {
        lookingCount -= 1;
        underWay.end(stored, controller);
      }
    },
    isLooking: () => lookingCount > 0,
  };
}

/** Stands for a mark whose record was lost: with it nothing is taken for ours, and nothing counts as surely absent that is there. */
function toBlankMark({ sizeBytes }: Transfer, now: number): SentMark {
  return { at: now, sizeBytes, knownIds: [], isKnownComplete: false, reached: 'all', brokeAt: now };
}
