import {
  ACCEPTED,
  type ContentCase,
  type ExpectedVerdict,
  latin1,
  refused,
  UNDECIDED,
} from './content-case.ts';
import { createZip, DESCRIPTORS, type ZipEntry, type ZipOptions } from './zip-archive.ts';

const OFFICE = 'application/vnd.openxmlformats-officedocument';
const DOCUMENTED = 'OpenRouter API, POST /files: DOCX, XLSX, PPTX';

/** A kind of Office file by its main part (ECMA-376 part 1). */
interface OfficeKind {
  readonly name: string;
  readonly mainPart: string;
  readonly type: string;
}

const KINDS: readonly OfficeKind[] = [
  { name: 'DOCX', mainPart: 'word/document.xml', type: `${OFFICE}.wordprocessingml.document.main+xml` },
  { name: 'XLSX', mainPart: 'xl/workbook.xml', type: `${OFFICE}.spreadsheetml.sheet.main+xml` },
  {
    name: 'PPTX',
    mainPart: 'ppt/presentation.xml',
    type: `${OFFICE}.presentationml.presentation.main+xml`,
  },
];

/** Content that does not become smaller, as pictures do not; repeatable. */
export function createNoise(sizeBytes: number): Buffer {
  const noise = Buffer.alloc(sizeBytes);
  let state = 1;
  for (let index = 0; index < sizeBytes; index += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    noise[index] = state >>> 24;
  }
  return noise;
}

function toTypes(type: string, mainPart: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/${mainPart}" ContentType="${type}"/><Override PartName="/xl/comments1.xml" ContentType="${OFFICE}.spreadsheetml.comments+xml"/></Types>`;
}

/** Writes an Office file whose types come behind `before` other entries of `count` in all. */
function createOffice(
  { mainPart, type }: OfficeKind,
  count: number,
  before: number,
  options: ZipOptions = {},
  partBytes = 40,
): Buffer {
  const parts: ZipEntry[] = [];
  for (let number = 1; number < count; number += 1) {
    const name = number === 1 ? mainPart : `${mainPart.split('/', 1)[0]}/media/image${number}.png`;
    parts.push({
      name,
      content: createNoise(partBytes),
      isStored: number % 2 === 0 && options.descriptor === undefined,
    });
  }
  parts.splice(before, 0, { name: '[Content_Types].xml', content: toTypes(type, mainPart) });
  return createZip(parts, options);
}

/** Office files in every order of entries, with every descriptor, and with 1 to 2,000 entries. */
export function* createOfficeFiles(): Generator<ContentCase> {
  for (const kind of KINDS) {
    for (const descriptor of DESCRIPTORS) {
      for (let before = 0; before < 6; before += 1) {
        const name = `${kind.name}, types as entry ${before + 1} of 6, descriptors: ${descriptor}`;
        yield accepted(name, createOffice(kind, 6, before, { descriptor }), 'APPNOTE.TXT 4.3.9');
      }
    }
  }
  for (const [index, count] of [1, 2, 10, 100, 1023, 1024, 1025, 1500, 2000].entries()) {
    const kind = KINDS[index % KINDS.length] ?? DOCX;
    for (const before of new Set([0, Math.floor(count / 2), count - 1])) {
      const name = `${kind.name}, types as entry ${before + 1} of ${count}`;
      yield accepted(name, createOffice(kind, count, before), 'APPNOTE.TXT 4.4.22');
    }
    const bytes = createOffice(kind, count, count - 1, { descriptor: 'unsigned' });
    yield accepted(`${kind.name}, ${count} entries, unsigned descriptors`, bytes, 'APPNOTE.TXT 4.3.9.3');
  }
  for (const kind of KINDS) {
    const behind = createOffice(kind, 8, 7, {}, 50_000);
    yield accepted(`${kind.name}, types behind 300 KB`, behind, 'APPNOTE.TXT 4.3.12');
    const end64 = createOffice(kind, 8, 3, { hasZip64End: true });
    yield accepted(`${kind.name} with an end of ZIP64`, end64, 'APPNOTE.TXT 4.3.14');
  }
  yield* createSpellings();
  yield* createDoubtful();
  yield* createOthers();
}

