import type { RemoteFile } from '#app/files/remote-file.ts';
import type { CheckedKey } from '../accounts/account.ts';
import type { FileContent, OpenContentOptions } from './file-content.ts';
import type { FileUpload } from './file-upload.ts';
import type { ListPage, ListPosition } from './listing.ts';
import type { LocationCapabilities } from './location-capabilities.ts';

/**
 * The storage of a location's files, reached with one key: all that the rest of main knows of a server. Every method throws
 * `AppFailure` and nothing else.
 */
export interface FileStore {
  readonly capabilities: LocationCapabilities;
  /** Asks whether the key is accepted, and what the server says of it. */
  checkKey(signal: AbortSignal): Promise<CheckedKey>;
  /** Reads a page of the listing; `from` null is the start. */
  listFiles(from: ListPosition | null, signal: AbortSignal): Promise<ListPage>;
  readFile(id: string, signal: AbortSignal): Promise<RemoteFile>;
  /**
   * Deletes a file for good; fails with `notFound` when it is gone already. A success that does not say that this file
   * was deleted is a failure, too.
   */
  deleteFile(id: string, signal: AbortSignal): Promise<void>;
  /** Sends a file. Throws `UploadFailure`, which also says how much of the body had left. */
  uploadFile(upload: FileUpload): Promise<RemoteFile>;
  /** Opens the bytes of a file; fails with `notSaveable` for one that the storage does not give back. */
  openContent(id: string, options: OpenContentOptions): Promise<FileContent>;
}
