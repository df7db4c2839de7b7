import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkRestOfText } from '../../main/transfers/uploads/content/check-text.ts';
import { HEAD_BYTES, toContentOfBytes } from '../../main/transfers/uploads/content/content.ts';
import { judgeContent } from '../../main/transfers/uploads/content/judge-content.ts';
import { getContentCases } from '../content/content-cases.ts';
import { createNoise } from '../content/office-files.ts';
import { ContentSniffer } from '../server/sniff.ts';

const CASES = getContentCases();

function sniff(bytes: Buffer, pieceBytes = 64 * 1024): string | null {
  const sniffer = new ContentSniffer();
  for (let start = 0; start < bytes.length; start += pieceBytes) {
    sniffer.update(bytes.subarray(start, start + pieceBytes));
  }
  return sniffer.finish();
}

/** What the app does with content: sends it, or refuses it beforehand. */
async function isSent(bytes: Buffer): Promise<boolean> {
  const content = toContentOfBytes(bytes);
  const { verdict } = await judgeContent(content);
  if (verdict !== 'text') return verdict === 'accepted' || verdict === 'undecided';
  return checkRestOfText(content, new AbortController().signal).then(
    () => true,
    () => false,
  );
}

describe('the app’s check of content', () => {
  test.each(CASES)('$name', async ({ bytes, expected }) => {
    expect(await judgeContent(toContentOfBytes(bytes))).toEqual(expected);
  });
});

describe('what the app sends without asking, the server takes', () => {
  test.each(CASES.filter(({ expected }) => expected.verdict === 'accepted' || expected.verdict === 'text'))(
    '$name',
    async ({ bytes }) => {
      expect(await isSent(bytes)).toBe(true);
      // Each with the pieces that a character of three bytes is cut in differently.
      for (const pieceBytes of [4096, 65_536, 65_537]) expect(sniff(bytes, pieceBytes)).not.toBeNull();
    },
  );
});

describe('what the app refuses, the server refuses', () => {
  test.each(CASES.filter(({ expected }) => expected.verdict === 'refused' || expected.verdict === 'notUtf8'))(
    '$name',
    async ({ bytes }) => {
      expect(await isSent(bytes)).toBe(false);
      expect(sniff(bytes)).toBeNull();
    },
  );
});

describe('a text whose rest is not looked at with its head', () => {
  const long = (end: string, sizeBytes: number) =>
    Buffer.concat([Buffer.alloc(sizeBytes, 'a line\n'), Buffer.from(end, 'latin1')]);

  test.each([
    ['a stray byte', '\xff', { code: 'notUtf8' }],
    ['a word in Windows-1252', 'Gr\xf6\xdfe', { code: 'notUtf8', encoding: 'windows-1252' }],
    ['an end inside a character', '\xe6\x97', { code: 'notUtf8' }],
    ['a NUL', '\0', { code: 'unsupportedType', contentKind: 'textWithNul' }],
  ])('is refused before a byte is sent for %s at its end', async (_name, end, error) => {
    for (const sizeBytes of [HEAD_BYTES, 1_000_000, 17_000_000]) {
      const content = toContentOfBytes(long(end, sizeBytes));
      expect(await judgeContent(content)).toEqual({ verdict: 'text' });
      const rest = checkRestOfText(content, new AbortController().signal);
      await expect(rest).rejects.toMatchObject({ error });
    }
    expect(sniff(long(end, 1_000_000))).toBeNull();
  });

  test('is looked through up to 16 MiB', async () => {
    const bytes = long('', 15_000_000);
    bytes[7_000_000] = 0xff;
    const rest = checkRestOfText(toContentOfBytes(bytes), new AbortController().signal);
    await expect(rest).rejects.toMatchObject({ error: { code: 'notUtf8' } });
  });

  test('passes wherever the end is cut out of it', async () => {
    for (let shift = 0; shift < 4; shift += 1) {
      const bytes = Buffer.concat([Buffer.alloc(shift, 'a'), Buffer.from('日🎉é'.repeat(1_900_000))]);
      const rest = checkRestOfText(toContentOfBytes(bytes), new AbortController().signal);
      await expect(rest).resolves.toBeUndefined();
    }
  });

  test('stops when it is told to', async () => {
    const rest = checkRestOfText(toContentOfBytes(long('', 1_000_000)), AbortSignal.abort());
    await expect(rest).rejects.toMatchObject({ error: { code: 'cancelled' } });
  });
});

test('compressed and random bytes are not taken for text in any encoding', async () => {
  for (let sizeBytes = 64; sizeBytes < 20_000; sizeBytes += 97) {
    for (const bytes of [createNoise(sizeBytes), deflateRawSync(createNoise(sizeBytes))]) {
      const { verdict } = await judgeContent(toContentOfBytes(bytes.subarray(32)));
      expect(verdict).toBe('refused');
    }
  }
});

test('whatever follows whatever, the app refuses nothing that the server takes', async () => {
  const starts = CASES.map(({ bytes }) => bytes.subarray(0, 2000));
  const bytes = fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array));
  const text = fc.string({ unit: 'binary', maxLength: 100 }).map((string) => Buffer.from(string));
  const content = fc.array(fc.oneof(fc.constantFrom(...starts), bytes, text), { minLength: 1, maxLength: 4 });
  const pieceBytes = fc.integer({ min: 1, max: 64 });
  await fc.assert(
    fc.asyncProperty(content, pieceBytes, async (parts, length) => {
      const all = Buffer.concat(parts);
      if (sniff(all, length) !== null) expect(await isSent(all)).toBe(true);
    }),
    { numRuns: 500 },
  );
});
