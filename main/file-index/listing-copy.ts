import { ALIVE, FileColumns, RESERVED_ROWS } from './file-columns.ts';
import type { FileTable } from './file-table.ts';
import { type ListingFacts, type ListingHeader, parseListingBytes, toListingBytes } from './listing-file.ts';
import type { Slice } from './slices.ts';
import { TextHeap } from './text-heap.ts';

/** A listing as it was kept. */
export interface ListingCopy {
  readonly columns: FileColumns;
  readonly header: ListingHeader;
  /** By name, in the order of this computer's locale; null where that was not kept or has changed. */
  readonly byName: Uint32Array | null;
}

/** Rows between two looks at the clock. */
const STEP = 1024;
const ABSENT = 0xffffffff;
/** Columns of fixed width, in the order of their sections; those of texts follow, then the order by name. */
const SECTIONS = 10;

/** Makes the bytes of a copy of the living rows; `byName` is the order of all rows by name. */
export async function toCopy(
  store: FileTable,
  facts: Omit<ListingFacts, 'rows' | 'mimeTypes' | 'nameOrder'>,
  byName: Uint32Array,
  slice: Slice,
): Promise<Uint8Array> {
  const { columns, places } = await compact(store, slice);
  const order = await toPlaces(byName, places, columns.length, slice);
  const { length } = columns;
  const sections = [
    columns.foldedAt.subarray(0, length),
    columns.nameAt.subarray(0, length),
    columns.idAt.subarray(0, length),
    columns.sizes.subarray(0, length),
    columns.createdAt.subarray(0, length),
    columns.mimeIds.subarray(0, length),
    columns.flags.subarray(0, length),
    order ?? new Uint32Array(0),
    ...[columns.folded, columns.names, columns.ids].flatMap((heap) => [
      Uint32Array.of(heap.chunkCount),
      ...Array.from({ length: heap.chunkCount }, (_, chunk) => heap.usedChunk(chunk)),
    ]),
  ];
  return toListingBytes(
    { ...facts, rows: length, mimeTypes: store.columns.mimeTypes, nameOrder: order ? toOrderName() : null },
    sections.map(({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength)),
    slice,
  );
}

/** Reads a copy; null for bytes that are none. */
export async function parseCopy(bytes: Uint8Array, slice: Slice): Promise<ListingCopy | null> {
  const file = await parseListingBytes(bytes, slice);
  if (!file || file.sections.length < SECTIONS) return null;
  const { header, sections } = file;
  const columns = new FileColumns();
  for (const mimeType of header.mimeTypes) columns.internMimeType(mimeType);
  const next = sections.values();
  const take = (): Uint8Array => next.next().value ?? new Uint8Array(0);
  const room = header.rows + RESERVED_ROWS;
  columns.adopt(header.rows, {
    foldedAt: toUint32(take(), room),
    nameAt: toUint32(take(), room),
    idAt: toUint32(take(), room),
    sizes: toFloat64(take(), room),
    createdAt: toFloat64(take(), room),
    mimeIds: toUint16(take(), room),
    flags: toUint8(take(), room),
  });
  const order = take();
  const byName =
    header.nameOrder === toOrderName() && order.byteLength === header.rows * Uint32Array.BYTES_PER_ELEMENT
      ? toUint32(order, header.rows)
      : null;
  for (const heap of ['folded', 'names', 'ids'] as const) {
    const [chunkCount = 0] = toUint32(take(), 1);
    const chunks: Uint8Array[] = [];
    for (let chunk = 0; chunk < chunkCount; chunk += 1) chunks.push(take());
    columns[heap] = await TextHeap.of(chunks, slice);
  }
  return { columns, header, byName };
}

/** Writes the living rows one behind the other; `places` says where each went. */
async function compact(
  store: FileTable,
  slice: Slice,
): Promise<{ readonly columns: FileColumns; readonly places: Uint32Array }> {
  const from = store.columns;
  const columns = new FileColumns();
  const places = new Uint32Array(store.length).fill(ABSENT);
  for (let row = 0; row < places.length; row += 1) {
    if (row % STEP === 0) {
      if (slice.isSpent()) await slice.next();
      columns.reserve();
    }
    if (!from.has(row, ALIVE)) continue;
    places[row] = columns.appendCopy(from, row);
  }
  return { columns, places };
}

/** Gives an order of rows as an order of their places; null when it is not one of all of them, as after a change. */
async function toPlaces(
  rows: Uint32Array,
  places: Uint32Array,
  count: number,
  slice: Slice,
): Promise<Uint32Array | null> {
  const order = new Uint32Array(count);
  let length = 0;
  for (let index = 0; index < rows.length; index += 1) {
    if (index % STEP === 0 && slice.isSpent()) await slice.next();
    const place = places[rows[index] ?? 0] ?? ABSENT;
    if (place === ABSENT) continue;
    order[length] = place;
    length += 1;
  }
  return length === count ? order : null;
}

/** Names the rules that names are ordered by here. */
function toOrderName(): string {
  return `${new Intl.Collator().resolvedOptions().locale} ${process.versions['icu'] ?? ''}`;
}

function toUint8(bytes: Uint8Array, length: number): Uint8Array<ArrayBuffer> {
  const column = new Uint8Array(Math.max(length, bytes.byteLength));
  column.set(bytes);
  return column;
}

function toUint16(bytes: Uint8Array, length: number): Uint16Array<ArrayBuffer> {
  return new Uint16Array(toUint8(bytes, length * Uint16Array.BYTES_PER_ELEMENT).buffer);
}

function toUint32(bytes: Uint8Array, length: number): Uint32Array<ArrayBuffer> {
  return new Uint32Array(toUint8(bytes, length * Uint32Array.BYTES_PER_ELEMENT).buffer);
}

function toFloat64(bytes: Uint8Array, length: number): Float64Array<ArrayBuffer> {
  return new Float64Array(toUint8(bytes, length * Float64Array.BYTES_PER_ELEMENT).buffer);
}
