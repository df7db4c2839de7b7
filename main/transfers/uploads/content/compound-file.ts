import type { ContentKind } from '#app/files/content-kind.ts';
import type { Content } from './content.ts';

/** Where a compound file's header gives the length of its sectors, as a power of two, and the first sector of its directory ([MS-CFB] 2.2). */
const SECTOR_SHIFT_AT = 0x1e;
const FIRST_DIRECTORY_SECTOR_AT = 0x30;
/** 32 entries of the directory; Office writes those looked for among the first few. */
const DIRECTORY_BYTES = 4096;

/** Names in the directory and what they tell; the first that is there counts. */
const NAMES: readonly (readonly [name: string, kind: ContentKind])[] = [
  ['EncryptedPackage', 'protectedOffice'], // [MS-OFFCRYPTO] 2.3.4.4
  ['__substg1.0_', 'outlookMessage'], // [MS-OXMSG] 2.1.3
  ['__properties_version1.0', 'outlookMessage'],
  ['VisioDocument', 'visioDrawing'],
  ['WordDocument', 'oldOffice'], // [MS-DOC] 2.1.1
  ['Workbook', 'oldOffice'], // [MS-XLS] 2.1.2
  ['Book', 'oldOffice'],
  ['PowerPoint Document', 'oldOffice'], // [MS-PPT] 2.1.2
];

/** Tells what is in a compound file ([MS-CFB]): Office up to 2003, Office with a password, an e-mail, or something else. */
export async function findCompoundFileKind(content: Content): Promise<ContentKind> {
  const { head } = content;
  if (head.length < FIRST_DIRECTORY_SECTOR_AT + 4) return 'oldOffice';
  const sectorBytes = 2 ** Math.min(head.readUInt16LE(SECTOR_SHIFT_AT), 12);
  const position = (head.readUInt32LE(FIRST_DIRECTORY_SECTOR_AT) + 1) * sectorBytes;
  if (position >= content.sizeBytes) return 'oldOffice';
  const directory = await content.read(position, DIRECTORY_BYTES);
  const found = NAMES.find(([name]) => directory.includes(Buffer.from(name, 'utf16le')));
  return found ? found[1] : 'unknown';
}
