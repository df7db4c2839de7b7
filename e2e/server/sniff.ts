import { isUtf8 } from 'node:buffer';
import { fileTypeFromBuffer } from 'file-type';
import { toTextMimeType } from './text-structure.ts';

/** Bytes kept of each upload: enough to find the parts of an Office document behind its first entries. */
const HEAD_BYTES = 256 * 1024;

const UTF16_MARKS: readonly string[] = ['\xff\xfe', '\xfe\xff'];

const OFFICE = 'application/vnd.openxmlformats-officedocument';

/** What file-type says, and what the server reports for it; anything else that is not text is refused (contract, section 2). */
const REPORTED: Readonly<Record<string, string>> = {
  'application/pdf': 'application/pdf',
  'image/png': 'image/png',
  'image/apng': 'image/png',
  'image/jpeg': 'image/jpeg',
  'image/gif': 'image/gif',
  'image/webp': 'image/webp',
  [`${OFFICE}.wordprocessingml.document`]: `${OFFICE}.wordprocessingml.document`,
  [`${OFFICE}.spreadsheetml.sheet`]: `${OFFICE}.spreadsheetml.sheet`,
  [`${OFFICE}.presentationml.presentation`]: `${OFFICE}.presentationml.presentation`,
  'audio/mpeg': 'audio/mpeg',
  'audio/wav': 'audio/wav',
  'audio/flac': 'audio/flac',
  'audio/ogg': 'audio/ogg',
  'audio/ogg; codecs=opus': 'audio/ogg',
};

/** Tells a file's type from its content alone while it streams by; keeps only its first part. */
export class ContentSniffer {
  #head = Buffer.alloc(0);
  #tail = Buffer.alloc(0);
  #sizeBytes = 0;
  #isText = true;

  update(chunk: Buffer): void {
    this.#sizeBytes += chunk.byteLength;
    if (this.#head.byteLength < HEAD_BYTES) {
      const room = HEAD_BYTES - this.#head.byteLength;
      this.#head = Buffer.concat([this.#head, chunk.subarray(0, room)]);
    }
    if (this.#isText) this.#checkText(chunk);
  }

  /** Gives the MIME type that the server reports, or null for content it refuses. */
  async finish(): Promise<string | null> {
    // A byte order mark of UTF-16 looks like the start of an MPEG frame.
    if (UTF16_MARKS.includes(this.#head.subarray(0, 2).toString('latin1'))) return null;
    const detected = await fileTypeFromBuffer(this.#head);
    const reported = detected === undefined ? this.#findLongTaggedMp3() : REPORTED[detected.mime];
    if (reported !== undefined) return reported;
    if (!this.#isText || this.#tail.byteLength > 0) return null;
    return toTextMimeType(this.#head.toString('utf8'), this.#sizeBytes === this.#head.byteLength);
  }

  /** An MP3's ID3 tag may hold a picture longer than the head, so that the first frame is out of sight. */
  #findLongTaggedMp3(): string | undefined {
    const isTagged = this.#head.subarray(0, 3).toString('latin1') === 'ID3';
    return isTagged && !this.#isText ? 'audio/mpeg' : undefined;
  }

  /** A character may be cut by the end of a chunk: its first bytes wait for the next one. */
  #checkText(chunk: Buffer): void {
    const bytes = this.#tail.byteLength === 0 ? chunk : Buffer.concat([this.#tail, chunk]);
    const cut = bytes.byteLength - countCutBytes(bytes);
    this.#tail = Buffer.from(bytes.subarray(cut));
    const whole = bytes.subarray(0, cut);
    this.#isText = isUtf8(whole) && !whole.includes(0);
  }
}

/** Counts the bytes at the end that start a UTF-8 character without finishing it: 0 to 3. */
function countCutBytes(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.byteLength); back += 1) {
    const byte = bytes[bytes.byteLength - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0;
  }
  return 0;
}
