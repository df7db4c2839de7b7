import { deflateRawSync } from 'node:zlib';
import {
  ACCEPTED,
  type ContentCase,
  type ExpectedVerdict,
  latin1,
  refused,
  TEXT,
  UNDECIDED,
} from './content-case.ts';
import { createNoise } from './office-files.ts';

const LISTED = 'OpenRouter API, POST /files';
const UNLISTED = 'OpenRouter API, POST /files: not in the list';

const PDF = latin1('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n');

/** PDFs with their header at every distance that readers differ on. */
export function* createPdfs(): Generator<ContentCase> {
  const note = 'PDF Reference 1.7, appendix H, note 13';
  for (const position of [0, 1, 2, 3, 128, 512, 1000, 1023, 1024]) {
    const bytes = Buffer.concat([Buffer.alloc(position, '\n'), PDF]);
    yield {
      name: `a PDF with its header at ${position}`,
      bytes,
      expected: ACCEPTED,
      source: `${LISTED}; ${note}`,
    };
  }
  for (const position of [1025, 1050, 1099, 1100]) {
    const bytes = Buffer.concat([Buffer.alloc(position, '\n'), PDF]);
    yield {
      name: `a PDF with its header at ${position}`,
      bytes,
      expected: UNDECIDED,
      source: `${note}: some readers look further`,
    };
  }
  const before: readonly (readonly [string, Buffer])[] = [
    ['a byte order mark', latin1('\xef\xbb\xbf')],
    ['a print header', latin1('\x1b%-12345X@PJL SET RESOLUTION=600\n@PJL ENTER LANGUAGE=PDF\n')],
    ['a banner', latin1('GPL Ghostscript 9.53.3 (2020-10-01)\nCopyright (C) 2020 Artifex Software\n')],
    [
      'a header of MacBinary',
      Buffer.concat([latin1('\0\x0areport.pdf'), Buffer.alloc(54), latin1('PDF CARO'), Buffer.alloc(56)]),
    ],
    ['an e-mail’s header', latin1('Content-Type: application/pdf\r\nContent-Length: 60\r\n\r\n')],
  ];
  for (const [name, start] of before) {
    yield {
      name: `a PDF behind ${name}`,
      bytes: Buffer.concat([start, PDF]),
      expected: ACCEPTED,
      source: `${LISTED}; ${note}`,
    };
  }
  const letters = Buffer.concat([latin1(`\n%PDF-1.4\n${'x'.repeat(300_000)}`), latin1('\xff\xff')]);
  yield { name: 'a PDF of letters alone up to its end', bytes: letters, expected: ACCEPTED, source: LISTED };
}

const FRAME = Buffer.concat([latin1('\xff\xfb\x90\x44'), createNoise(413)]);
const FRAMES = Buffer.concat(Array.from({ length: 8 }, () => FRAME));
const ID3 = latin1('ID3\x04\0\0\0\0\0\x0aTIT2\0\0\0\0\0\0');

function ogg(start: string): Buffer {
  const packet = latin1(start);
  return Buffer.concat([
    latin1('OggS\0\x02'),
    Buffer.alloc(20),
    Buffer.from([1, packet.length]),
    packet,
    Buffer.alloc(200),
  ]);
}

function riff(mark: string, form: string): Buffer {
  return Buffer.concat([latin1(`${mark}\x24\0\0\0${form}`), Buffer.alloc(500)]);
}

/** Audio in every container that is named, and around it. */
export function* createAudio(): Generator<ContentCase> {
  const cases: readonly (readonly [string, Buffer, ExpectedVerdict, string])[] = [
    ['an MP3', FRAMES, ACCEPTED, `${LISTED}; ISO/IEC 11172-3`],
    [
      'an MP3 of MPEG 2',
      Buffer.concat([latin1('\xff\xf3\x48\xc4'), createNoise(300)]),
      ACCEPTED,
      `${LISTED}; ISO/IEC 13818-3`,
    ],
    ['an MP3 behind a tag', Buffer.concat([ID3, FRAMES]), ACCEPTED, `${LISTED}; ID3v2.4, 3.1`],
    [
      'an MP3 with a picture longer than the head',
      Buffer.concat([latin1('ID3\x03\0\0\0\x12\x27\x60'), createNoise(400_000), FRAMES]),
      UNDECIDED,
      'a server may look at the start alone',
    ],
    [
      'an MP3 behind a tag and zeros',
      Buffer.concat([ID3, Buffer.alloc(100), FRAMES]),
      UNDECIDED,
      'players look further; a server may not',
    ],
    [
      'an MP3 behind an APE tag longer than the head',
      Buffer.concat([latin1('APETAGEX\xd0\x07\0\0'), createNoise(300_000), FRAMES]),
      UNDECIDED,
      'APEv2 puts its tag at the end',
    ],
    [
      'an MP3 behind an APE tag',
      Buffer.concat([latin1('APETAGEX\xd0\x07\0\0'), Buffer.alloc(100), FRAMES]),
      UNDECIDED,
      'APEv2 puts its tag at the end',
    ],
    [
      'an MP3 behind other bytes',
      Buffer.concat([createNoise(700), FRAMES]),
      UNDECIDED,
      'players look further; a server may not',
    ],
    ['a WAV', riff('RIFF', 'WAVEfmt '), ACCEPTED, `${LISTED}; RIFF`],
    ['an RF64 WAV', riff('RF64', 'WAVEds64'), UNDECIDED, 'EBU Tech 3306 calls it WAV; many sniffers do not'],
    ['a BW64 WAV', riff('BW64', 'WAVEds64'), UNDECIDED, 'ITU-R BS.2088 calls it WAV; many sniffers do not'],
    [
      'a RIFX WAV',
      riff('RIFX', 'WAVEfmt '),
      UNDECIDED,
      'RIFF, high byte first; many sniffers do not know it',
    ],
    ['a FLAC', Buffer.concat([latin1('fLaC\0\0\0\x22'), createNoise(90)]), ACCEPTED, `${LISTED}; RFC 9639`],
    [
      'a FLAC whose only block is the first',
      Buffer.concat([latin1('fLaC\x80\0\0\x22'), createNoise(90)]),
      ACCEPTED,
      `${LISTED}; RFC 9639`,
    ],
    [
      'a FLAC behind a tag',
      Buffer.concat([ID3, latin1('fLaC\0\0\0\x22'), createNoise(90)]),
      ACCEPTED,
      `${LISTED}; ID3v2.4`,
    ],
    ['an Ogg Vorbis', ogg('\x01vorbis'), ACCEPTED, `${LISTED}; RFC 5334`],
    ['an Ogg Opus', ogg('OpusHead'), ACCEPTED, `${LISTED}; RFC 7845`],
    ['an Ogg FLAC', ogg('\x7fFLAC'), ACCEPTED, `${LISTED}; RFC 9639, 10.1`],
    ['an Ogg Speex', ogg('Speex   '), ACCEPTED, `${LISTED}; RFC 5574`],
    ['an Ogg that begins with Skeleton', ogg('fishead\0'), UNDECIDED, 'RFC 5334, 4.1: the sound comes later'],
    ['an Ogg with a picture track', ogg('\x80theora'), refused('video'), UNLISTED],
    ['an AAC', Buffer.concat([latin1('\xff\xf1\x50\x80'), createNoise(200)]), refused('audio'), UNLISTED],
    [
      'an AIFF',
      Buffer.concat([latin1('FORM\0\0\x01\0AIFFCOMM'), createNoise(90)]),
      refused('audio'),
      UNLISTED,
    ],
    [
      'an M4A',
      Buffer.concat([latin1('\0\0\0\x18ftypM4A \0\0\0\0M4A mp42'), createNoise(90)]),
      refused('audio'),
      UNLISTED,
    ],
  ];
  for (const [name, bytes, expected, source] of cases) yield { name, bytes, expected, source };
}

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
);

