import { assertNever } from '#app/assert-never.ts';
import { judgeMpeg, judgeMpegBehindOther, judgeOgg, judgeTagged } from './audio.ts';
import { findCompoundFileKind } from './compound-file.ts';
import { type Content, hasBytesAt } from './content.ts';
import { detectEncoding, hasByteOrderMark } from './detect-encoding.ts';
import { detectType } from './detected-type.ts';
import { judgeZip } from './office.ts';
import { createTextCheck } from './text-check.ts';
import type { ContentVerdict } from './verdict.ts';

/** One kind of content: how it is recognised, and what the server is expected to say of it. */
export interface ContentRule {
  readonly recognises: string;
  /** Where the mark, and what follows from it, is written down. */
  readonly source: string;
  /** Null when the content is not of this kind. */
  readonly judge: (content: Content) => ContentVerdict | null | Promise<ContentVerdict | null>;
}

/** Readers look for a PDF's header in so many first bytes; a little behind it there may be some that do too. */
const PDF_HEADER_BYTES = 1024;
const PDF_DOUBT_BYTES = 1100;
const PDF_MARK = '%PDF-';
const TAR_MARK_AT = 257;

const ACCEPTED: ContentVerdict = { verdict: 'accepted' };
const UNDECIDED: ContentVerdict = { verdict: 'undecided' };

const API = 'OpenRouter API, POST /files';

/**
 * Everything that is known of content, in the order in which it is asked: the first rule that recognises it decides. What is
 * accepted comes before text, as a PDF may be all letters; text before what is refused, as words may resemble a mark.
 */
export const CONTENT_RULES: readonly ContentRule[] = [
  {
    recognises: 'DOCX, XLSX, PPTX and other archives of the ZIP format',
    source: 'APPNOTE.TXT 4.3; ECMA-376 part 2',
    judge: (content) => (hasZipMark(content.head) ? judgeZip(content) : null),
  },
  {
    recognises: 'PDF, also behind other bytes',
    source: 'ISO 32000-1, 7.5.2; PDF Reference 1.7, appendix H, note 13',
    judge: ({ head }) => judgePdf(head),
  },
  {
    recognises: 'PNG, animated too',
    source: 'PNG specification, 5.2',
    judge: ({ head }) => acceptIf(hasBytesAt(head, '\x89PNG\r\n\x1a\n')),
  },
  {
    recognises: 'JPEG, without JPEG-LS',
    source: 'ITU-T T.81, B.1.1.3',
    judge: ({ head }) => acceptIf(hasBytesAt(head, '\xff\xd8\xff') && head[3] !== 0xf7),
  },
  {
    recognises: 'GIF',
    source: 'GIF89a specification, 17',
    judge: ({ head }) => acceptIf(hasBytesAt(head, 'GIF87a') || hasBytesAt(head, 'GIF89a')),
  },
  {
    recognises: 'WebP',
    source: 'RFC 9649, 2.4',
    judge: ({ head }) => acceptIf(hasBytesAt(head, 'RIFF') && hasBytesAt(head, 'WEBP', 8)),
  },
  {
    recognises: 'WAV',
    source: 'Multimedia Programming Interface 1.0, 3',
    judge: ({ head }) => acceptIf(hasBytesAt(head, 'RIFF') && hasBytesAt(head, 'WAVE', 8)),
  },
  {
    recognises: 'WAV of the kinds RF64, BW64 and RIFX',
    source: 'EBU Tech 3306; ITU-R BS.2088',
    judge: ({ head }) => leaveOpenIf(hasWaveMark(head) && hasBytesAt(head, 'WAVE', 8)),
  },
  {
    recognises: 'FLAC',
    source: 'RFC 9639, 8.1',
    judge: ({ head }) => acceptIf(hasBytesAt(head, 'fLaC\0') || hasBytesAt(head, 'fLaC\x80')),
  },
  {
    recognises: 'Ogg with sound; Ogg that begins with something else',
    source: 'RFC 3533, 6; RFC 5334, 4',
    judge: ({ head }) => judgeOgg(head),
  },
  {
    recognises: 'MP3 behind an ID3 tag',
    source: 'ID3v2.4 structure, 3.1',
    judge: ({ head }) => judgeTagged(head),
  },
  {
    recognises: 'UTF-16 or UTF-32 with a byte order mark',
    source: `Unicode, 2.6 and 23.8; ${API} names UTF-8 alone`,
    judge: ({ head }) => (hasByteOrderMark(head) ? judgeOtherText(head) : null),
  },
  {
    recognises: 'MP3',
    source: 'ISO/IEC 11172-3, 2.4.1.3',
    judge: ({ head }) => judgeMpeg(head),
  },
  {
    recognises: 'MP3 behind an APE tag',
    source: 'APEv2 specification, header',
    judge: ({ head }) => leaveOpenIf(hasBytesAt(head, 'APETAGEX')),
  },
  {
    recognises: 'UTF-8 text',
    source: API,
    judge: (content) => (isUtf8Text(content) ? { verdict: 'text' } : null),
  },
  {
    recognises: 'compound files: Office up to 2003, Office with a password',
    source: '[MS-CFB] 2.2; [MS-OFFCRYPTO] 2.3',
    judge: async (content) =>
      hasBytesAt(content.head, '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')
        ? { verdict: 'refused', contentKind: await findCompoundFileKind(content) }
        : null,
  },
  {
    recognises: 'types with a mark of four bytes or more',
    source: `the package file-type; ${API} lists what is taken`,
    judge: ({ head }) => judgeDetected(head, false),
  },
  {
    recognises: 'MP3 behind other bytes',
    source: 'ISO/IEC 11172-3, 2.4.1.3, four frames of one kind in a row',
    judge: ({ head }) => judgeMpegBehindOther(head),
  },
  {
    recognises: 'text in another encoding',
    source: `WHATWG Encoding Standard; ${API} names UTF-8 alone`,
    judge: ({ head }) => judgeOtherText(head),
  },
  {
    recognises: 'types with a short mark',
    source: `the package file-type; ${API} lists what is taken`,
    judge: ({ head }) => judgeDetected(head, true),
  },
];

