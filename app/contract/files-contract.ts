import type { Session } from '../accounts/session.ts';
import type { Deletion, DeletionDraft, DeletionStart } from '../files/deletion.ts';
import type { DraggedFiles, FileDetails, SnippetFormat } from '../files/file-details.ts';
import type { FileIndexStatus } from '../files/file-index-status.ts';
import type { FilePage, FileQuery } from '../files/file-query.ts';
import type { FileTarget, SelectionChange, SelectionView } from '../files/selection.ts';
import type { WorkspaceUsage } from '../files/workspace-usage.ts';
import type {
  TransferAnswer,
  TransferSnapshot,
  TransferUpdate,
  UploadIntake,
} from '../transfers/transfer.ts';
import type { Utf8Choice, Utf8Choices, Utf8Preview } from '../transfers/utf8-copy.ts';
import type { BridgeApi, Command, Keys } from './bridge.ts';

/** Names the location that a request, or an event, is about. */
export interface InLocation {
  readonly locationId: string;
}

/** Names the view of a location that a request, or an event, is about: what is selected and asked about is a view's own. */
export interface InView extends InLocation {
  readonly viewId: string;
}

/** Names some transfers or deletions. */
export interface Ids {
  readonly ids: readonly string[];
}

/** Names one file, transfer or deletion. */
export interface Id {
  readonly id: string;
}

/** How to sign out. */
export interface SignOut {
  /** The location in view; null while none is open. */
  readonly locationId: string | null;
  /** Whether the key may stay in the keychain until the app can reach it again. */
  readonly isKeyLeft: boolean;
}

/** What the main window may ask of main. What is not about the app itself names its location, and fails with `signedOut` where that is not open. */
export interface FilesCommands {
  getSession: Command<undefined, Session>;
  /** The time on main's clock, in milliseconds since the epoch: all times that main tells are on it. */
  readClock: Command<undefined, number>;
  /** Tries again to read the key from the keychain. */
  unlock: Command<undefined, null>;
  /**
   * Removes the key from the keychain and goes back to the connect window. Fails with `keychainUnavailable` or
   * `keychainSilent` while it could not be removed, unless the person has said that it may be left there for now.
   */
  signOut: Command<SignOut, null>;
  /** Goes to the connect window without removing anything: the way on when the keychain cannot be read. */
  openConnect: Command<undefined, null>;

  queryFiles: Command<InView & PageRequest, FilePage>;
  /** Changes what is selected; answers how the page of that query shows it then. */
  changeSelection: Command<InView & SelectionStep, SelectionView>;
  /** Reads the listing again from its start. */
  refreshFiles: Command<InLocation, null>;
  /** Looks for files that are new behind the last one known; cheap. */
  catchUpFiles: Command<InLocation, null>;
  readUsage: Command<InLocation, WorkspaceUsage>;
  /**
   * Reads one file afresh from the server, and tells what is known of it when that cannot be asked. Fails with
   * `notFound` when the file is gone, which then also leaves the index.
   */
  readDetails: Command<InLocation & Id, FileDetails>;
  /** Puts files on the system's clipboard in a form for programs; answers how many. Fails with `tooMany` above the limit. */
  copyFiles: Command<InView & Copy, number>;
  /** Puts the SHA-256 of the file on this computer that one on the server was uploaded from, or saved to, on the clipboard. */
  copySha256: Command<InLocation & Id, null>;
  /** Shows the file on this computer that one on the server was uploaded from, or saved to, in the system's file manager. */
  showLocalCopy: Command<InLocation & Id, null>;
  /**
   * Begins to drag files out of the window to another program: those that are on this computer and unchanged. Where
   * there is none nothing is dragged. Fails with `tooMany` above the limit.
   */
  dragFiles: Command<InView & TargetRequest, DraggedFiles>;
  /**
   * Lets the person choose a file in the system's dialog that takes the place of one on the server: uploaded under its
   * name, and only when that is confirmed is the old one deleted. Answers the upload, null when none was chosen. Fails with
   * `beingDeleted` and, while another upload replaces it, with `beingReplaced`.
   */
  replaceFile: Command<InLocation & Id, Id | null>;

  /**
   * Says what a deletion would delete, for the question before it. What is being deleted already is left out. Fails with
   * `notFound` when there is nothing, and with `beingDeleted` when all of it is left out.
   */
  draftDeletion: Command<InView & TargetRequest, DeletionDraft>;
  /**
   * Begins the deletion of a draft with its grace period; the page has asked the person before. Fails with `refused` when
   * the count is not the draft's, and with `journalUnwritable`: then nothing is deleted.
   */
  beginDeletion: Command<InView & DeletionStart, Deletion>;
  /** Takes a deletion back in its grace period; answers whether that was still possible. */
  undoDeletion: Command<InLocation & Id, boolean>;
  /** Stops a deletion that is being carried out; what has not been asked for yet stays on the server. */
  cancelDeletion: Command<InLocation & Id, null>;
  /** Ends the wait of all deletions that are being carried out. */
  resumeDeletions: Command<InLocation, null>;
  /** Those that are not over, and the outcomes of which no window has said that it told them; oldest first. */
  listDeletions: Command<InLocation, readonly Deletion[]>;
  /** Says that the person has been told what came of deletions: main keeps each outcome until then, and forgets it now. */
  acknowledgeDeletions: Command<InLocation & Ids, null>;

