import { isUtf8 } from 'node:buffer';

/** Tells piece by piece whether some content is text that the server takes. */
export interface TextCheck {
  /** Takes the next bytes, which may be reused afterwards; false from the first that text cannot hold. */
  readonly push: (bytes: Uint8Array) => boolean;
  /** Whether all of it was text; false too when it ended inside a character. */
  readonly end: () => boolean;
}

/**
 * Begins the check that the server is expected to make of a text: UTF-8 throughout (contract, section 2), and no NUL, by
 * which most programs tell binary content. Other control characters pass.
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
