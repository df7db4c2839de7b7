/** Longest file name that the usual file systems take, in bytes of UTF-8. */
const MAX_NAME_BYTES = 255;
/** Room for the name of the temporary file beside it and for " (12)". */
const RESERVED_BYTES = 24;

// C0, DEL, C1; characters that Windows or a path forbids.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must go.
const UNSAFE_CHARACTERS = /[<>:"|?*\\/\u0000-\u001f\u007f-\u009f]/g;
/** Characters that turn the direction of text and so disguise an extension (Unicode, UAX #9), and a byte order mark. */
const INVISIBLE_CHARACTERS =
  /[\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff\u{e0000}-\u{e007f}]/gu;
/** Names that Windows keeps for devices, with any extension. */
const RESERVED_NAME = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)/i;

/**
 * Gives a name under which a file from the server may be written to disk. Such names are written by models and other
 * programs, so none of the server's own rules can be relied on (contract, section 2). Only the last part of a path is
 * kept.
 */
export function toLocalName(remoteName: string): string {
  const lastPart = remoteName.split(/[/\\]/).at(-1) ?? '';
  const cleaned = lastPart
    .normalize('NFC')
    .replace(INVISIBLE_CHARACTERS, '')
    .replace(UNSAFE_CHARACTERS, '_')
    // Windows drops these without a word, so that another file would be meant.
    .replace(/[. ]+$/, '')
    .replace(/^ +/, '')
    // A hidden file could be a shell's start-up script.
    .replace(/^\.+/, '_');
  const name = cleaned === '' ? 'file' : cleaned;
  return shorten(RESERVED_NAME.test(name) ? `_${name}` : name, MAX_NAME_BYTES - RESERVED_BYTES);
}

/** Puts a number before a name's extension: "report (2).pdf". */
export function toNumberedName(name: string, number: number): string {
  const { stem, extension } = splitExtension(name);
  return `${stem} (${number})${extension}`;
}

function shorten(name: string, maxBytes: number): string {
  if (Buffer.byteLength(name) <= maxBytes) return name;
  const { stem, extension } = splitExtension(name);
  // A character has at least one byte, so no more than these could fit.
  const characters = [...stem.slice(0, maxBytes)];
  while (characters.length > 1 && Buffer.byteLength(characters.join('') + extension) > maxBytes)
    characters.pop();
  return characters.join('').replace(/[. ]+$/, '') + extension;
}

function splitExtension(name: string): { readonly stem: string; readonly extension: string } {
  const dot = name.lastIndexOf('.');
  const hasExtension = dot > 0 && Buffer.byteLength(name.slice(dot)) <= 32;
  return hasExtension
    ? { stem: name.slice(0, dot), extension: name.slice(dot) }
    : { stem: name, extension: '' };
}
