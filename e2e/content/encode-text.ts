import type { TextEncoding } from '#app/files/text-encoding.ts';

/** The bytes of each character, by what `TextDecoder` makes of every byte and every pair of bytes. */
const tables = new Map<string, ReadonlyMap<string, Buffer>>();

/** Writes a text in an encoding of one or two bytes a character; throws when it lacks a character. */
export function encodeText(text: string, encoding: string): Buffer {
  const table = tables.get(encoding) ?? createTable(encoding);
  tables.set(encoding, table);
  return Buffer.concat(
    [...text].map((character) => {
      const bytes = table.get(character);
      if (bytes === undefined) throw new Error(`${encoding} has no ${character}`);
      return bytes;
    }),
  );
}

function createTable(encoding: string): ReadonlyMap<string, Buffer> {
  const table = new Map<string, Buffer>();
  const decoder = new TextDecoder(encoding);
  const add = (...bytes: readonly number[]) => {
    const character = decoder.decode(Uint8Array.from(bytes));
    const isOne = [...character].length === 1 && character !== '\ufffd';
    if (isOne && !table.has(character)) table.set(character, Buffer.from(bytes));
  };
  for (let byte = 0; byte < 0x80; byte += 1) table.set(String.fromCharCode(byte), Buffer.from([byte]));
  // Node 20 decodes these 32 bytes as Latin-1.
  if (encoding === 'windows-1252') {
    for (const [index, character] of [...WINDOWS_1252].entries())
      table.set(character, Buffer.from([0x80 + index]));
  }
  for (let byte = 0x80; byte < 0x100; byte += 1) add(byte);
  for (let lead = 0x81; lead < 0xff; lead += 1) {
    for (let trail = 0x40; trail < 0xff; trail += 1) add(lead, trail);
  }
  return table;
}

const WINDOWS_1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

/** Writes a text in UTF-16 or UTF-32. */
export function encodeWide(text: string, encoding: Extract<TextEncoding, `utf-${16 | 32}${string}`>): Buffer {
  if (encoding === 'utf-16le') return Buffer.from(text, 'utf16le');
  if (encoding === 'utf-16be') return Buffer.from(text, 'utf16le').swap16();
  const bytes = Buffer.alloc([...text].length * 4);
  for (const [index, character] of [...text].entries()) {
    const code = character.codePointAt(0) ?? 0;
    if (encoding === 'utf-32le') bytes.writeUInt32LE(code, index * 4);
    else bytes.writeUInt32BE(code, index * 4);
  }
  return bytes;
}
