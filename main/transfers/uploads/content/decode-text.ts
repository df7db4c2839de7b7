import type { TextEncoding } from '#app/files/text-encoding.ts';

/** Decodes a text piece by piece. */
export interface Decoder {
  /** Takes the next bytes, which may be reused afterwards, and gives the characters that are complete. */
  readonly push: (bytes: Buffer) => string;
  /** Gives what is left; a character that was cut becomes U+FFFD. */
  readonly end: () => string;
}

/** Begins to decode; what an encoding does not define becomes U+FFFD, or throws a TypeError when `isFatal`. A byte order mark is left out. */
export function createDecoder(encoding: TextEncoding, isFatal = false): Decoder {
  if (encoding === 'windows-1252') return createWindows1252Decoder();
  if (encoding === 'utf-32le' || encoding === 'utf-32be') return createUtf32Decoder(encoding, isFatal);
  const decoder = new TextDecoder(encoding, { fatal: isFatal });
  return { push: (bytes) => decoder.decode(bytes, { stream: true }), end: () => decoder.decode() };
}

/** The characters of 0x80 to 0x9f by the WHATWG Encoding Standard, where the rest is Latin-1. */
const WINDOWS_1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

/** By hand, as `TextDecoder` of Node 20 leaves 0x80 to 0x9f as control characters. */
function createWindows1252Decoder(): Decoder {
  return {
    push: (bytes) =>
      bytes
        .toString('latin1')
        .replace(/[\x80-\x9f]/g, (character) => WINDOWS_1252[character.charCodeAt(0) - 0x80] ?? character),
    end: () => '',
  };
}

/** By hand, as `TextDecoder` knows no UTF-32. */
function createUtf32Decoder(encoding: 'utf-32le' | 'utf-32be', isFatal: boolean): Decoder {
  let rest = Buffer.alloc(0);
  let isStart = true;
  return {
    push: (bytes) => {
      const all = Buffer.concat([rest, bytes]);
      const end = all.length - (all.length % 4);
      rest = Buffer.from(all.subarray(end));
      const characters: string[] = [];
      for (let position = 0; position < end; position += 4) {
        const code = encoding === 'utf-32le' ? all.readUInt32LE(position) : all.readUInt32BE(position);
        const isCharacter = code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
        if (!isCharacter && isFatal) throw new TypeError('No UTF-32');
        if (!isStart || code !== 0xfeff) characters.push(isCharacter ? String.fromCodePoint(code) : '\ufffd');
        isStart = false;
      }
      return characters.join('');
    },
    end: () => {
      if (rest.length > 0 && isFatal) throw new TypeError('No UTF-32');
      return rest.length > 0 ? '\ufffd' : '';
    },
  };
}

/** Decodes the start of a text, where the last character may be cut; null when something in it is not of the encoding. */
export function decodeStart(bytes: Buffer, encoding: TextEncoding): string | null {
  try {
    return createDecoder(encoding, true).push(bytes);
  } catch {
    return null;
  }
}
