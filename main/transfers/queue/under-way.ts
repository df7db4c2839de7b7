import type { Transfer } from '#app/transfers/transfer.ts';
import type { StoredTransfer } from './stored-transfer.ts';

/** The work that is under way, and what stops it. */
export interface UnderWay {
  /** Notes work on a transfer, in the place of what was noted before. */
  begin(stored: StoredTransfer): AbortController;
  /** Notes the end of work; of work that other work has taken the place of, nothing. */
  end(stored: StoredTransfer, controller: AbortController): void;
  find(stored: StoredTransfer): AbortController | undefined;
  /** Whether an upload of this name is under way: two at once could not be told apart in a listing. */
  isNameBusy(transfer: Transfer): boolean;
}

/** Makes it, with nothing under way; an abort of `closing` stops all work, also what begins later. */
export function createUnderWay(closing: AbortSignal): UnderWay {
  const controllers = new Map<StoredTransfer, AbortController>();
  const names = new Map<string, AbortController>();
  closing.addEventListener('abort', () => {
    for (const controller of controllers.values()) controller.abort(closing.reason);
  });
  return {
    begin: (stored) => {
      const controller = new AbortController();
      if (closing.aborted) controller.abort(closing.reason);
      controllers.set(stored, controller);
      if (stored.transfer.direction === 'upload') names.set(toKey(stored.transfer), controller);
      return controller;
    },
    end: (stored, controller) => {
      if (controllers.get(stored) !== controller) return;
      controllers.delete(stored);
      names.delete(toKey(stored.transfer));
    },
    find: (stored) => controllers.get(stored),
    isNameBusy: (transfer) => transfer.direction === 'upload' && names.has(toKey(transfer)),
  };
}

function toKey({ direction, name }: Transfer): string {
  return direction === 'upload' ? name.normalize('NFC') : '';
}
