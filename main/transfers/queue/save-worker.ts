import { basename } from 'node:path';
import type { OpenRouterClient } from '../../openrouter/client.ts';
import type { Attempt } from '../attempt.ts';
import { discardPartialSave } from '../saves/part-file.ts';
import { recoverSave } from '../saves/recover-save.ts';
import { saveFile } from '../saves/save-file.ts';
import type { SaveOrder } from '../saves/save-target.ts';
import type { StoredTransfer } from './stored-transfer.ts';
import type { TransferStore } from './transfer-store.ts';

/** Works on saves. */
export interface SaveWorker {
  /** Makes one attempt; the transfer is `done` when it resolves. Throws `AppFailure`. */
  attempt(stored: StoredTransfer, attempt: Attempt): Promise<void>;
  /** Removes what an attempt has left for the next one. Never rejects. */
  discard(stored: StoredTransfer): Promise<void>;
  /** After a restart: gives the path of a save that was about to get its name, null when it must begin anew. */
  recover(stored: StoredTransfer): Promise<string | null>;
}

/** Makes the worker. */
export function createSaveWorker(
  store: TransferStore,
  openContent: OpenRouterClient['openContent'],
): SaveWorker {
  return {
    attempt: async (stored, { report, takeTurn, signal }) => {
      await takeTurn();
      // A crash must not forget whose temporary file it is.
      await store.sync();
      const beforePlacing = async (placing: NonNullable<StoredTransfer['placing']>) => {
        store.change(stored, { placing });
        await store.sync();
      };
      const path = await saveFile(toOrder(stored), { openContent, beforePlacing }, report, signal);
      store.progress(stored, stored.transfer.sizeBytes);
      store.move(stored, 'done', toSaved(path));
    },
    discard: (stored) => discardPartialSave(toOrder(stored)),
    recover: (stored) => recoverSave(toOrder(stored), stored.placing),
  };
}

/** Gives what is known of a save that stands at its final path. */
export function toSaved(path: string) {
  return { path, name: basename(path), placing: null, error: null } as const;
}

function toOrder({ request, transfer }: StoredTransfer): SaveOrder {
  if (request.direction !== 'save') throw new Error('An upload was given to the worker of saves');
  return { id: transfer.id, file: request.file, target: request.target };
}
