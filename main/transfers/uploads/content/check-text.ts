import { assertNever } from '#app/assert-never.ts';
import { AppFailure } from '#app/errors.ts';
import type { Content } from './content.ts';
import { detectEncoding } from './detect-encoding.ts';
import { createTextCheck } from './text-check.ts';

/** Texts up to this size are read through before they are sent: it takes a few milliseconds, and the system keeps what was read. */
const MAX_WHOLE_BYTES = 16 * 1024 * 1024;
/** Of larger ones the end: that of a file that was cut off, or of a record that was written over others. */
const TAIL_BYTES = 256 * 1024;
const PIECE_BYTES = 256 * 1024;
const CONTEXT_BYTES = 1024;

/**
 * Looks at what follows the head of a text before a byte is sent. Throws the AppFailures notUtf8 and unsupportedType when it
 * is no UTF-8 text; fileChanged, fileUnreadable and cancelled.
 */
export async function checkRestOfText(content: Content, signal: AbortSignal): Promise<void> {
  const { head, sizeBytes } = content;
  if (head.length === sizeBytes) return;
  const isLookedThrough = sizeBytes <= MAX_WHOLE_BYTES;
  const check = createTextCheck();
  let position = 0;
  if (isLookedThrough) {
    check.push(head);
    position = head.length;
  } else {
    position = await findCharacterStart(content, Math.max(head.length, sizeBytes - TAIL_BYTES));
  }
  while (position < sizeBytes) {
    if (signal.aborted) throw new AppFailure({ code: 'cancelled' });
    const piece = await content.read(position, PIECE_BYTES);
    if (!check.push(piece)) throw await findFailure(content, position, piece.length);
    position += piece.length;
  }
  if (!check.end()) throw await findFailure(content, sizeBytes, 0);
}

/** What is wrong is told by what stands around it, too: a piece may be one byte. */
async function findFailure(content: Content, position: number, length: number): Promise<AppFailure> {
  const start = Math.max(0, position - CONTEXT_BYTES);
  return toTextFailure(await content.read(start, position - start + length));
}

/** A position in the middle of a text may be inside a character, whose last bytes begin with the bits 10. */
async function findCharacterStart(content: Content, position: number): Promise<number> {
  return position + countContinuationBytes(await content.read(position, 4));
}

/** Counts the bytes at the start that belong to a character before: 0 to 3. */
function countContinuationBytes(bytes: Buffer): number {
  return Math.max(
    0,
    bytes.subarray(0, 4).findIndex((byte) => (byte & 0xc0) !== 0x80),
  );
}

/** Gives what to tell of a file that began as text, by the bytes in which it turned out to be none. */
export function toTextFailure(bytes: Uint8Array): AppFailure {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const text = detectEncoding(buffer.subarray(countContinuationBytes(buffer)));
  switch (text.kind) {
    case 'text':
      return new AppFailure({ code: 'notUtf8', encoding: text.encoding });
    case 'nul':
      return new AppFailure({ code: 'unsupportedType', contentKind: 'textWithNul' });
    case 'binary':
      return new AppFailure({ code: 'unsupportedType', contentKind: 'unknown' });
    default:
      return assertNever(text);
  }
}
