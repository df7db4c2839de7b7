import { hasBytesAt } from './content.ts';
import type { ContentVerdict } from './verdict.ts';

const ACCEPTED: ContentVerdict = { verdict: 'accepted' };
const UNDECIDED: ContentVerdict = { verdict: 'undecided' };

/** In kbit/s, by MPEG version and layer (ISO/IEC 11172-3, 2.4.2.3; ISO/IEC 13818-3, 2.4.2.3); 0 is the free format, 15 is forbidden. */
const BIT_RATES: Readonly<Record<string, readonly number[]>> = {
  '1,1': [0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
  '1,2': [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
  '1,3': [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  '2,1': [0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
  '2,2': [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
};
const SAMPLE_RATES = [44_100, 48_000, 32_000];
/** Frames of one version, layer and sample rate, in a row: more than other content has by chance. */
const FRAMES_IN_A_ROW = 4;
const ID3_HEADER_BYTES = 10;

/** Judges what begins with an ID3v2 tag, by what stands behind it; null when it is none. */
export function judgeTagged(head: Buffer): ContentVerdict | null {
  const tagEnd = findTagEnd(head);
  if (tagEnd === null) return null;
  // A picture in the tag may be longer than the head; or zeros follow, or another tag.
  return judgeMpeg(head, tagEnd) ?? (hasBytesAt(head, 'fLaC', tagEnd) ? ACCEPTED : UNDECIDED);
}

/** Gives where an ID3v2 tag ends (ID3v2.4 structure, 3.1); null when there is none. */
function findTagEnd(head: Buffer): number | null {
  if (!hasBytesAt(head, 'ID3') || head.length < ID3_HEADER_BYTES) return null;
  const version = head.readUInt8(3);
  const size = head.subarray(6, ID3_HEADER_BYTES);
  if (version < 2 || version > 4 || size.some((byte) => byte > 0x7f)) return null;
  const length = size.reduce((sum, byte) => sum * 128 + byte, 0);
  return ID3_HEADER_BYTES + length;
}

/** Accepts an MPEG audio frame at a position; null when there is none. */
export function judgeMpeg(head: Buffer, position = 0): ContentVerdict | null {
  return readFrame(head, position) === null ? null : ACCEPTED;
}

/** Leaves it open when frames stand somewhere in the head without being its start; null when there are none. */
export function judgeMpegBehindOther(head: Buffer): ContentVerdict | null {
  for (let at = head.indexOf(0xff); at !== -1; at = head.indexOf(0xff, at + 1)) {
    // Layer 3 alone, as its header is less like the pixels and numbers that other content is full of.
    if (isLayer3(head, at) && hasFramesInARow(head, at)) return UNDECIDED;
  }
  return null;
}

function isLayer3(head: Buffer, position: number): boolean {
  return ((head[position + 1] ?? 0) & 0x06) === 0x02;
}

function hasFramesInARow(head: Buffer, start: number): boolean {
  let position = start;
  for (let count = 0; count < FRAMES_IN_A_ROW; count += 1) {
    const length = readFrame(head, position);
    if (length === null || length === 0 || !isSameStream(head, start, position)) return false;
    position += length;
  }
  return true;
}

/** Whether two headers have the same version, layer and sample rate, which do not change in a stream. */
function isSameStream(head: Buffer, first: number, second: number): boolean {
  const differsInVersion = (head.readUInt8(first + 1) ^ head.readUInt8(second + 1)) & 0x1e;
  const differsInRate = (head.readUInt8(first + 2) ^ head.readUInt8(second + 2)) & 0x0c;
  return differsInVersion === 0 && differsInRate === 0;
}

/** Gives the length of the frame whose header stands at a position, 0 for the free format; null when none stands there. */
function readFrame(head: Buffer, position: number): number | null {
  if (position + 4 > head.length || head[position] !== 0xff) return null;
  const second = head.readUInt8(position + 1);
  const third = head.readUInt8(position + 2);
  const version = [2.5, null, 2, 1][(second >> 3) & 3] ?? null;
  const layer = 4 - ((second >> 1) & 3);
  const sampleRate = SAMPLE_RATES[(third >> 2) & 3];
  if ((second & 0xe0) !== 0xe0 || version === null || layer === 4 || sampleRate === undefined) return null;
  const rates = BIT_RATES[`${version === 1 ? 1 : 2},${version === 1 ? layer : Math.min(layer, 2)}`] ?? [];
  const bitsPerSecond = (rates[third >> 4] ?? Number.NaN) * 1000;
  if (Number.isNaN(bitsPerSecond)) return null;
  if (bitsPerSecond === 0) return 0;
  const hertz = sampleRate / (version === 1 ? 1 : version === 2 ? 2 : 4);
  const padding = (third >> 1) & 1;
  if (layer === 1) return (Math.floor((12 * bitsPerSecond) / hertz) + padding) * 4;
  const samplesBy8 = layer === 3 && version !== 1 ? 72 : 144;
  return Math.floor((samplesBy8 * bitsPerSecond) / hertz) + padding;
}

/** What the first packet of an Ogg file begins with. */
const OGG_CODECS: readonly (readonly [start: string, verdict: ContentVerdict])[] = [
  ['\x01vorbis', ACCEPTED], // Vorbis I, 4.2.1
  ['OpusHead', ACCEPTED], // RFC 7845, 5.1
  ['\x7fFLAC', ACCEPTED], // RFC 9639, 10.1
  ['Speex   ', ACCEPTED],
  ['\x80theora', { verdict: 'refused', contentKind: 'video' }], // Theora, 6.2
  ['\x01video', { verdict: 'refused', contentKind: 'video' }],
];

/** Judges an Ogg file by its first page (RFC 3533, 6): Skeleton or a codec that is not known leaves it open. Null when it is none. */
export function judgeOgg(head: Buffer): ContentVerdict | null {
  if (!hasBytesAt(head, 'OggS\0') || head.length < 27) return null;
  const packetStart = 27 + head.readUInt8(26);
  return OGG_CODECS.find(([start]) => hasBytesAt(head, start, packetStart))?.[1] ?? UNDECIDED;
}
