import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingHttpHeaders } from 'node:http';
import { Busboy, type BusboyFileStream, type BusboyInstance } from '@fastify/busboy';
import { ApiError } from './errors.ts';
import { ContentSniffer, type TypeRules } from './sniff.ts';
import { checkUploadName } from './upload-name-rules.ts';

/** What is known of an upload once all of it has arrived; its bytes are gone by then. */
export interface ReceivedFile {
  readonly name: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly mimeType: string;
}

/** Most bytes of one file: 100 MiB (contract, section 2). */
const MAX_FILE_BYTES = 104_857_600;

/** More than any envelope of one part needs; a longer request is too large whatever it holds. */
const MAX_ENVELOPE_BYTES = 64 * 1024;

const TYPE_REFUSED =
  'File type is not allowed. The type is determined from the file contents, which must be a PDF, a PNG/JPEG/GIF/WebP image, a DOCX/XLSX/PPTX document, an MP3/WAV/FLAC/OGG audio file, or UTF-8 text.';

/** Reads one upload as it streams in, and refuses it as early as that can be known. */
export class UploadReader {
  /** Settles when the file is whole, or with an ApiError as soon as it is refused. */
  readonly received: Promise<ReceivedFile>;
  readonly #settled: Promise<void>;
  readonly #parser: BusboyInstance;
  readonly #types: TypeRules;
  #file: FilePart | null = null;
  #isSettled = false;
  #resolve: (file: ReceivedFile) => void = noop;
  #reject: (error: unknown) => void = noop;

  /** `roomBytes` is what the workspace's quota leaves, `types` what differs from the documented types; throws an ApiError when the headers already rule the upload out. */
  constructor(headers: IncomingHttpHeaders, roomBytes: number, types: TypeRules) {
    this.#types = types;
    const contentType = headers['content-type'] ?? '';
    if (!/^multipart\/form-data\s*;/i.test(contentType)) {
      throw new ApiError(400, 'Expected multipart/form-data with a file part');
    }
    if (Number(headers['content-length'] ?? 0) > MAX_FILE_BYTES + MAX_ENVELOPE_BYTES) throw new ApiError(413);
    this.#parser = createParser({ ...headers, 'content-type': contentType });
    this.received = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    this.#settled = this.received.then(noop, noop);
    this.#parser.on('file', (field, stream, name) => this.#onFile(field, stream, name, roomBytes));
    this.#parser.on('error', () => this.#refuse(new ApiError(400, 'Malformed multipart body')));
    this.#parser.on('finish', () => this.#finish());
  }

  /** Takes the next bytes of the request's body; after a refusal they are dropped. */
  async write(chunk: Buffer): Promise<void> {
    if (this.#isSettled) return;
    if (this.#parser.write(chunk)) return;
    await Promise.race([once(this.#parser, 'drain'), this.#settled]);
  }

  /** Tells that the body is complete. */
  end(): void {
    if (!this.#isSettled) this.#parser.end();
  }

  #onFile(field: string, stream: BusboyFileStream, name: string, roomBytes: number): void {
    stream.on('error', () => this.#refuse(new ApiError(400, 'Malformed multipart body')));
    if (field !== 'file') {
      stream.resume();
      return;
    }
    try {
      if (this.#file !== null) throw new ApiError(400, 'Only one file per request');
      checkUploadName(name);
      this.#file = { name, sizeBytes: 0, hash: createHash('sha256'), sniffer: new ContentSniffer() };
      this.#read(this.#file, stream, roomBytes);
    } catch (error) {
      stream.resume();
      this.#refuse(error);
    }
  }

  #read(file: FilePart, stream: BusboyFileStream, roomBytes: number): void {
    stream.on('data', (chunk: Buffer) => {
      if (this.#isSettled) return;
      file.sizeBytes += chunk.byteLength;
      if (file.sizeBytes > MAX_FILE_BYTES) return this.#refuse(new ApiError(413));
      if (file.sizeBytes > roomBytes) return this.#refuse(createQuotaError());
      file.hash.update(chunk);
      file.sniffer.update(chunk);
    });
  }

  #finish(): void {
    try {
      this.#resolve(this.#toReceivedFile());
      this.#isSettled = true;
    } catch (error) {
      this.#refuse(error);
    }
  }

  #toReceivedFile(): ReceivedFile {
    const file = this.#file;
    if (file === null) throw new ApiError(400, 'The part "file" is missing');
    if (file.sizeBytes === 0) throw new ApiError(400, 'File is empty');
    const mimeType = file.sniffer.finish(this.#types);
    if (mimeType === null) throw new ApiError(400, TYPE_REFUSED);
    const { name, sizeBytes } = file;
    return { name, sizeBytes, sha256: file.hash.digest('hex'), mimeType };
  }

  #refuse(error: unknown): void {
    this.#isSettled = true;
    this.#reject(error);
  }
}

interface FilePart {
  readonly name: string;
  sizeBytes: number;
  readonly hash: ReturnType<typeof createHash>;
  readonly sniffer: ContentSniffer;
}

/** A full workspace is answered with 403, not 413 or 507 (contract, section 2). */
export function createQuotaError(): ApiError {
  return new ApiError(403, 'Workspace storage limit exceeded');
}

function noop(): void {
  // Settles nothing: stands in until the promise exists, or for an outcome that is read elsewhere.
}

function createParser(headers: IncomingHttpHeaders & { readonly 'content-type': string }): BusboyInstance {
  try {
    // Names are folders and file: without preservePath only the last part would arrive.
    return new Busboy({ headers, preservePath: true, fileHwm: 1024 * 1024, limits: { parts: 100 } });
  } catch {
    throw new ApiError(400, 'Malformed multipart body');
  }
}
