import type { TransferState } from '#app/transfers/transfer.ts';

/** What a worker may say of the transfer it works on. */
export interface AttemptReport {
  /** Moves the transfer on; see `TRANSFER_TRANSITIONS`. */
  readonly move: (state: TransferState) => void;
  /** Corrects the size, in bytes. */
  readonly size: (sizeBytes: number) => void;
  /** Says how many bytes have been handed to the network or written to disk in this attempt. */
  readonly progress: (transferredBytes: number) => void;
}