const DOCX: OfficeKind = {
  name: 'DOCX',
  mainPart: 'word/document.xml',
  type: `${OFFICE}.wordprocessingml.document.main+xml`,
};

function accepted(name: string, bytes: Buffer, structure: string): ContentCase {
  return { name, bytes, expected: ACCEPTED, source: `${DOCUMENTED}; ${structure}` };
}

function withTypes(content: string | Buffer, name = '[Content_Types].xml'): Buffer {
  return createZip([
    { name: 'word/document.xml', content: '<w:document/>' },
    { name, content },
  ]);
}

/** The ways in which writers spell the list of types (ECMA-376 part 2, 8.1.4 and 10.1.2). */
function* createSpellings(): Generator<ContentCase> {
  const types = toTypes(DOCX.type, DOCX.mainPart);
  const utf16 = Buffer.from(`\ufeff${types.replace('UTF-8', 'UTF-16')}`, 'utf16le');
  const spellings: readonly (readonly [string, Buffer])[] = [
    ['types with a byte order mark', withTypes(`\ufeff${types}`)],
    ['types in UTF-16', withTypes(utf16)],
    ['types in UTF-16, high byte first', withTypes(Buffer.from(utf16).swap16())],
    ['types in single quotes', withTypes(types.replaceAll('"', "'"))],
    [
      'types with blanks around the equals sign',
      withTypes(types.replaceAll('ContentType=', 'ContentType = ')),
    ],
    ['types in upper case', withTypes(types, '[CONTENT_TYPES].XML')],
    ['types in lower case', withTypes(types, '[content_types].xml')],
  ];
  for (const [name, bytes] of spellings) yield accepted(`DOCX, ${name}`, bytes, 'ECMA-376 part 2, 8.1.4');
}

const TEMPLATES: readonly (readonly [name: string, type: string])[] = [
  ['a Word template', `${OFFICE}.wordprocessingml.template.main+xml`],
  ['an Excel template', `${OFFICE}.spreadsheetml.template.main+xml`],
  ['a PowerPoint template', `${OFFICE}.presentationml.template.main+xml`],
  ['a PowerPoint slide show', `${OFFICE}.presentationml.slideshow.main+xml`],
];

function* createDoubtful(): Generator<ContentCase> {
  for (const [name, type] of TEMPLATES) {
    const bytes = withTypes(toTypes(type, DOCX.mainPart));
    yield {
      name,
      bytes,
      expected: UNDECIDED,
      source: 'not documented; differs from an accepted type in one string',
    };
  }
  const whole = createOffice(DOCX, 6, 0);
  const source = 'not documented; readers differ on damaged archives';
  yield { name: 'a DOCX without its end', bytes: whole.subarray(0, -40), expected: UNDECIDED, source };
  const picturesFirst = createOffice(DOCX, 300, 299).subarray(0, -40);
  yield { name: 'a DOCX without its end and its types', bytes: picturesFirst, expected: UNDECIDED, source };
  const longer = Buffer.concat([whole, latin1('\r\n--boundary--')]);
  yield { name: 'a DOCX with bytes behind its end', bytes: longer, expected: UNDECIDED, source };
  const broken = withTypes(createNoise(400), '[Content_Types].xml');
  yield { name: 'a DOCX whose types make no sense', bytes: broken, expected: UNDECIDED, source };
  const large = withTypes(' '.repeat(1_100_000));
  yield { name: 'a DOCX with more than 1 MiB of types', bytes: large, expected: UNDECIDED, source };
}

