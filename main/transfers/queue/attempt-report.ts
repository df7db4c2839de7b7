import type { Clock } from '../../engine/clock.ts';
import type { AttemptReport } from '../attempt.ts';
import type { Speed } from './speed.ts';
import type { StoredTransfer } from './stored-transfer.ts';
import type { TransferStore } from './transfer-store.ts';

/** What is told of an attempt. */
export interface AttemptReportParts {
  readonly store: TransferStore;
  readonly speed: Speed;
  readonly clock: Clock;
  /** Told when an upload waits for nothing but its answer: the next can be got ready. */
  readonly onWaitingForServer: () => void;
}

/** Takes down what a worker says of the transfer it works on. */
export function createAttemptReport(
  { store, speed, clock, onWaitingForServer }: AttemptReportParts,
  stored: StoredTransfer,
): AttemptReport {
  return {
    move: (state) => {
      store.move(stored, state);
      if (state === 'sending' || state === 'receiving') speed.begin(clock.now());
      if (state === 'waitingForServer') onWaitingForServer();
    },
    size: (sizeBytes) => {
      if (sizeBytes !== stored.transfer.sizeBytes) store.change(stored, { sizeBytes });
    },
    progress: (transferredBytes) => {
      const { state, transferredBytes: before } = stored.transfer;
      // What an attempt finds there already has not moved now.
      if (state !== 'preparing') speed.add(Math.max(0, transferredBytes - before), clock.now());
      store.progress(stored, transferredBytes);
    },
  };
}
