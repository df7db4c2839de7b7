import { promisify } from 'node:util';
import { inflateRaw } from 'node:zlib';
import type { Entry, ZipFile } from 'yauzl';
import type { Content } from './content.ts';

/** The names in a ZIP archive by its central directory, and the content of single entries. */
export interface ZipDirectory {
  /** In lower case, with forward slashes and none at the start, as some writers differ there. */
  readonly names: readonly string[];
  /** Gives an entry's content by its name among `names`; null when it is encrypted, damaged, or larger than 1 MiB. */
  readonly readEntry: (name: string) => Promise<Buffer | null>;
}

/** The methods that Office files use (APPNOTE 4.4.5). */
const STORED = 0;
const DEFLATED = 8;
const MAX_ENTRY_BYTES = 1024 * 1024;
/** Ten times as many as the largest Office file known; an archive with more is not judged. */
const MAX_ENTRIES = 20_000;
const WINDOW_BYTES = 64 * 1024;

const inflate = promisify(inflateRaw);

/**
 * Reads the central directory at an archive's end (APPNOTE 4.3.12). It says where each entry lies, whatever comes before it
 * and however its local header leaves its size open. Gives null when it is missing, damaged or too long; throws the
 * AppFailures fileChanged and fileUnreadable.
 */
export async function readZipDirectory(content: Content): Promise<ZipDirectory | null> {
  const source = createSource(content);
  try {
    const zip = await openZip(content, source.read);
    const entries = await readEntries(zip);
    if (entries === null) return null;
    return {
      names: [...entries.keys()],
      readEntry: async (name) => {
        const entry = entries.get(name);
        return entry ? readEntry(content, zip, entry) : null;
      },
    };
  } catch {
    // A file that cannot be read is told as such; everything else is an archive that yauzl does not understand.
    source.throwIfUnreadable();
    return null;
  }
}

async function readEntries(zip: ZipFile): Promise<ReadonlyMap<string, Entry> | null> {
  if (zip.entryCount > MAX_ENTRIES) return null;
  const entries = new Map<string, Entry>();
  for await (const entry of zip.eachEntry()) {
    const name = toComparableName(entry.fileName);
    if (!entries.has(name)) entries.set(name, entry);
  }
  return entries;
}

function toComparableName(name: Buffer): string {
  return name.toString('latin1').replaceAll('\\', '/').replace(/^\/+/, '').toLowerCase();
}

async function readEntry(content: Content, zip: ZipFile, entry: Entry): Promise<Buffer | null> {
  if (entry.isEncrypted() || entry.compressedSize > MAX_ENTRY_BYTES) return null;
  try {
    const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true });
    const bytes = await content.read(fileDataStart, entry.compressedSize);
    if (entry.compressionMethod === STORED) return bytes;
    if (entry.compressionMethod !== DEFLATED) return null;
    return await inflate(bytes, { maxOutputLength: MAX_ENTRY_BYTES });
  } catch {
    return null;
  }
}

/** Loaded with the first archive, as the app's start does not need it. */
let loadedYauzl: Promise<typeof import('yauzl')> | null = null;

async function openZip(content: Content, read: Source['read']): Promise<ZipFile> {
  loadedYauzl ??= import('yauzl');
  const { RandomAccessReader, fromRandomAccessReaderPromise } = await loadedYauzl;
  class ContentReader extends RandomAccessReader {
    override read(
      buffer: Buffer,
      offset: number,
      length: number,
      position: number,
      callback: (error: Error | null, bytesRead: number) => void,
    ): void {
      read(position, length).then(
        (bytes) => callback(null, bytes.copy(buffer, offset)),
        (error: Error) => callback(error, 0),
      );
    }
  }
  return fromRandomAccessReaderPromise(new ContentReader(), content.sizeBytes, {
    decodeStrings: false,
    validateEntrySizes: false,
    autoClose: false,
  });
}

interface Source {
  readonly read: (position: number, length: number) => Promise<Buffer>;
  /** Throws what kept the file itself from being read, if anything did. */
  readonly throwIfUnreadable: () => void;
}

/** Reads ahead, as yauzl asks for each entry's header in two pieces. */
function createSource(content: Content): Source {
  let window: Buffer = Buffer.alloc(0);
  let start = 0;
  let failure: { readonly cause: unknown } | null = null;
  return {
    read: async (position, length) => {
      if (position < start || position + length > start + window.length) {
        try {
          window = await content.read(position, Math.max(length, WINDOW_BYTES));
        } catch (cause) {
          failure = { cause };
          throw cause;
        }
        start = position;
      }
      return window.subarray(position - start, position - start + length);
    },
    throwIfUnreadable: () => {
      if (failure) throw failure.cause;
    },
  };
}
