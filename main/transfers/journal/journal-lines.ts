import { setImmediate as nextTurn } from 'node:timers/promises';
import { crc32 } from 'node:zlib';

/**
 * A journal is lines of UTF-8, each the CRC-32 of its JSON as eight hexadecimal digits, a space, and the JSON. The first
 * is the header `{"format":"journal","version":N}`.
 */
const FORMAT = 'journal';
const CHECK_LENGTH = 8;
const LINE_FEED = 0x0a;
/** So many lines take about a millisecond: main has a window to serve meanwhile. */
const LINES_PER_TURN = 500;

/** What could be made out of a journal. */
export interface ReadJournal<Entry> {
  readonly entries: readonly Entry[];
  /** Lines that were whole once and cannot be read. A line that a crash cut off was never whole. */
  readonly lostLines: number;
  /** Whether another line may simply be added at the end. */
  readonly isAppendable: boolean;
}

/** Gives the line of one entry. */
export function toLine(entry: unknown): string {
  const json = JSON.stringify(entry);
  return `${toCheck(json)} ${json}\n`;
}

/** Gives the line that every journal begins with. */
export function toHeader(version: number): string {
  return toLine({ format: FORMAT, version });
}

/** Gives a journal of these entries, which must not change meanwhile. */
export async function toJournal(version: number, entries: readonly unknown[]): Promise<string> {
  let text = toHeader(version);
  for (const [index, entry] of entries.entries()) {
    text += toLine(entry);
    if (index % LINES_PER_TURN === LINES_PER_TURN - 1) await nextTurn();
  }
  return text;
}

/** Reads what can be read. Nothing of a journal whose version is above `version` is: it would be guesswork. */
export async function readJournal<Entry>(
  bytes: Uint8Array,
  version: number,
  parse: (value: unknown) => Entry | null,
): Promise<ReadJournal<Entry>> {
  const { lines, isTorn } = splitLines(bytes);
  const [first, ...rest] = lines;
  // Every journal has its header from its first moment on: one without a line has lost all it held.
  if (first === undefined) return { entries: [], lostLines: 1, isAppendable: false };
  const firstValue = parseLine(first);
  const writtenVersion = parseHeader(firstValue);
  if (writtenVersion !== null && writtenVersion > version) {
    return { entries: [], lostLines: rest.length, isAppendable: false };
  }
  const entries: Entry[] = [];
  let lostLines = 0;
  if (writtenVersion === null) {
    // Without its header a journal has lost its beginning, even if its first line is an entry.
    const entry = parse(firstValue);
    if (entry !== null) entries.push(entry);
    lostLines += 1;
  }
  for (const [index, line] of rest.entries()) {
    const entry = parse(parseLine(line));
    if (entry === null) lostLines += 1;
    else entries.push(entry);
    if (index % LINES_PER_TURN === LINES_PER_TURN - 1) await nextTurn();
  }
  return { entries, lostLines, isAppendable: writtenVersion === version && lostLines === 0 && !isTorn };
}

/** A power cut can leave a file longer than what was written into it: such an end is zeros. */
function splitLines(bytes: Uint8Array): { readonly lines: readonly Uint8Array[]; readonly isTorn: boolean } {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end -= 1;
  const lines: Uint8Array[] = [];
  let start = 0;
  for (
    let feed = bytes.indexOf(LINE_FEED);
    feed !== -1 && feed < end;
    feed = bytes.indexOf(LINE_FEED, start)
  ) {
    lines.push(bytes.subarray(start, feed));
    start = feed + 1;
  }
  // Only the line feed may be missing.
  const last = bytes.subarray(start, end);
  if (parseLine(last) !== undefined) lines.push(last);
  return { lines, isTorn: start < bytes.length };
}

/** Gives the value of a line; undefined, which no JSON means, when it is not what was written. */
function parseLine(line: Uint8Array): unknown {
  const text = Buffer.from(line.buffer, line.byteOffset, line.byteLength).toString('utf8');
  const json = text.slice(CHECK_LENGTH + 1);
  if (text[CHECK_LENGTH] !== ' ' || text.slice(0, CHECK_LENGTH) !== toCheck(json)) return undefined;
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function parseHeader(value: unknown): number | null {
  const isHeader =
    typeof value === 'object' && value !== null && 'format' in value && value.format === FORMAT;
  return isHeader && 'version' in value && typeof value.version === 'number' ? value.version : null;
}

function toCheck(json: string): string {
  return crc32(json).toString(16).padStart(CHECK_LENGTH, '0');
}
