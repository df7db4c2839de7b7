import { toFolded } from '#app/files/fold.ts';
import { Bits } from './bits.ts';
import type { FileTable } from './file-table.ts';
import { NO_ROW } from './file-table.ts';
import type { Slice } from './slices.ts';
import { findEnd, toChunkIndex, toPosition } from './text-heap.ts';

/** Bytes between two looks at the clock. */
const STEP_BYTES = 65_536;
/** A word with more hits in a step is looked for byte by byte in the next one: each native search has its own cost. */
const MANY_HITS = STEP_BYTES / 512;

/** Finds the rows whose name holds every word of a search, whatever its case or accents, or whose id it is. Ended rows may be among them. */
export async function findRows(store: FileTable, search: string, slice: Slice): Promise<Bits> {
  const words = toWords(search).map((word) => Buffer.from(word, 'utf8'));
  const found = new Bits();
  const [first, ...others] = words;
  if (first) {
    const { folded } = store.columns;
    for (let chunk = 0; chunk < folded.chunkCount; chunk += 1) {
      await findInChunk(store, chunk, first, others, found, slice);
    }
  }
  const row = store.find(search.trim());
  if (row !== NO_ROW) found.add(row);
  return found;
}

/** Gives the words that names are looked through for, longest first; what another word holds is found with that. */
export function toWords(search: string): readonly string[] {
  const words = toFolded(search)
    .split(/\s+/)
    .filter(Boolean)
    .sort((a, b) => b.length - a.length);
  return words.filter((word, index) => !words.slice(0, index).some((longer) => longer.includes(word)));
}

/** Looks through the names of one chunk for a word, and in the names that hold it for the others. */
async function findInChunk(
  store: FileTable,
  chunkIndex: number,
  word: Buffer,
  others: readonly Buffer[],
  found: Bits,
  slice: Slice,
): Promise<void> {
  const bytes = store.columns.folded.usedChunk(chunkIndex);
  let row = findFirstRow(store, chunkIndex);
  let isFrequent = false;
  let from = 0;
  while (from < bytes.length) {
    if (slice.isSpent()) await slice.next();
    const { foldedAt } = store.columns;
    const end = Math.min(bytes.length, from + STEP_BYTES);
    const rowsEnd = store.length;
    let hits = 0;
    while (from < end) {
      const hit = isFrequent ? findBytes(bytes, word, from, end) : bytes.indexOf(word, from);
      // A native search that finds nothing has gone through the whole chunk.
      if (hit === -1) {
        from = isFrequent ? end : bytes.length;
        break;
      }
      hits += 1;
      while (row + 1 < rowsEnd && isBefore(foldedAt[row + 1] ?? 0, chunkIndex, hit)) row += 1;
      const start = toPosition(foldedAt[row] ?? 0);
      if (others.every((other) => findBytes(bytes, other, start, findEnd(bytes, start)) !== -1)) {
        found.add(row);
      }
      from = findEnd(bytes, hit) + 1;
    }
    isFrequent = hits > MANY_HITS;
  }
}

/** Whether the text of an offset starts in this chunk at or before a position. */
function isBefore(offset: number, chunkIndex: number, position: number): boolean {
  return toChunkIndex(offset) === chunkIndex && toPosition(offset) <= position;
}

/** Finds a word that starts between two positions; -1 when none does. */
function findBytes(bytes: Uint8Array, word: Uint8Array, from: number, end: number): number {
  const first = word[0];
  for (let position = from; position < end; position += 1) {
    if (bytes[position] !== first) continue;
    let matched = 1;
    while (matched < word.length && bytes[position + matched] === word[matched]) matched += 1;
    if (matched === word.length) return position;
  }
  return -1;
}

/** Rows lie in a heap in their order, so the first one of a chunk is found by halving. */
function findFirstRow(store: FileTable, chunkIndex: number): number {
  const { foldedAt } = store.columns;
  let low = 0;
  let high = store.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (toChunkIndex(foldedAt[middle] ?? 0) < chunkIndex) low = middle + 1;
    else high = middle;
  }
  return low;
}
