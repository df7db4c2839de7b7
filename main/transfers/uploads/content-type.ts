import { isUtf8 } from 'node:buffer';
import { toContentKind } from './content/mime-kinds.ts';
import type { ContentVerdict } from './content/verdict.ts';

/** Bytes from a file's start that its type is judged by: enough to find the parts of an Office document behind its first entries. */
export const HEAD_BYTES = 256 * 1024;

/** Tells piece by piece whether some content is text that the server takes. */
export interface TextCheck {
  /** Takes the next bytes, which may be reused afterwards; false from the first that text cannot hold. */
  readonly push: (bytes: Uint8Array) => boolean;
  /** Whether all of it was text; false too when it ended inside a character. */
  readonly end: () => boolean;
}

const OFFICE = 'application/vnd.openxmlformats-officedocument';

/** The types that the server takes for their magic numbers (contract, section 2), as file-type calls them. */
const ACCEPTED_TYPES: ReadonlySet<string> = new Set([
  'application/pdf',
  'image/png',
  'image/apng',
  'image/jpeg',
  'image/gif',
  'image/webp',
  `${OFFICE}.wordprocessingml.document`,
  `${OFFICE}.spreadsheetml.sheet`,
  `${OFFICE}.presentationml.presentation`,
  'audio/mpeg',
  'audio/wav',
  'audio/flac',
  'audio/ogg',
  'audio/ogg; codecs=opus',
]);

/** Judges a file by its first {@link HEAD_BYTES}, or by all of it when it has fewer (`isWhole`), as the server does. */
export async function judgeHead(head: Uint8Array, isWhole: boolean): Promise<ContentVerdict> {
  const check = createTextCheck();
  const isText = check.push(head) && (!isWhole || check.end());
  // The server takes every whole text, whatever its first letters resemble: no type needs to be found.
  if (isText && isWhole) return { verdict: 'text' };
  // A byte order mark of UTF-16 looks like the start of an MPEG frame.
  if (startsWithUtf16Mark(head))
    return { verdict: 'notUtf8', encoding: head[0] === 0xff ? 'utf-16le' : 'utf-16be' };
  const detectedType = await detectType(head);
  if (detectedType !== null && ACCEPTED_TYPES.has(detectedType)) return { verdict: 'accepted' };
  // An MP3's ID3 tag may hold a picture longer than the head, so that the first frame is out of sight.
  if (detectedType === null && startsWith(head, 'ID3')) return { verdict: 'accepted' };
  if (isText) return { verdict: 'text' };
  return { verdict: 'refused', contentKind: detectedType === null ? 'unknown' : toContentKind(detectedType) };
}

/**
 * Begins the check that the server makes of a text (contract, section 2): UTF-8 throughout, no NUL. Other control
 * characters are taken.
 */
export function createTextCheck(): TextCheck {
  let isText = true;
  /** The first bytes of a character that the piece before was cut in. */
  let begun = Buffer.alloc(0);

  /** Finishes the begun character; gives how many bytes it took. */
  function finishBegun(bytes: Uint8Array): number {
    const wanted = countCharacterBytes(begun[0] ?? 0) - begun.length;
    const taken = bytes.subarray(0, wanted);
    begun = Buffer.concat([begun, taken]);
    if (taken.length === wanted) {
      isText = isUtf8(begun);
      begun = Buffer.alloc(0);
    }
    return taken.length;
  }

  return {
    push: (bytes) => {
      if (!isText) return false;
      const rest = bytes.subarray(begun.length > 0 ? finishBegun(bytes) : 0);
      if (!isText || rest.length === 0) return isText;
      const end = rest.length - countBegunBytes(rest);
      begun = Buffer.from(rest.subarray(end));
      // As a Buffer: its search is several times faster than a Uint8Array's.
      const whole = Buffer.from(rest.buffer, rest.byteOffset, end);
      isText = isUtf8(whole) && !whole.includes(0);
      return isText;
    },
    end: () => isText && begun.length === 0,
  };
}

/** Counts the bytes at the end that begin a character without finishing it: 0 to 3. */
function countBegunBytes(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return back < countCharacterBytes(byte) ? back : 0;
  }
  return 0;
}

/** Gives the length that a character has by its first byte, one of 0xc0 or more; 1 for a byte that begins none. */
function countCharacterBytes(first: number): number {
  if (first > 0xf4) return 1;
  if (first >= 0xf0) return 4;
  return first >= 0xe0 ? 3 : 2;
}

function startsWithUtf16Mark(head: Uint8Array): boolean {
  return startsWith(head, '\xff\xfe') || startsWith(head, '\xfe\xff');
}

function startsWith(head: Uint8Array, latin1: string): boolean {
  return Buffer.from(head.subarray(0, latin1.length)).toString('latin1') === latin1;
}

/** Loaded with the first file that needs it, as its hundreds of rules have no place in the app's start; kept, as each import costs more than a judgement. */
let loadedFileType: Promise<typeof import('file-type/core')> | null = null;

async function detectType(head: Uint8Array): Promise<string | null> {
  loadedFileType ??= import('file-type/core');
  const { fileTypeFromBuffer } = await loadedFileType;
  try {
    return (await fileTypeFromBuffer(head))?.mime ?? null;
  } catch {
    // Broken content can break the library's parsers in ways it does not list; such content has no known type.
    return null;
  }
}