  listTransfers: Command<InLocation, TransferSnapshot>;
  /** Queues files and folders by path. Only the preload script names paths: see {@link FilesApi}. */
  uploadPaths: Command<InLocation & UploadPaths, UploadIntake>;
  /** Lets the person choose a folder in the system's dialog and queues what is in it; null when they chose none. */
  uploadFolder: Command<InLocation, UploadIntake | null>;
  /** Lets the person choose where in the system's dialog and queues the saves; answers how many, 0 when they chose nowhere. */
  saveFiles: Command<InView & TargetRequest, number>;
  /** Ends transfers in whatever state. An upload that may be on the server already is looked for first. */
  cancelTransfers: Command<InLocation & Ids, null>;
  /** Queues transfers that ended without success again; an `unknown` upload too, so the page has asked before. */
  retryTransfers: Command<InLocation & Ids, null>;
  /** Looks again for `unknown` uploads on the server. */
  checkTransfers: Command<InLocation & Ids, null>;
  /** Answers the questions of transfers that ask; others are passed over. */
  answerTransfers: Command<InLocation & TransferAnswers, null>;
  /** Queues uploads again that were refused by the app's own judgement of their content; the server then decides. */
  sendTransfersAnyway: Command<InLocation & Ids, null>;
  /** Reads how the UTF-8 copy of a text would begin, whose upload failed as it is not UTF-8. Fails with `refused` for others. */
  previewUtf8Copy: Command<InLocation & Utf8Choice, Utf8Preview>;
  /** Queues uploads again that failed as their texts are not UTF-8: copies in UTF-8 are sent, and removed afterwards. */
  uploadUtf8Copies: Command<InLocation & Utf8Choices, null>;
  /** Queues uploads again whose names the server does not take, under the nearest names that it does. */
  applySuggestedNames: Command<InLocation & Ids, null>;
  /** Lets what runs come to its end and begins nothing new. */
  pauseTransfers: Command<InLocation, null>;
  /** Goes on after a pause or a hold. */
  resumeTransfers: Command<InLocation, null>;
  /** Sets how many large transfers run at once; kept for the next start. */
  setTransferConcurrency: Command<InLocation & TransferConcurrency, null>;
  /** Says that the notice of lost records was read. */
  dismissLostRecords: Command<InLocation, null>;
  clearFinishedTransfers: Command<InLocation, null>;
  /** Opens the folder of a finished save, or of an upload's source, in the system's file manager. */
  showTransferInFolder: Command<InLocation & Id, null>;
}

/** Asks for a page. */
export interface PageRequest {
  readonly query: FileQuery;
}

/** Says which files a command is about. */
export interface TargetRequest {
  readonly target: FileTarget;
}

/** A change of the selection, and the page in view. */
export interface SelectionStep {
  readonly change: SelectionChange;
  readonly page: FileQuery;
}

/** Which files to copy, and how. */
export interface Copy {
  readonly target: FileTarget;
  readonly format: SnippetFormat;
}

/** One answer for all of these transfers. */
export interface TransferAnswers extends Ids {
  readonly answer: TransferAnswer;
}

/** How many large transfers run at once, 1 to 8. */
export interface TransferConcurrency {
  readonly concurrency: number;
}

/** Paths on this computer, and how many dropped or pasted things had none. */
export interface UploadPaths {
  readonly paths: readonly string[];
  /** Names of items without a path, such as a picture from the clipboard. */
  readonly withoutPath: readonly string[];
}

/**
 * What main tells the main window unasked. Payloads are whole states, so a lost one does no harm; but for those of the app
 * itself each names its location.
 */
export interface FilesEvents {
  sessionChanged: Session;
  /** Main's clock was put forward, as the computer had slept; it gives the time, in milliseconds since the epoch. */
  clockChanged: number;
  fileIndexChanged: InLocation & { readonly status: FileIndexStatus };
  /** Main has changed the selection by itself, as after a deletion. */
  selectionChanged: InView;
  deletionChanged: InLocation & { readonly deletion: Deletion };
  transfersChanged: InLocation & { readonly update: TransferUpdate };
}

/** Every command of the main window. */
export const FILES_COMMANDS: Keys<FilesCommands> = {
  getSession: true,
  readClock: true,
  unlock: true,
  signOut: true,
  openConnect: true,
  queryFiles: true,
  changeSelection: true,
  refreshFiles: true,
  catchUpFiles: true,
  readUsage: true,
  readDetails: true,
  copyFiles: true,
  copySha256: true,
  showLocalCopy: true,
  dragFiles: true,
  replaceFile: true,
  draftDeletion: true,
  beginDeletion: true,
  undoDeletion: true,
  cancelDeletion: true,
  resumeDeletions: true,
  listDeletions: true,
  acknowledgeDeletions: true,
  listTransfers: true,
  uploadPaths: true,
  uploadFolder: true,
  saveFiles: true,
  cancelTransfers: true,
  retryTransfers: true,
  checkTransfers: true,
  answerTransfers: true,
  sendTransfersAnyway: true,
  previewUtf8Copy: true,
  uploadUtf8Copies: true,
  applySuggestedNames: true,
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
  clockChanged: true,
  fileIndexChanged: true,
  selectionChanged: true,
  deletionChanged: true,
  transfersChanged: true,
};

type Bridge = BridgeApi<FilesCommands, FilesEvents>;

/** `window.files`: the bridge without paths; real `File` objects are resolved by the preload script instead. */
export type FilesApi = Omit<Bridge, 'uploadPaths'> & {
  /** Queues dropped, pasted or picked files and folders. */
  readonly uploadFiles: (location: InLocation, files: readonly object[]) => ReturnType<Bridge['uploadPaths']>;
};
