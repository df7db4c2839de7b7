import type { Session } from '../accounts/session.ts';
import type { Deletion } from '../files/deletion.ts';
import type { FileIndexStatus } from '../files/file-index-status.ts';
import type { FilePage, FileQuery } from '../files/file-query.ts';
import type { RemoteFile } from '../files/remote-file.ts';
import type {
  TransferAnswer,
  TransferSnapshot,
  TransferUpdate,
  UploadIntake,
} from '../transfers/transfer.ts';
import type { BridgeApi, Command, Keys } from './bridge.ts';

/** Names some files or transfers. */
export interface Ids {
  readonly ids: readonly string[];
}

/** Names one file, transfer or deletion. */
export interface Id {
  readonly id: string;
}

/** What the main window may ask of main. */
export interface FilesCommands {
  getSession: Command<undefined, Session>;
  /** Tries again to read the key from the keychain. */
  unlock: Command<undefined, null>;
  /** Removes the key from the keychain and goes back to the connect window. Fails while nothing was removed. */
  signOut: Command<undefined, null>;
  /** Goes to the connect window without removing anything: the way on when the keychain cannot be read. */
  openConnect: Command<undefined, null>;

  queryFiles: Command<FileQuery, FilePage>;
  /** Gives those of the files that are still known, in the order asked; the others are gone. */
  findFiles: Command<Ids, readonly RemoteFile[]>;
  /** Reads the listing again from its start. */
  refreshFiles: Command<undefined, null>;
  /** Reads one file afresh from the server; with `notFound` the file also leaves the index. */
  readFile: Command<Id, RemoteFile>;
  /** Puts ids on the system's clipboard, one a line. */
  copyIds: Command<Ids, null>;

  listDeletions: Command<undefined, readonly Deletion[]>;
  /** Begins a deletion with its grace period; the page has asked the person before. */
  deleteFiles: Command<Ids, Deletion>;
  /** Takes a deletion back in its grace period; answers whether that was still possible. */
  undoDeletion: Command<Id, boolean>;

  listTransfers: Command<undefined, TransferSnapshot>;
  /** Queues files and folders by path. Only the preload script names paths: see {@link FilesApi}. */
  uploadPaths: Command<UploadPaths, UploadIntake>;
  /** Lets the person choose a folder in the system's dialog and queues what is in it; null when they chose none. */
  uploadFolder: Command<undefined, UploadIntake | null>;
  /** Lets the person choose where in the system's dialog and queues the saves; answers how many, 0 when they chose nowhere. */
  saveFiles: Command<Ids, number>;
  /** Ends transfers in whatever state. An upload that may be on the server already is looked for first. */
  cancelTransfers: Command<Ids, null>;
  /** Queues transfers that ended without success again; an `unknown` upload too, so the page has asked before. */
  retryTransfers: Command<Ids, null>;
  /** Looks again for `unknown` uploads on the server. */
  checkTransfers: Command<Ids, null>;
  /** Answers the questions of transfers that ask; others are passed over. */
  answerTransfers: Command<TransferAnswers, null>;
  /** Lets what runs come to its end and begins nothing new. */
  pauseTransfers: Command<undefined, null>;
  /** Goes on after a pause or a hold. */
  resumeTransfers: Command<undefined, null>;
  /** Sets how many transfers run at once; kept for the next start. */
  setTransferConcurrency: Command<TransferConcurrency, null>;
  /** Says that the notice of lost records was read. */
  dismissLostRecords: Command<undefined, null>;
  clearFinishedTransfers: Command<undefined, null>;
  /** Opens the folder of a finished save, or of an upload's source, in the system's file manager. */
  showTransferInFolder: Command<Id, null>;
}

/** One answer for all of these transfers. */
export interface TransferAnswers extends Ids {
  readonly answer: TransferAnswer;
}

/** How many transfers run at once, 1 to 8. */
export interface TransferConcurrency {
  readonly concurrency: number;
}

/** Paths on this computer, and how many dropped or pasted things had none. */
export interface UploadPaths {
  readonly paths: readonly string[];
  /** Names of items without a path, such as a picture from the clipboard. */
  readonly withoutPath: readonly string[];
}

/** What main tells the main window unasked. Payloads are whole states, so a lost one does no harm. */
export interface FilesEvents {
  sessionChanged: Session;
  fileIndexChanged: FileIndexStatus;
  deletionChanged: Deletion;
  transfersChanged: TransferUpdate;
}

/** Every command of the main window. */
export const FILES_COMMANDS: Keys<FilesCommands> = {
  getSession: true,
  unlock: true,
  signOut: true,
  openConnect: true,
  queryFiles: true,
  findFiles: true,
  refreshFiles: true,
  readFile: true,
  copyIds: true,
  listDeletions: true,
  deleteFiles: true,
  undoDeletion: true,
  listTransfers: true,
  uploadPaths: true,
  uploadFolder: true,
  saveFiles: true,
  cancelTransfers: true,
  retryTransfers: true,
  checkTransfers: true,
  answerTransfers: true,
  pauseTransfers: true,
  resumeTransfers: true,
  setTransferConcurrency: true,
  dismissLostRecords: true,
  clearFinishedTransfers: true,
  showTransferInFolder: true,
};

/** Every event of the main window. */
export const FILES_EVENTS: Keys<FilesEvents> = {
  sessionChanged: true,
  fileIndexChanged: true,
  deletionChanged: true,
  transfersChanged: true,
};

type Bridge = BridgeApi<FilesCommands, FilesEvents>;

/** `window.files`: the bridge without paths; real `File` objects are resolved by the preload script instead. */
export type FilesApi = Omit<Bridge, 'uploadPaths'> & {
  /** Queues dropped, pasted or picked files and folders. */
  readonly uploadFiles: (files: readonly object[]) => ReturnType<Bridge['uploadPaths']>;
};
