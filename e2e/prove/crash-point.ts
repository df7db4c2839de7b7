import type { TransferState } from '#app/transfers/transfer.ts';
import type { FilesWindow } from '../pages/files-window.ts';
import type { FaultRule } from '../server/faults.ts';
import type { Operation } from '../server/request-log.ts';
import type { LocalServer } from '../server/server.ts';
import type { JournalRecord } from './journal-watch.ts';

/** One way of ending the app in the midst of its work, by the moment at which that happens. */
export interface CrashPoint {
  /** Unlike every other's. */
  readonly name: string;
  readonly work: CrashWork;
  /** The app is started, and killed at the end of each of these; then it is started once more and left in peace. */
  readonly runs: readonly [CrashRun, ...CrashRun[]];
  /**
   * With this the server stores the first upload, whose body it had when the app died, only when it has given the app
   * that was started again so many listings.
   */
  readonly storesAfter?: { readonly listings: number };
  /** Where a transfer may end; only `done` unless told. */
  readonly ends?: readonly TransferState[];
}

/** What the app is given to do. The n-th file is named `upload-N.txt` or `save-N.txt`. */
export interface CrashWork {
  /** Sizes of the files to upload, in bytes. */
  readonly uploads?: readonly number[];
  /** Sizes of the files to save, in bytes. */
  readonly saves?: readonly number[];
  /** Transfers under way at once; 1 unless told. */
  readonly concurrency?: number;
  /** Time before each call is looked at by the server, in milliseconds: it makes moments last. */
  readonly latencyMs?: number;
  /** Whether the server has files of the uploads' names and sizes already. */
  readonly isThereAlready?: boolean;
  /** Whether what is saved takes the place of another file, as the person has agreed to; for one save only. */
  readonly isReplacing?: boolean;
}

/** One life of the app. */
export interface CrashRun {
  /** In force from before the app is started until it is dead. */
  readonly faults?: readonly FaultRule[];
  /** What a person does while the work is under way. */
  readonly during?: (hands: Hands) => Promise<void>;
  /** The moment of the kill. */
  readonly until: KillMoment;
}

/** What a person who does something has in front of them, and what tells when. */
export interface Hands {
  readonly files: FilesWindow;
  readonly server: LocalServer;
}

/** A moment, seen from outside. */
export type KillMoment =
  /** The server holds a call, by one of the faults. */
  | { readonly kind: 'held'; readonly on: Operation }
  /** The n-th such record is on disk, counted from the start of the app. */
  | {
      readonly kind: 'recorded';
      readonly isWanted: (record: JournalRecord) => boolean;
      readonly count: number;
    }
  /** The ledger on disk knows of an upload that the record of transfers does not know of yet; at the latest when it has so many. */
  | { readonly kind: 'ledger'; readonly count: number };
