/** The types that the server reports for UTF-8 text (contract, section 2). */
export type TextMimeType =
  | 'application/json'
  | 'application/x-ndjson'
  | 'text/csv'
  | 'text/markdown'
  | 'text/plain';

const LINES_LOOKED_AT = 20;

/** Tells the type of a text by its structure; the real server's rules are unpublished, these are the plain ones. */
export function toTextMimeType(head: string, isWhole: boolean): TextMimeType {
  const text = head.replace(/^\uFEFF/, '').trim();
  const lines = toWholeLines(text, isWhole);
  if (lines.length >= 2 && lines.every(isJsonContainer)) return 'application/x-ndjson';
  if (/^[[{]/.test(text) && (isWhole ? isJson(text) : /^[[{]\s*["[{}\]\d]/.test(text)))
    return 'application/json';
  if (isCsv(lines)) return 'text/csv';
  return isMarkdown(text) ? 'text/markdown' : 'text/plain';
}

function toWholeLines(text: string, isWhole: boolean): readonly string[] {
  const lines = text.split(/\r?\n/);
  if (!isWhole) lines.pop();
  return lines.filter((line) => line.trim() !== '').slice(0, LINES_LOOKED_AT);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function isJsonContainer(line: string): boolean {
  return /^\s*[[{]/.test(line) && isJson(line);
}

function isCsv(lines: readonly string[]): boolean {
  if (lines.length < 2) return false;
  return [',', ';', '\t'].some((separator) => {
    const counts = lines.map((line) => line.replace(/"(?:[^"]|"")*"/g, '').split(separator).length);
    return (counts[0] ?? 1) > 1 && counts.every((count) => count === counts[0]);
  });
}

function isMarkdown(text: string): boolean {
  return /^#{1,6} \S/m.test(text) || /^```/m.test(text) || /\[[^\]]+\]\([^)]+\)/.test(text);
}
