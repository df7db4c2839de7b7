import { sniffZip } from './sniff-zip.ts';
import { toTextMimeType } from './text-structure.ts';

/** Enough of a text to tell its structure by, and of anything else to find its mark. */
const HEAD_BYTES = 64 * 1024;

const OFFICE = 'application/vnd.openxmlformats-officedocument';

/** What the server takes (contract, section 2). */
const DOCUMENTED_TYPES: ReadonlySet<string> = new Set([
  'application/pdf',
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  `${OFFICE}.wordprocessingml.document`,
  `${OFFICE}.spreadsheetml.sheet`,
  `${OFFICE}.presentationml.presentation`,
  'audio/mpeg',
  'audio/wav',
  'audio/flac',
  'audio/ogg',
  'application/json',
  'application/x-ndjson',
  'text/csv',
  'text/markdown',
  'text/plain',
]);

/** What content is called by its start, as Latin-1; the first that fits counts. */
const MARKS: readonly (readonly [mimeType: string, isMarked: (start: string) => boolean])[] = [
  ['application/x-tar', (start) => start.startsWith('ustar', 257)],
  ['application/pdf', (start) => start.slice(0, 1024 + 5).includes('%PDF-')],
  ['image/png', (start) => start.startsWith('\x89PNG\r\n')],
  ['image/jpeg', (start) => start.startsWith('\xff\xd8\xff')],
  ['image/gif', (start) => start.startsWith('GIF87a') || start.startsWith('GIF89a')],
  ['image/webp', (start) => start.startsWith('RIFF') && start.startsWith('WEBP', 8)],
  ['audio/wav', (start) => start.startsWith('RIFF') && start.startsWith('WAVE', 8)],
  ['audio/x-rf64', (start) => ['RF64', 'BW64', 'RIFX'].includes(start.slice(0, 4))],
  ['audio/flac', (start) => start.startsWith('fLaC')],
  [
    'audio/ogg',
    (start) => start.startsWith('OggS') && SOUND_IN_OGG.some((mark) => start.startsWith(mark, 28)),
  ],
  ['application/ogg', (start) => start.startsWith('OggS\0')],
  ['audio/mpeg', (start) => start.startsWith('ID3') && start.charAt(3) < '\x05'],
  ['text/plain; charset=utf-16', (start) => start.startsWith('\xff\xfe') || start.startsWith('\xfe\xff')],
  ['audio/mpeg', hasMpegFrame],
  ['audio/x-ape-tagged', (start) => start.startsWith('APETAGEX')],
];

const SOUND_IN_OGG: readonly string[] = ['\x01vorbis', 'OpusHead', '\x7fFLAC', 'Speex '];

/** All ones for 11 bits; then a version, a layer, a bit rate and a sample rate that are defined. */
function hasMpegFrame(start: string): boolean {
  const [first = 0, second = 0, third = 0] = [0, 1, 2].map((index) => start.charCodeAt(index));
  const isDefined =
    (second & 0x18) !== 0x08 && (second & 0x06) !== 0 && third < 0xf0 && (third & 0x0c) !== 0x0c;
  return start.length >= 4 && first === 0xff && (second & 0xe0) === 0xe0 && isDefined;
}

/** What content is called that no mark fits. */
const UNKNOWN_TYPE = 'application/octet-stream';

/** Where a test lets the server differ from what is documented, by MIME type; {@link UNKNOWN_TYPE} is everything without a mark. */
export interface TypeRules {
  readonly takes: readonly string[];
  readonly refuses: readonly string[];
}

/**
 * Judges a whole body by its content alone while it streams by. Shares nothing with the app's check: each is to err in its own
 * way, so that what they agree on is right.
 */
export class ContentSniffer {
  readonly #decoder = new TextDecoder('utf-8', { fatal: true });
  readonly #head: Buffer[] = [];
  /** All of an archive, as its directory comes last; else empty. */
  readonly #archive: Buffer[] = [];
  #headBytes = 0;
  #sizeBytes = 0;
  #isText = true;

  update(chunk: Buffer): void {
    if (this.#isText) this.#isText = this.#isTextPiece(chunk);
    if (this.#headBytes < HEAD_BYTES) this.#head.push(Buffer.from(chunk.subarray(0, HEAD_BYTES)));
    this.#headBytes = Math.min(HEAD_BYTES, this.#headBytes + chunk.byteLength);
    this.#sizeBytes += chunk.byteLength;
    if (this.#mayBeArchive()) this.#archive.push(Buffer.from(chunk));
  }

  /** Gives the MIME type that the server reports, or null for content it refuses. */
  finish(rules: TypeRules = { takes: [], refuses: [] }): string | null {
    const mimeType = this.#findType();
    if (rules.refuses.includes(mimeType)) return null;
    if (rules.takes.includes(mimeType)) return mimeType;
    return DOCUMENTED_TYPES.has(mimeType) ? mimeType : null;
  }

  #findType(): string {
    const isText = this.#isText && this.#isTextPiece();
    if (!isText && this.#mayBeArchive()) return sniffZip(Buffer.concat(this.#archive));
    const head = Buffer.concat(this.#head).subarray(0, HEAD_BYTES);
    const start = head.toString('latin1', 0, 2048);
    const marked = MARKS.find(([, isMarked]) => isMarked(start))?.[0];
    // A text may quote the mark of something else.
    if (marked !== undefined && (DOCUMENTED_TYPES.has(marked) || !isText)) return marked;
    return isText ? toTextMimeType(head.toString('utf8'), this.#sizeBytes <= HEAD_BYTES) : UNKNOWN_TYPE;
  }

  #mayBeArchive(): boolean {
    const start = Buffer.concat(this.#head.slice(0, 2)).toString('latin1', 0, 2);
    return this.#headBytes < 2 ? 'PK'.startsWith(start) : start === 'PK';
  }

  /** Without a piece: whether the text has ended where a character ends. */
  #isTextPiece(chunk?: Buffer): boolean {
    try {
      const text = chunk ? this.#decoder.decode(chunk, { stream: true }) : this.#decoder.decode();
      return !text.includes('\0');
    } catch {
      return false;
    }
  }
}
