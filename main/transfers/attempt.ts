import type { TransferState } from '#app/transfers/transfer.ts';
import type { Disk } from '../disk/patient-disk.ts';

/** What a worker may say of the transfer it works on. */
export interface AttemptReport {
  /** Moves the transfer on; see `TRANSFER_TRANSITIONS`. */
  readonly move: (state: TransferState) => void;
  /** Corrects the size, in bytes. */
  readonly size: (sizeBytes: number) => void;
  /** Says how many bytes have been handed to the network or received from it in this attempt. */
  readonly progress: (transferredBytes: number) => void;
}

/** One attempt, as a worker is given it. */
export interface Attempt {
  readonly report: AttemptReport;
  /** The person's files: when a call does not return that is told, and others run meanwhile. */
  readonly disk: Disk;
  /**
   * Settles when the attempt may use the network; the slot lasts to the attempt's end, and asked for again it is only seen
   * whether it may go on. Throws {@link Postponed}, and the signal's reason at an abort.
   */
  readonly takeSlot: () => Promise<void>;
  readonly signal: AbortSignal;
}

/** Thrown when the queue was paused or held while an attempt waited for its turn: it goes back to where it was. */
export class Postponed extends Error {
  constructor() {
    super('The attempt is put off');
    this.name = 'Postponed';
  }
}
