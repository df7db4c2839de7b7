import { inflateRawSync } from 'node:zlib';

const OFFICE = 'application/vnd.openxmlformats-officedocument';

/** The server's own judgement of a whole ZIP archive: the MIME type by the part that a package of Office begins with. */
export function sniffZip(body: Buffer): string {
  const types = readContentTypes(body);
  if (types === null) return 'application/zip';
  // A type by extension may be that of a binary workbook, which has no "+xml", in any workbook.
  const main = [/["']([^"']+\.main\+xml)["']/i, /["']([^"']+\.main)["']/i]
    .map((pattern) => pattern.exec(types)?.[1])
    .find((type) => type !== undefined);
  if (main === undefined) return 'application/zip';
  const mimeType = main.replace(/\.main(\+xml)?$/, '');
  return mimeType.startsWith(OFFICE) ? mimeType : mimeType.toLowerCase();
}

function readContentTypes(body: Buffer): string | null {
  try {
    for (const entry of listEntries(body)) {
      if (entry.name.toLowerCase() === '[content_types].xml') return decode(readEntry(body, entry));
    }
  } catch {
    // Numbers in a damaged archive lead outside of it.
  }
  return null;
}

interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly sizeBytes: number;
  readonly headerAt: number;
}

/** Walks the central directory, which ends where the end record begins, or that of ZIP64. */
function* listEntries(body: Buffer): Generator<ZipEntry> {
  const end = body.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  if (end === -1) return;
  let at = body.readUInt32LE(end + 16);
  if (at === 0xffffffff) at = findZip64Directory(body, end);
  while (body.toString('latin1', at, at + 4) === 'PK\x01\x02') {
    const nameLength = body.readUInt16LE(at + 28);
    yield {
      name: body.toString('latin1', at + 46, at + 46 + nameLength),
      method: body.readUInt16LE(at + 10),
      sizeBytes: body.readUInt32LE(at + 20),
      headerAt: body.readUInt32LE(at + 42),
    };
    at += 46 + nameLength + body.readUInt16LE(at + 30) + body.readUInt16LE(at + 32);
  }
}

function findZip64Directory(body: Buffer, end: number): number {
  const record = Number(body.readBigUInt64LE(end - 20 + 8));
  return Number(body.readBigUInt64LE(record + 48));
}

function readEntry(body: Buffer, { method, sizeBytes, headerAt }: ZipEntry): Buffer {
  const start = headerAt + 30 + body.readUInt16LE(headerAt + 26) + body.readUInt16LE(headerAt + 28);
  const stored = body.subarray(start, start + sizeBytes);
  return method === 0 ? stored : inflateRawSync(stored);
}

function decode(xml: Buffer): string {
  const mark = xml.readUInt16BE(0);
  if (mark === 0xfffe) return new TextDecoder('utf-16le').decode(xml);
  if (mark === 0xfeff) return new TextDecoder('utf-16be').decode(xml);
  return xml.toString('utf8');
}
