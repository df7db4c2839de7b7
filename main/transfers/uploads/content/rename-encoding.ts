/** Where texts name their own encoding at their start; the name is the group. */
const NAMED_ENCODINGS: readonly RegExp[] = [
  /^\s*<\?xml\b[^>]*?\bencoding\s*=\s*["']([^"']*)/i,
  /<meta\b[^>]*?\bcharset\s*=\s*["']?([\w:-]+)/i,
  /^@charset "([^"]*)/i,
];
const WITHIN_CHARACTERS = 1024;

/**
 * Puts UTF-8 where the start of a converted text (XML, HTML, CSS) names the encoding it had: a reader that believed the old
 * name would misread the copy.
 */
export function renameEncoding(text: string): string {
  const start = text.slice(0, WITHIN_CHARACTERS);
  for (const pattern of NAMED_ENCODINGS) {
    const found = pattern.exec(start);
    if (!found) continue;
    const end = found.index + found[0].length;
    return `${text.slice(0, end - (found[1] ?? '').length)}UTF-8${text.slice(end)}`;
  }
  return text;
}
