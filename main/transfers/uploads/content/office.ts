import type { ContentKind } from '#app/files/content-kind.ts';
import { type Content, hasBytesAt } from './content.ts';
import type { ContentVerdict } from './verdict.ts';
import { readZipDirectory, type ZipDirectory } from './zip-directory.ts';

const CONTENT_TYPES = '[content_types].xml';
const OFFICE = 'application/vnd.openxmlformats-officedocument';

const ACCEPTED: ContentVerdict = { verdict: 'accepted' };
const UNDECIDED: ContentVerdict = { verdict: 'undecided' };

/**
 * What the type of a package's main part says (ECMA-376 part 1, sections 11.3.10, 12.3.23 and 13.3.6; [MS-OFFMACRO2] 2.2 for
 * those with macros; [MS-XLSB] 2.1.7). In lower case, as content types are compared without regard to case. The server documents DOCX, XLSX and PPTX;
 * templates and slide shows differ from them in this one string, so a server that looks at less takes them.
 */
export const MAIN_PART_TYPES: readonly (readonly [prefix: string, verdict: ContentVerdict])[] = [
  [`${OFFICE}.wordprocessingml.document.main+xml`, ACCEPTED],
  [`${OFFICE}.spreadsheetml.sheet.main+xml`, ACCEPTED],
  [`${OFFICE}.presentationml.presentation.main+xml`, ACCEPTED],
  [`${OFFICE}.wordprocessingml.template.main+xml`, UNDECIDED],
  [`${OFFICE}.spreadsheetml.template.main+xml`, UNDECIDED],
  [`${OFFICE}.presentationml.template.main+xml`, UNDECIDED],
  [`${OFFICE}.presentationml.slideshow.main+xml`, UNDECIDED],
  ['application/vnd.ms-excel.sheet.binary.macroenabled.main', refuse('binaryWorkbook')],
  ['application/vnd.ms-word.', refuse('macroDocument')],
  ['application/vnd.ms-excel.', refuse('macroWorkbook')],
  ['application/vnd.ms-powerpoint.', refuse('macroPresentation')],
  ['application/vnd.ms-visio.', refuse('visioDrawing')],
  ['application/vnd.ms-package.3dmanufacturing-3dmodel', refuse('model')],
];

/** What the names in an archive, or the type that its `mimetype` entry states, say of it when it is no Office file. */
const OTHER_ARCHIVES: readonly {
  readonly pattern: RegExp;
  readonly kind: ContentKind;
}[] = [
  { pattern: /^mimetype:application\/vnd\.oasis\.opendocument/, kind: 'openDocument' },
  { pattern: /^mimetype:application\/epub\+zip/, kind: 'ebook' },
  { pattern: /^index\/document\.iwa$/, kind: 'appleDocument' },
  { pattern: /^(meta-inf\/manifest\.mf|androidmanifest\.xml)$/, kind: 'program' },
];

/** Judges what begins like a ZIP archive: an Office file is one, with its types in an entry of its own (ECMA-376 part 2, 10.1.2). */
export async function judgeZip(content: Content): Promise<ContentVerdict> {
  const directory = await readZipDirectory(content);
  if (directory === null) {
    // Damaged, of more entries than are read, or with something behind its end, which some readers overlook.
    return hasOfficeNames(content.head) ? UNDECIDED : refuse('zip');
  }
  if (directory.names.includes(CONTENT_TYPES)) return judgePackage(directory);
  return refuse(await findKind(directory));
}

async function judgePackage(directory: ZipDirectory): Promise<ContentVerdict> {
  const xml = await directory.readEntry(CONTENT_TYPES);
  if (xml === null) return UNDECIDED;
  const types = listTypes(decodeXml(xml));
  for (const type of types) {
    const found = findMainPart(type);
    if (found) return found;
  }
  const hasOfficeFolder = directory.names.some((name) => /^(word|xl|ppt)\//.test(name));
  return hasOfficeFolder ? UNDECIDED : refuse(await findKind(directory));
}

/** Lists the types of single parts, then those by extension: SheetJS gives one that is not used, that of binary workbooks. */
function listTypes(xml: string): readonly string[] {
  const elements = xml.match(/<[^<>]+>/g) ?? [];
  const overrides = elements.filter((element) => /^<(\w+:)?Override\b/i.test(element));
  return [...overrides, ...elements].flatMap((element) => {
    const type = /\bContentType\s*=\s*(["'])(.*?)\1/i.exec(element)?.[2];
    return type === undefined ? [] : [type.trim().toLowerCase()];
  });
}

function findMainPart(type: string): ContentVerdict | undefined {
  // Other parts have types that begin alike, such as a workbook's list of comments.
  const isMain = type.includes('.main') || type.includes('3dmodel');
  return isMain ? MAIN_PART_TYPES.find(([prefix]) => type.startsWith(prefix))?.[1] : undefined;
}

/** XML in a package is UTF-8 or UTF-16 (ECMA-376 part 2, 8.1.4). */
function decodeXml(bytes: Buffer): string {
  if (hasBytesAt(bytes, '\xff\xfe') || hasBytesAt(bytes, '<\0')) return bytes.toString('utf16le');
  if (hasBytesAt(bytes, '\xfe\xff') || hasBytesAt(bytes, '\0<')) {
    const even = Buffer.from(bytes.subarray(0, bytes.length & ~1));
    return even.swap16().toString('utf16le');
  }
  return bytes.toString('utf8');
}

async function findKind(directory: ZipDirectory): Promise<ContentKind> {
  const stated = await directory.readEntry('mimetype');
  const names =
    stated === null ? directory.names : [`mimetype:${stated.toString('latin1')}`, ...directory.names];
  return OTHER_ARCHIVES.find(({ pattern }) => names.some((name) => pattern.test(name)))?.kind ?? 'zip';
}

/** Whether names of a package's parts stand in a head; the same letters elsewhere do no harm, as the server decides then. */
function hasOfficeNames(head: Buffer): boolean {
  return /\[content_types\]\.xml|_rels\/|docprops\/|word\/|xl\/|ppt\//i.test(head.toString('latin1'));
}

function refuse(contentKind: ContentKind): ContentVerdict {
  return { verdict: 'refused', contentKind };
}
