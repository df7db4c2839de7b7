import { open, rm } from 'node:fs/promises';
import { AppFailure } from '#app/errors.ts';
import type { TextEncoding } from '#app/files/text-encoding.ts';
import { hasCode } from '../../disk/has-code.ts';
import { createDecoder } from './content/decode-text.ts';
import { renameEncoding } from './content/rename-encoding.ts';
import { readFully, type SourceFile } from './source-file.ts';
import { openSource, type UploadSource } from './upload-source.ts';

/** A text that is not UTF-8, and what it is taken for. */
export interface ForeignText extends Pick<UploadSource, 'path' | 'open'> {
  readonly encoding: TextEncoding;
}

const PIECE_BYTES = 256 * 1024;
/** A file that is touched each time while it is read is being written to. */
const MAX_READINGS = 3;

/**
 * Writes a text anew as UTF-8 to a path where nothing is yet, for this user only; the text itself is not touched. Bytes
 * that its encoding does not define become U+FFFD, a byte order mark is left out, and the
 * encoding that the text names becomes UTF-8. What was written is removed when it
 * fails. Throws the AppFailures fileMissing, fileUnreadable, fileChanged, diskFull and cancelled.
 */
export async function convertToUtf8(text: ForeignText, target: string, signal: AbortSignal): Promise<void> {
  for (let readings = 0; readings < MAX_READINGS; readings += 1) {
    const source = await openSource(text);
    try {
      await write(source, text.encoding, target, signal);
      // Of a file that is written to while it is read half may be old.
      if ((await source.findChange()) === 'none') return;
      await rm(target, { force: true });
    } catch (cause) {
      await rm(target, { force: true });
      throw hasCode(cause, 'ENOSPC', 'EDQUOT') ? new AppFailure({ code: 'diskFull' }, { cause }) : cause;
    } finally {
      source.file.close();
    }
  }
  throw new AppFailure({ code: 'fileChanged' });
}

async function write(
  { file, sizeBytes }: SourceFile,
  encoding: TextEncoding,
  target: string,
  signal: AbortSignal,
): Promise<void> {
  const decoder = createDecoder(encoding);
  const piece = Buffer.allocUnsafe(Math.min(sizeBytes, PIECE_BYTES));
  const copy = await open(target, 'wx', 0o600);
  try {
    for (let position = 0; position < sizeBytes; position += piece.length) {
      if (signal.aborted) throw new AppFailure({ code: 'cancelled' });
      const bytes = piece.subarray(0, sizeBytes - position);
      await readFully(file, bytes, position);
      const characters = decoder.push(bytes);
      await copy.writeFile(position === 0 ? renameEncoding(characters) : characters);
    }
    await copy.writeFile(decoder.end());
  } finally {
    await copy.close();
  }
}
