import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { Slice } from './slices.ts';

/**
 * What the file of a listing consists of: a mark, the SHA-256 of all that follows, a header as JSON, and sections of
 * bytes one behind the other, each starting at a multiple of eight. Numbers are as the processor has them: the file
 * never leaves the computer.
 */
const MARK = Buffer.from('FILES-OR');
const HASH_BYTES = 32;
const LENGTH_BYTES = 8;
const HEADER_AT = MARK.length + HASH_BYTES + LENGTH_BYTES;
/** To be raised whenever a file of before would be misread, or holds texts that are folded otherwise. */
const VERSION = 2;
const ALIGNMENT = 8;
/** Bytes that are hashed or copied between two looks at the clock. */
const STEP_BYTES = 1 << 20;

const listingHeader = z.object({
  version: z.literal(VERSION),
  /** Of files of another byte order nothing can be read. */
  isLittleEndian: z.boolean(),
  rows: z.int().nonnegative(),
  completedAt: z.number(),
  unreadableRows: z.int().nonnegative(),
  mimeTypes: z.array(z.string()),
  /** Of which locale and version of its rules the order by name is; null where it is not kept. */
  nameOrder: z.string().nullable(),
  /** Lengths of the sections, in bytes. */
  sections: z.array(z.int().nonnegative()),
});

/** What a file says of its listing. */
export type ListingHeader = z.infer<typeof listingHeader>;

/** A header and the sections that it names the lengths of. */
export interface ListingFile {
  readonly header: ListingHeader;
  readonly sections: readonly Uint8Array[];
}

/** What is known of a listing besides its sections; the rest of the header follows from those. */
export type ListingFacts = Omit<ListingHeader, 'version' | 'isLittleEndian' | 'sections'>;

/** Makes the bytes of a file. */
export async function toListingBytes(
  facts: ListingFacts,
  sections: readonly Uint8Array[],
  slice: Slice,
): Promise<Uint8Array> {
  const header: ListingHeader = {
    ...facts,
    version: VERSION,
    isLittleEndian: isLittleEndian(),
    sections: sections.map(({ byteLength }) => byteLength),
  };
  const headerBytes = Buffer.from(JSON.stringify(header));
  const size = sections.reduce(
    (sum, { byteLength }) => sum + toAligned(byteLength),
    toAligned(HEADER_AT + headerBytes.length),
  );
  const bytes = Buffer.alloc(size);
  MARK.copy(bytes);
  bytes.writeUInt32LE(headerBytes.length, HEADER_AT - LENGTH_BYTES);
  headerBytes.copy(bytes, HEADER_AT);
  let at = toAligned(HEADER_AT + headerBytes.length);
  for (const section of sections) {
    for (let from = 0; from < section.byteLength; from += STEP_BYTES) {
      if (slice.isSpent()) await slice.next();
      bytes.set(section.subarray(from, from + STEP_BYTES), at + from);
    }
    at += toAligned(section.byteLength);
  }
  bytes.set(await hash(bytes, slice), MARK.length);
  return bytes;
}

/** Reads the bytes of a file; null for a file that is damaged, of another program or of another version of this one. */
export async function parseListingBytes(given: Uint8Array, slice: Slice): Promise<ListingFile | null> {
  const bytes = Buffer.from(given.buffer, given.byteOffset, given.byteLength);
  if (bytes.length < HEADER_AT || !bytes.subarray(0, MARK.length).equals(MARK)) return null;
  if (!bytes.subarray(MARK.length, MARK.length + HASH_BYTES).equals(await hash(bytes, slice))) return null;
  const headerLength = bytes.readUInt32LE(HEADER_AT - LENGTH_BYTES);
  const header = parseHeader(bytes.toString('utf8', HEADER_AT, HEADER_AT + headerLength));
  if (!header) return null;
  const sections: Uint8Array[] = [];
  let at = toAligned(HEADER_AT + headerLength);
  for (const length of header.sections) {
    if (at + length > bytes.length) return null;
    sections.push(bytes.subarray(at, at + length));
    at += toAligned(length);
  }
  return { header, sections };
}

function parseHeader(text: string): ListingHeader | null {
  try {
    const parsed = listingHeader.safeParse(JSON.parse(text));
    return parsed.success && parsed.data.isLittleEndian === isLittleEndian() ? parsed.data : null;
  } catch {
    return null;
  }
}

async function hash(bytes: Uint8Array, slice: Slice): Promise<Uint8Array> {
  const sum = createHash('sha256');
  for (let from = MARK.length + HASH_BYTES; from < bytes.length; from += STEP_BYTES) {
    if (slice.isSpent()) await slice.next();
    sum.update(bytes.subarray(from, from + STEP_BYTES));
  }
  return sum.digest();
}

function toAligned(length: number): number {
  return Math.ceil(length / ALIGNMENT) * ALIGNMENT;
}

function isLittleEndian(): boolean {
  return new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;
}
