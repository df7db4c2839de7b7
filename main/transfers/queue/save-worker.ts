import { basename } from 'node:path';
import { AppFailure } from '#app/errors.ts';
import type { DiskPatience } from '../../disk/disk-patience.ts';
import { type Disk, patientDisk } from '../../disk/patient-disk.ts';
import type { Clock } from '../../engine/clock.ts';
import { createSemaphore, type Semaphore } from '../../engine/semaphore.ts';
import type { FileStore } from '../../file-store/file-store.ts';
import type { Attempt } from '../attempt.ts';
import { discardPartialSave } from '../saves/part-file.ts';
import { recoverSave } from '../saves/recover-save.ts';
import { saveFile } from '../saves/save-file.ts';
import type { SaveOrder, SaveTarget } from '../saves/save-target.ts';
import { createSaveWork, giveUpLate } from '../saves/save-work.ts';
import type { Ledger } from '../uploads/ledger.ts';
import type { StoredTransfer } from './stored-transfer.ts';
import type { TransferStore } from './transfer-store.ts';

/** Works on saves. */
export interface SaveWorker {
  /** Makes one attempt; the transfer is `done` when it resolves. Throws `AppFailure`. */
  attempt(stored: StoredTransfer, attempt: Attempt): Promise<void>;
  /** Removes what an attempt has left for the next one. Never rejects. */
  discard(stored: StoredTransfer): Promise<void>;
  /**
   * After a restart: gives the path of a save that was about to get its name, null when it must begin anew. Throws
   * `cancelled` when the disk does not answer and nobody waits for it any more.
   */
  recover(stored: StoredTransfer, disk: Disk, signal: AbortSignal): Promise<string | null>;
}

/** What saves need of their location. */
export interface SaveWorkerParts {
  readonly store: TransferStore;
  readonly clock: Clock;
  readonly openContent: FileStore['openContent'];
  readonly ledger: Pick<Ledger, 'addSave'>;
  readonly diskPatience: DiskPatience;
  /** Whether this app is deleting a file, or may have deleted it without knowing so. */
  readonly mayBeDeletedHere: (fileId: string) => boolean;
}

/** Makes the worker. */
export function createSaveWorker(parts: SaveWorkerParts): SaveWorker {
  const { store, clock, openContent, ledger, diskPatience: patience } = parts;
  const work = createSaveWork();
  const noteSaved = ({ file }: SaveOrder, path: string, { placing }: StoredTransfer) => {
    if (placing === null) return;
    const { sizeBytes, modifiedAt } = placing;
    ledger.addSave({ savedId: file.id, path, sizeBytes, modifiedAt, at: clock.now() });
  };
  /** One at a time for each file that may be replaced: two saves at once would both find the one that may be lost, and lose each other's. */
  const replacing = new Map<string, Semaphore>();
  const takeReplacing = async ({ path, replaces }: SaveTarget, signal?: AbortSignal) => {
    if (!replaces) return () => undefined;
    const only = replacing.get(path) ?? createSemaphore(() => 1);
    replacing.set(path, only);
    return only.acquire(signal);
  };

  return {
    attempt: async (stored, { report, disk, takeSlot, signal }) => {
      const order = toOrder(stored);
      // A crash must not forget whose temporary file it is.
      await store.sync();
      await takeSlot();
      const beforePlacing = async (placing: NonNullable<StoredTransfer['placing']>) => {
        store.change(stored, { placing });
        await store.sync();
        return takeReplacing(order.target, signal);
      };
      const services = { openContent, beforePlacing, disk, work, patience };
      try {
        const path = await saveFile(order, services, report, signal);
        noteSaved(order, path, stored);
        store.progress(stored, stored.transfer.sizeBytes);
        store.move(stored, 'done', toSaved(path));
      } catch (cause) {
        const isDeletedHere = stored.isDeletedHere || parts.mayBeDeletedHere(order.file.id);
        if (!isDeletedHere || !isNotFound(cause)) throw cause;
        // The next attempt shall say the same, in whatever run of the app.
        store.change(stored, { isDeletedHere });
        throw new AppFailure({ code: 'deletedHere' }, { cause });
      }
    },
    discard: (stored) => discardPartialSave(toOrder(stored), { disk: patientDisk, work, patience }),
    recover: async (stored, disk, signal) => {
      const order = toOrder(stored);
      const giveBack = await takeReplacing(order.target, signal);
      const recovering = work.run(order.id, () => recoverSave(order, stored.placing, disk)).finally(giveBack);
      const path = await giveUpLate(recovering, signal, patience.endMs);
      if (path !== null) noteSaved(order, path, stored);
      return path;
    },
  };
}

function isNotFound(cause: unknown): boolean {
  return cause instanceof AppFailure && cause.error.code === 'notFound';
}

/** Gives what is known of a save that stands at its final path. */
export function toSaved(path: string) {
  return { path, name: basename(path), placing: null, error: null } as const;
}

function toOrder({ request, transfer }: StoredTransfer): SaveOrder {
  if (request.direction !== 'save') throw new Error('An upload was given to the worker of saves');
  return { id: transfer.id, file: request.file, target: request.target };
}
