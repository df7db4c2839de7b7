import { AppFailure } from '#app/errors.ts';
import type { ReadableFile } from '../../../file-store/file-upload.ts';
import { readFully } from '../source-file.ts';

/** Bytes at a file's start that are read before anything else is known of it. */
export const HEAD_BYTES = 256 * 1024;

/** A file's content, as far as a judgement needs it. */
export interface Content {
  /** The first {@link HEAD_BYTES}, or all of it when it is shorter. */
  readonly head: Buffer;
  readonly sizeBytes: number;
  /** Reads `length` bytes from a position; fewer where the file ends. Throws the AppFailure fileUnreadable. */
  readonly read: (position: number, length: number) => Promise<Buffer>;
}

/** Gives the content of an open file whose head was read. */
export function toContent(head: Buffer, sizeBytes: number, file: ReadableFile): Content {
  return {
    head,
    sizeBytes,
    read: async (position, length) => {
      const end = Math.min(position + length, sizeBytes);
      if (end <= head.length) return head.subarray(Math.min(position, end), end);
      const buffer = Buffer.allocUnsafe(Math.max(0, end - position));
      await readFully(file, buffer, position);
      return buffer;
    },
  };
}

/** Gives the content of bytes that are all in memory. */
export function toContentOfBytes(bytes: Buffer): Content {
  return toContent(bytes.subarray(0, HEAD_BYTES), bytes.length, {
    read: (buffer, offset, length, position) => {
      if (position > bytes.length) throw new AppFailure({ code: 'fileUnreadable' });
      const bytesRead = bytes.copy(buffer, offset, position, position + length);
      return Promise.resolve({ bytesRead });
    },
  });
}

/** Whether some bytes begin with others at a position; the others are written as Latin-1. */
export function hasBytesAt(bytes: Uint8Array, latin1: string, position = 0): boolean {
  if (bytes.length < position + latin1.length) return false;
  for (let index = 0; index < latin1.length; index += 1) {
    if (bytes[position + index] !== latin1.charCodeAt(index)) return false;
  }
  return true;
}