function acceptIf(isOfKind: boolean): ContentVerdict | null {
  return isOfKind ? ACCEPTED : null;
}

function leaveOpenIf(isOfKind: boolean): ContentVerdict | null {
  return isOfKind ? UNDECIDED : null;
}

function hasWaveMark(head: Buffer): boolean {
  return ['RF64', 'BW64', 'RIFX'].some((mark) => hasBytesAt(head, mark));
}

/** The mark of a first entry, of an archive without entries, or of one that was split (APPNOTE 4.3.7, 4.3.16, 8.5.3). */
function hasZipMark(head: Buffer): boolean {
  return ['PK\x03\x04', 'PK\x05\x06', 'PK\x07\x08', 'PK00PK\x03\x04'].some((mark) => hasBytesAt(head, mark));
}

function judgePdf(head: Buffer): ContentVerdict | null {
  const position = head.subarray(0, PDF_DOUBT_BYTES + PDF_MARK.length).indexOf(PDF_MARK);
  // A tar archive may begin with a PDF, which is stored as it is.
  if (position === -1 || hasBytesAt(head, 'ustar', TAR_MARK_AT)) return null;
  return position <= PDF_HEADER_BYTES ? ACCEPTED : UNDECIDED;
}

function isUtf8Text({ head, sizeBytes }: Content): boolean {
  const check = createTextCheck();
  return check.push(head) && (head.length < sizeBytes || check.end());
}

async function judgeDetected(head: Buffer, isWeak: boolean): Promise<ContentVerdict | null> {
  const detected = await detectType(head);
  if (detected?.isWeak !== isWeak) return null;
  return detected.contentKind === null
    ? UNDECIDED
    : { verdict: 'refused', contentKind: detected.contentKind };
}

function judgeOtherText(head: Buffer): ContentVerdict | null {
  const text = detectEncoding(head);
  switch (text.kind) {
    case 'binary':
      return null;
    case 'nul':
      return { verdict: 'refused', contentKind: 'textWithNul' };
    case 'text':
      return { verdict: 'notUtf8', encoding: text.encoding };
    default:
      return assertNever(text);
  }
}
