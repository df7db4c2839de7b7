import type { FileHandle } from 'node:fs/promises';
import type { TransferQuestion } from '#app/transfers/transfer.ts';

/** What the checks need to know of the location and of earlier uploads. */
export interface UploadChecks {
  /** Whether the person has said that it shall be sent whatever there is to ask: then nothing is asked. */
  readonly isAnswered: boolean;
  /** Finds a file of this name and size on the server; null when there is none. */
  readonly findSameName: (name: string, sizeBytes: number) => string | null;
  /** Whether this computer has uploaded content of this size before: only then is the file hashed beforehand. */
  readonly hasContentOfSize: (sizeBytes: number) => boolean;
  /** Finds a file on the server that this computer has uploaded with the same content. */
  readonly findSameContent: (
    sizeBytes: number,
    sha256: string,
  ) => { readonly fileId: string; readonly name: string } | null;
  /** Room in the workspace for this upload, in bytes; null when it is not known. */
  readonly freeBytes: () => number | null;
}

/** A file that may be sent. Whoever asked for it closes `file`. */
export interface CheckedUpload {
  readonly file: FileHandle;
  readonly sizeBytes: number;
  /** In milliseconds since the epoch. */
  readonly modifiedAt: number;
  /**
   * Whether the server must find UTF-8 text in it. What was read of it is; the rest has to pass `createTextCheck` while
   * it is sent, before the body's end, as the server refuses the whole file for one byte.
   */
  readonly isText: boolean;
  /** In lower-case hexadecimal; null unless it was hashed beforehand. */
  readonly sha256: string | null;
  /** What to ask the person first; null when it can simply be sent. */
  readonly question: TransferQuestion | null;
  /** The whole content when it was read for the checks, so that a small file is read once; else null. */
  readonly content: Uint8Array | null;
  /**
   * Resolves when neither the open file nor what stands at its path has changed since the check; throws the AppFailures
   * fileChanged and fileMissing.
   */
  readonly assertUnchanged: () => Promise<void>;
}
