import { crc32, deflateRawSync } from 'node:zlib';

/** How the sizes of an entry are told (APPNOTE 4.3.9): in its header, or in a descriptor behind its data. */
export type Descriptor = 'none' | 'signed' | 'unsigned' | 'signed64' | 'unsigned64';

export const DESCRIPTORS: readonly Descriptor[] = ['none', 'signed', 'unsigned', 'signed64', 'unsigned64'];

/** One file in an archive. */
export interface ZipEntry {
  readonly name: string;
  readonly content: string | Buffer;
  readonly isStored?: boolean;
}

/** How an archive is written. */
export interface ZipOptions {
  readonly descriptor?: Descriptor;
  /** Whether its end is that of ZIP64, as some writers add it whatever the size. */
  readonly hasZip64End?: boolean;
}

/** Writes a whole archive: entries, central directory, end. */
export function createZip(entries: readonly ZipEntry[], options: ZipOptions = {}): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let position = 0;
  for (const entry of entries) {
    const written = writeEntry(entry, options.descriptor ?? 'none', position);
    locals.push(...written.local);
    directory.push(...written.central);
    position += sum(written.local);
  }
  const end = writeEnd(entries.length, sum(directory), position, options.hasZip64End ?? false);
  return Buffer.concat([...locals, ...directory, end]);
}

function sum(parts: readonly Buffer[]): number {
  return parts.reduce((bytes, part) => bytes + part.length, 0);
}

function writeEntry({ name, content, isStored = false }: ZipEntry, descriptor: Descriptor, position: number) {
  const plain = Buffer.from(content);
  const data = isStored ? plain : deflateRawSync(plain);
  const nameBytes = Buffer.from(name);
  const sizes = [crc32(plain), data.length, plain.length] as const;
  const common = [20, descriptor === 'none' ? 0 : 8, isStored ? 0 : 8, 0, 0x21] as const;
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  for (const [index, value] of common.entries()) local.writeUInt16LE(value, 4 + 2 * index);
  if (descriptor === 'none')
    for (const [index, size] of sizes.entries()) local.writeUInt32LE(size, 14 + 4 * index);
  local.writeUInt16LE(nameBytes.length, 26);
  const central = Buffer.alloc(46);
  central.writeUInt32LE(0x02014b50, 0);
  central.writeUInt16LE(20, 4);
  for (const [index, value] of common.entries()) central.writeUInt16LE(value, 6 + 2 * index);
  for (const [index, size] of sizes.entries()) central.writeUInt32LE(size, 16 + 4 * index);
  central.writeUInt16LE(nameBytes.length, 28);
  central.writeUInt32LE(position, 42);
  return {
    local: [local, nameBytes, data, writeDescriptor(descriptor, sizes)],
    central: [central, nameBytes],
  };
}

function writeDescriptor(
  descriptor: Descriptor,
  [crc, stored, plain]: readonly [number, number, number],
): Buffer {
  if (descriptor === 'none') return Buffer.alloc(0);
  const is64 = descriptor.endsWith('64');
  const body = Buffer.alloc(is64 ? 20 : 12);
  body.writeUInt32LE(crc, 0);
  body.writeUInt32LE(stored, 4);
  body.writeUInt32LE(plain, is64 ? 12 : 8);
  return descriptor.startsWith('signed') ? Buffer.concat([Buffer.from('PK\x07\x08', 'latin1'), body]) : body;
}

function writeEnd(count: number, directoryBytes: number, position: number, isZip64: boolean): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(directoryBytes, 12);
  end.writeUInt32LE(isZip64 ? 0xffffffff : position, 16);
  if (!isZip64) return end;
  const record = Buffer.alloc(56);
  record.writeUInt32LE(0x06064b50, 0);
  record.writeBigUInt64LE(44n, 4);
  record.writeUInt16LE(45, 12);
  record.writeUInt16LE(45, 14);
  record.writeBigUInt64LE(BigInt(count), 24);
  record.writeBigUInt64LE(BigInt(count), 32);
  record.writeBigUInt64LE(BigInt(directoryBytes), 40);
  record.writeBigUInt64LE(BigInt(position), 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(BigInt(position + directoryBytes), 8);
  locator.writeUInt32LE(1, 16);
  return Buffer.concat([record, locator, end]);
}