const MACROS: readonly (readonly [name: string, type: string, expected: ExpectedVerdict])[] = [
  ['a document with macros', 'ms-word.document.macroEnabled.main+xml', refused('macroDocument')],
  [
    'a document template with macros',
    'ms-word.template.macroEnabledTemplate.main+xml',
    refused('macroDocument'),
  ],
  ['a workbook with macros', 'ms-excel.sheet.macroEnabled.main+xml', refused('macroWorkbook')],
  ['a workbook add-in', 'ms-excel.addin.macroEnabled.main+xml', refused('macroWorkbook')],
  ['a binary workbook', 'ms-excel.sheet.binary.macroEnabled.main', refused('binaryWorkbook')],
  [
    'a presentation with macros',
    'ms-powerpoint.presentation.macroEnabled.main+xml',
    refused('macroPresentation'),
  ],
  ['a Visio drawing', 'ms-visio.drawing.main+xml', refused('visioDrawing')],
];

function* createOthers(): Generator<ContentCase> {
  const source = 'OpenRouter API, POST /files: not in the list';
  for (const [name, type, expected] of MACROS) {
    const bytes = withTypes(toTypes(`application/vnd.${type}`, DOCX.mainPart));
    yield { name, bytes, expected, source };
  }
  const openDocument = 'application/vnd.oasis.opendocument.spreadsheet';
  const archives: readonly (readonly [string, readonly ZipEntry[], ExpectedVerdict])[] = [
    ['a ZIP', [{ name: 'a.txt', content: 'text' }], refused('zip')],
    ['an empty ZIP', [], refused('zip')],
    ['a ZIP of 25,000 entries', createMany(25_000), refused('zip')],
    [
      'a ZIP that begins with a PDF',
      [{ name: 'a.pdf', content: '%PDF-1.7\n', isStored: true }],
      refused('zip'),
    ],
    [
      'an OpenDocument sheet',
      [{ name: 'mimetype', content: openDocument, isStored: true }],
      refused('openDocument'),
    ],
    ['an e-book', [{ name: 'mimetype', content: 'application/epub+zip', isStored: true }], refused('ebook')],
    [
      'a Java program',
      [{ name: 'META-INF/MANIFEST.MF', content: 'Manifest-Version: 1.0' }],
      refused('program'),
    ],
    [
      'a Pages document',
      [{ name: 'Index/Document.iwa', content: createNoise(90) }],
      refused('appleDocument'),
    ],
    [
      'a DOCX in a ZIP',
      [{ name: 'a.docx', content: createOffice(DOCX, 6, 0), isStored: true }],
      refused('zip'),
    ],
  ];
  for (const [name, entries, expected] of archives)
    yield { name, bytes: createZip(entries), expected, source };
  const compound: readonly (readonly [string, string, ExpectedVerdict])[] = [
    ['a document of Word 97', 'WordDocument', refused('oldOffice')],
    ['a workbook of Excel 97', 'Workbook', refused('oldOffice')],
    ['a presentation of PowerPoint 97', 'PowerPoint Document', refused('oldOffice')],
    ['a DOCX with a password', 'EncryptedPackage', refused('protectedOffice')],
    ['an Outlook message', '__properties_version1.0', refused('outlookMessage')],
    ['another compound file', 'Something', refused('unknown')],
  ];
  for (const [name, stream, expected] of compound) {
    yield { name, bytes: createCompoundFile(stream), expected, source: `${source}; [MS-CFB] 2.2` };
  }
}

function createMany(count: number): readonly ZipEntry[] {
  return Array.from({ length: count }, (_, number) => ({ name: `${number}`, content: '', isStored: true }));
}

/** Writes a compound file as far as its directory, which stands in its third sector. */
function createCompoundFile(stream: string): Buffer {
  const bytes = Buffer.alloc(2048);
  bytes.write('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'latin1');
  bytes.writeUInt16LE(9, 0x1e);
  bytes.writeUInt32LE(2, 0x30);
  bytes.write('Root Entry', 1536, 'utf16le');
  bytes.write(stream, 1664, 'utf16le');
  return bytes;
}
