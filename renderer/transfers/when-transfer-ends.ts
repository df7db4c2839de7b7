import { isFinished } from '#app/transfers/transfer-states.ts';
import type { TransferStore } from './transfer-store.ts';

/** Calls `act` once, when a transfer has come to an end of whatever kind or has left the list. It need not be there yet. */
export function whenTransferEnds(
  store: Pick<TransferStore, 'read' | 'subscribe'>,
  id: string,
  act: () => void,
): void {
  let isKnown = false;
  const look = () => {
    const transfer = store.read().transfers.find((candidate) => candidate.id === id);
    isKnown ||= transfer !== undefined;
    if (!isKnown || (transfer !== undefined && !isFinished(transfer.state))) return;
    stop();
    act();
  };
  const stop = store.subscribe(look);
  look();
}
