/** Longest file name that the usual file systems take, in bytes of UTF-8. */
export const MAX_NAME_BYTES = 255;
/** What follows a name's last dot is its extension up to this length, in bytes with the dot. */
const MAX_EXTENSION_BYTES = 32;

// C0, DEL, C1; characters that Windows or a path forbids.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must go.
const UNSAFE_CHARACTERS = /[<>:"|?*\\/\u0000-\u001f\u007f-\u009f]/g;
/**
 * Characters that turn the direction of text and so disguise an extension (Unicode, UAX #9), and others that nobody
 * sees. The joiners U+200C and U+200D stay: Persian words and family emoji need them.
 */
const INVISIBLE_CHARACTERS =
  /[\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;
/** Half of a character that UTF-16 writes in two: no file name can hold it. */
const LONE_SURROGATES = /\p{Surrogate}/gu;
/** Names that Windows keeps for devices, with any extension and with spaces before it. */
const RESERVED_NAME = /^(con|conin\$|conout\$|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]) *(\.|$)/i;

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
    .replace(LONE_SURROGATES, '_')
    .replace(UNSAFE_CHARACTERS, '_')
    // Windows drops these without a word, so that another file would be meant.
    .replace(/[. ]+$/, '')
    .replace(/^ +/, '')
    // A hidden file could be a shell's start-up script.
    .replace(/^\.+/, '_');
  const name = cleaned === '' ? 'file' : cleaned;
  return shorten(RESERVED_NAME.test(name) ? `_${name}` : name, '', MAX_NAME_BYTES);
}

/**
 * Puts a number, unless it is 0, before a name's extension, "report (2).pdf", and shortens what stands before it until
 * all has at most `maxBytes` bytes.
 */
export function toNumberedName(name: string, number: number, maxBytes = MAX_NAME_BYTES): string {
  return shorten(name, number === 0 ? '' : ` (${number})`, maxBytes);
}

/**
 * Gives each of many files that go into one folder a safe name of its own: none is another's or one of `takenNames` on a
 * file system that does not tell case or the ways to write an accent apart.
 */
export function toDistinctLocalNames(
  remoteNames: readonly string[],
  takenNames: Iterable<string>,
): readonly string[] {
  const taken = new Set([...takenNames].map(toClashKey));
  // Thousands of files can have one name; none of them counts from the start.
  const nextNumbers = new Map<string, number>();
  return remoteNames.map((remoteName) => {
    const name = toLocalName(remoteName);
    const key = toClashKey(name);
    let number = nextNumbers.get(key) ?? 0;
    let distinct = number === 0 ? name : toNumberedName(name, number);
    while (taken.has(toClashKey(distinct))) {
      number += 1;
      distinct = toNumberedName(name, number);
    }
    nextNumbers.set(key, number + 1);
    taken.add(toClashKey(distinct));
    return distinct;
  });
}

function toClashKey(name: string): string {
  return name.normalize('NFC').toUpperCase().normalize('NFC');
}

/** Puts a suffix before a name's extension and cuts what stands before it until all fits. */
function shorten(name: string, suffix: string, mostBytes: number): string {
  const { stem, extension } = splitExtension(name);
  const maxBytes = mostBytes - Buffer.byteLength(suffix + extension);
  if (Buffer.byteLength(stem) <= maxBytes) return stem + suffix + extension;
  // A character has at least one byte, so no more than these could fit.
  const characters = [...stem.slice(0, maxBytes)];
  while (Buffer.byteLength(characters.join('')) > maxBytes) characters.pop();
  return characters.join('').replace(/[. ]+$/, '') + suffix + extension;
}

function splitExtension(name: string): { readonly stem: string; readonly extension: string } {
  const dot = name.lastIndexOf('.');
  const hasExtension = dot > 0 && Buffer.byteLength(name.slice(dot)) <= MAX_EXTENSION_BYTES;
  return hasExtension
    ? { stem: name.slice(0, dot), extension: name.slice(dot) }
    : { stem: name, extension: '' };
}
