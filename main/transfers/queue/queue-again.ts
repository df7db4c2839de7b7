import { suggestUploadName, toFreeUploadName } from '#app/files/upload-name.ts';
import { canSendAnyway, canUploadUtf8Copy, canUseSuggestedName } from '#app/transfers/refused-upload.ts';
import type { UploadConsent } from '#app/transfers/transfer.ts';
import { canRetry } from '#app/transfers/transfer-states.ts';
import type { TransferChange } from '../journal/transfer-records.ts';
import type { Scheduler } from './scheduler.ts';
import type { StoredTransfer } from './stored-transfer.ts';
import type { TransferQueue } from './transfer-queue.ts';
import type { TransferStore } from './transfer-store.ts';

/** Makes the commands that queue transfers again which have ended; others among the ids are passed over. */
export function createQueueAgain(
  store: TransferStore,
  scheduler: Pick<Scheduler, 'enqueue' | 'schedule'>,
): Pick<TransferQueue, 'retry' | 'sendAnyway' | 'uploadUtf8Copies' | 'applySuggestedNames'> {
  const queueAgain = (stored: StoredTransfer, change: TransferChange = {}) => {
    store.move(stored, 'queued', { ...FRESH, ...change, attempts: 0 });
    store.progress(stored, 0);
    scheduler.enqueue(stored, 'back');
  };
  const findIn = (ids: readonly string[], isMeant: (transfer: StoredTransfer['transfer']) => boolean) =>
    ids.flatMap((id) => store.find(id) ?? []).filter(({ transfer }) => isMeant(transfer));

  return {
    retry: (ids) => {
      for (const stored of findIn(ids, ({ state }) => canRetry(state))) {
        queueAgain(stored, stored.transfer.state === 'unknown' ? { answered: toAnsweredAgain(stored) } : {});
      }
      scheduler.schedule();
    },
    sendAnyway: (ids) => {
      for (const stored of findIn(ids, canSendAnyway)) {
        queueAgain(stored, { answered: [...stored.answered, 'content'] });
      }
      scheduler.schedule();
    },
    uploadUtf8Copies: (ids, convertFrom) => {
      for (const stored of findIn(ids, canUploadUtf8Copy)) queueAgain(stored, { convertFrom });
      scheduler.schedule();
    },
    applySuggestedNames: (ids) => {
      const taken = new Set(Array.from(store.all(), ({ transfer }) => toKey(transfer.name)));
      for (const stored of findIn(ids, canUseSuggestedName)) {
        const suggested = suggestUploadName(stored.transfer.name);
        const name = toFreeUploadName(suggested, (other) => taken.has(toKey(other)));
        taken.add(toKey(name));
        queueAgain(stored, { name });
      }
      scheduler.schedule();
    },
  };
}

/** Names that differ only in how their accents are stored look the same. */
function toKey(name: string): string {
  return name.normalize('NFC');
}

/**
 * A person who sends an upload again whose outcome is unknown has been told that there may be two. What they said of its
 * content still holds; what they said of the room may not.
 */
function toAnsweredAgain({ answered }: StoredTransfer): readonly UploadConsent[] {
  const ofContent = answered.filter((consent) => consent === 'sensitive' || consent === 'content');
  return ['sameName', 'openUpload', 'sameContent', ...ofContent];
}

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
