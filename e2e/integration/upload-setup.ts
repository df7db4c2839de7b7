import { createHash } from 'node:crypto';
import { type FileHandle, open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import type { RemoteFile } from '#app/files/remote-file.ts';
import type { FileUpload } from '../../main/file-store/file-upload.ts';
import { UploadFailure } from '../../main/file-store/upload-failure.ts';
import { createTransport, type Transport, type TransportParts } from '../../main/openrouter/transport.ts';
import { uploadFile } from '../../main/openrouter/upload.ts';
import { keepTemporaryFolders } from './temporary-folder.ts';

/** Where a test sends to; the local server is one. */
export interface UploadTarget {
  readonly baseUrl: string;
  readonly apiKey: string;
}

/** What one test needs to send files. */
export interface UploadSetup {
  /** Makes a transport that is closed after the test. */
  readonly createTransport: (parts?: TransportParts) => Transport;
  /** Writes a file and opens it until the end of the test. */
  readonly openFile: (content: Uint8Array | string) => Promise<OpenFile>;
}

/** A file that can be sent. */
export interface OpenFile {
  readonly path: string;
  readonly file: FileHandle;
  readonly sizeBytes: number;
}

/** Keeps what tests open and closes it after each. */
export function keepUploads(): UploadSetup {
  const makeFolder = keepTemporaryFolders();
  const transports: Transport[] = [];
  const files: FileHandle[] = [];
  afterEach(async () => {
    for (const transport of transports.splice(0)) transport.close();
    for (const file of files.splice(0)) await file.close();
  });
  return {
    createTransport: (parts = {}) => {
      const transport = createTransport({ readAuthorities: async () => [], ...parts });
      transports.push(transport);
      return transport;
    },
    openFile: async (content) => {
      const path = join(await makeFolder(), 'source');
      await writeFile(path, content);
      const file = await open(path);
      files.push(file);
      return { path, file, sizeBytes: Buffer.byteLength(content) };
    },
  };
}

/** Sends a file as the client does. */
export function send(
  transport: Transport,
  target: UploadTarget,
  source: OpenFile,
  options: Partial<FileUpload> = {},
): Promise<RemoteFile> {
  return uploadFile(
    { url: `${target.baseUrl}/files`, headers: { Authorization: `Bearer ${target.apiKey}` } },
    {
      file: source.file,
      fileName: 'notes.txt',
      sizeBytes: source.sizeBytes,
      signal: new AbortController().signal,
      onSent: () => undefined,
      onWaiting: () => undefined,
      ...options,
    },
    transport,
    (text) => text,
  );
}

/** Waits for an upload to fail and gives how. */
export async function failureOf(upload: Promise<unknown>): Promise<Pick<UploadFailure, 'error' | 'reached'>> {
  const cause = await upload.then(
    () => undefined,
    (failure: unknown) => failure,
  );
  if (!(cause instanceof UploadFailure))
    throw new Error(`Expected an UploadFailure, got ${String(cause)}`, { cause });
  return { error: cause.error, reached: cause.reached };
}

/** Text of a length in bytes. */
export const text = (sizeBytes: number) => Buffer.alloc(sizeBytes, 'The quick brown fox.\n');

/** SHA-256 in hexadecimal. */
export const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
