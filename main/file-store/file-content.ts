import type { Readable } from 'node:stream';
import type { RemoteFile } from '#app/files/remote-file.ts';

/** What the listing says of a file whose content is asked for. */
export type ListedContent = Pick<RemoteFile, 'sizeBytes' | 'mimeType'>;

/** How the bytes of a file are asked for. */
export interface OpenContentOptions {
  readonly signal: AbortSignal;
  /** The first byte that is wanted, counted from 0, which is also the default. */
  readonly fromByte?: number;
  /** What the listing says of the file: what else arrives in its place can be told apart by that. */
  readonly listed?: ListedContent;
}

/** The bytes of a file on their way. */
export interface FileContent {
  /** Length of this body as the server announced it, in bytes; null when it did not say. */
  readonly announcedBytes: number | null;
  /** Where in the file this body starts: the byte asked for when the server proved that it starts there, else 0. */
  readonly startByte: number;
  /** Length of the whole file by this answer, in bytes; null when it does not say. */
  readonly totalBytes: number | null;
  /** Fails with `AppFailure` when the connection breaks. Must be read or destroyed. */
  readonly body: Readable;
}
