/** An open file; Node's `FileHandle` is one. */
export interface ReadableFile {
  /** Fills a part of a buffer from a position in the file, all in bytes; 0 bytes are its end. */
  read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
  ): Promise<{ readonly bytesRead: number }>;
}

/** A file to upload. The hooks may throw nothing but `AppFailure`, which then is the upload's failure. */
export interface FileUpload {
  readonly fileName: string;
  /** Read from its start, and not closed. */
  readonly file: ReadableFile;
  /** Bytes that will be read; a file that holds fewer fails with `fileChanged`. */
  readonly sizeBytes: number;
  /** The whole content where it was read before: then `file` is not read again. */
  readonly content?: Buffer | null;
  readonly signal: AbortSignal;
  /** Called with every byte of the file once and in order, before it is sent; the memory is used again afterwards. */
  readonly onRead?: (bytes: Uint8Array) => void;
  /**
   * Awaited when all bytes of the file have been read, before the body's end leaves. If it throws, the connection is
   * closed without that end, so that the server cannot take the file.
   */
  readonly beforeEnd?: () => Promise<void>;
  /** Called with the bytes of the file that the system has taken so far; falls to 0 if they are sent again. */
  readonly onSent: (sentBytes: number) => void;
  /** Called once when the whole body has been taken and only the answer is missing. */
  readonly onWaiting: () => void;
}