function behind(start: string, filler: number, sizeBytes = 500): Buffer {
  return Buffer.concat([latin1(start), Buffer.alloc(sizeBytes, filler)]);
}

/** Images, texts that look like something else, and what the server has no use for. */
export function* createPicturesAndBinaries(): Generator<ContentCase> {
  const taken: readonly (readonly [string, Buffer, ExpectedVerdict?])[] = [
    ['a PNG', PNG],
    ['an animated PNG', Buffer.concat([PNG.subarray(0, 33), latin1('\0\0\0\x08acTL'), Buffer.alloc(99)])],
    ['a JPEG', behind('\xff\xd8\xff\xe0\0\x10JFIF\0', 0)],
    ['a GIF', behind('GIF89a\x01\0\x01\0\x80', 0)],
    ['a WebP', riff('RIFF', 'WEBPVP8 ')],
    ['JSON', Buffer.from('{"a": [1, 2]}\n'), TEXT],
    ['SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), TEXT],
    ['HTML', Buffer.from('<!doctype html><p>x'), TEXT],
    ['RTF', Buffer.from('{\\rtf1\\ansi x}'), TEXT],
    ['PostScript', Buffer.from('%!PS-Adobe-3.0 EPSF-3.0\n'), TEXT],
    ['a script', Buffer.from('#!/usr/bin/env python3\nprint()\n'), TEXT],
    ['a calendar', Buffer.from('BEGIN:VCALENDAR\nVERSION:2.0\n'), TEXT],
    ['text that begins like an archive', Buffer.from('BZh is no archive here, nor is PK'), TEXT],
    ['text that begins with PK', Buffer.from('PK is short for something'), TEXT],
    ['text that begins like a tag', Buffer.from('ID3 is a tag'), TEXT],
    ['a long text that begins like a tag', behind('ID3 is a tag', 0x61, 400_000), TEXT],
  ];
  for (const [name, bytes, expected = ACCEPTED] of taken) yield { name, bytes, expected, source: LISTED };
  const gzip = Buffer.concat([latin1('\x1f\x8b\x08\0\0\0\0\0\0\x03'), deflateRawSync('text')]);
  const tar = Buffer.alloc(2048);
  tar.write('report.pdf');
  tar.write('ustar\x0000', 257);
  tar.write('%PDF-1.7', 512);
  const others: readonly (readonly [string, Buffer, ExpectedVerdict])[] = [
    ['an MP4', behind('\0\0\0\x18ftypmp42\0\0\0\0mp42isom', 0), refused('video')],
    ['an AVI', riff('RIFF', 'AVI LIST'), refused('video')],
    ['a Linux program', behind('\x7fELF\x02\x01\x01', 0), refused('program')],
    ['a Windows program', behind('MZ\x90\0\x03\0', 0), refused('program')],
    ['a gzip', gzip, refused('archive')],
    ['a tar that begins with a PDF', tar, refused('archive')],
    ['a BMP', behind('BM\x3a\0\0\0', 0), refused('image')],
    ['a TIFF', behind('II*\0\x08\0\0\0', 0), refused('image')],
    ['an SQLite database', behind('SQLite format 3\0', 0), refused('database')],
    ['zeros', Buffer.alloc(1000), refused('unknown')],
    ['one zero', Buffer.alloc(1), refused('unknown')],
    ['noise', createNoise(5000), refused('unknown')],
    ['a little noise', latin1('\0\x01\x02\x03'), refused('unknown')],
  ];
  for (const [name, bytes, expected] of others) yield { name, bytes, expected, source: UNLISTED };
}
