import { basename } from 'node:path';
import type { RemoteFile } from '#app/files/remote-file.ts';
import type { TextEncoding } from '#app/files/text-encoding.ts';
import type { Transfer, UploadConcern, UploadConsent } from '#app/transfers/transfer.ts';
import type { FileIdentity, SaveTarget } from '../saves/save-target.ts';

/** What somebody asked for, as plain data: it is written to disk. */
export type TransferRequest =
  | {
      readonly direction: 'upload';
      /** The file on this computer. */
      readonly path: string;
      /** The name it shall have on the server. */
      readonly name: string;
      /** When the file was found, in bytes; an attempt looks again. */
      readonly sizeBytes: number;
      /** The file on the server that goes once this one is there; only for a replacement. */
      readonly replaces?: string | undefined;
      /** Why it is not sent before a person has said so. */
      readonly concern?: UploadConcern | undefined;
    }
  | { readonly direction: 'save'; readonly file: RemoteFile; readonly target: SaveTarget };

/** Written to disk before an upload's first byte may leave: from then on the server may hold the file. */
export interface SentMark {
  /** When the attempt began, in milliseconds since the epoch. */
  readonly at: number;
  /** Bytes of the file as they are sent. */
  readonly sizeBytes: number;
  /** Files of this name and size that the server had before. */
  readonly knownIds: readonly string[];
  /** Whether the whole listing was known then; else `knownIds` may lack some. */
  readonly isKnownComplete: boolean;
  /** How much of the body can have left: `part` once it is sure that its end has not, else `all`. */
  readonly reached: 'part' | 'all';
  /** When the attempt broke, in milliseconds since the epoch; null while it runs. */
  readonly brokeAt: number | null;
}

/** One transfer with all that is needed to go on with it after a restart. */
export interface StoredTransfer {
  readonly request: TransferRequest;
  transfer: Transfer;
  /** The file on this computer: an upload's source, a save's target or, once it is saved, where it was put. */
  path: string;
  /** An upload's open attempt; null while the server surely holds nothing of it, or its outcome is known. */
  sent: SentMark | null;
  /** A save's whole temporary file that is about to get its name; null before. */
  placing: FileIdentity | null;
  isCancelWanted: boolean;
  /** A file on the server that is to be deleted once this upload is there; null when there is none, or that is seen to. */
  replaces: string | null;
  /** Whether this app has deleted a save's file on the server. */
  isDeletedHere: boolean;
  /** What an upload's text is taken for, of which a UTF-8 copy is sent; null where the file itself is. */
  convertFrom: TextEncoding | null;
  /** What the person has agreed to of this upload. */
  answered: readonly UploadConsent[];
}

/** Makes a transfer of a request, at the end of the queue; one with a concern asks from the start, so that nothing can come before the question. */
export function toStoredTransfer(id: string, request: TransferRequest, now: number): StoredTransfer {
  const isUpload = request.direction === 'upload';
  const concern = isUpload ? request.concern : undefined;
  const path = isUpload ? request.path : request.target.path;
  return {
    request,
    path,
    sent: null,
    placing: null,
    isCancelWanted: false,
    replaces: isUpload ? (request.replaces ?? null) : null,
    isDeletedHere: false,
    convertFrom: null,
    answered: [],
    transfer: {
      id,
      direction: request.direction,
      name: isUpload ? request.name : basename(path),
      sizeBytes: isUpload ? request.sizeBytes : request.file.sizeBytes,
      state: concern ? 'asking' : 'queued',
      stateSince: now,
      transferredBytes: 0,
      progressedAt: null,
      error: null,
      retryAt: null,
      attempts: 0,
      question: concern ? { kind: 'sensitive', concern } : null,
      confirmedBy: null,
      fileId: isUpload ? null : request.file.id,
      startedAt: null,
    },
  };
}
