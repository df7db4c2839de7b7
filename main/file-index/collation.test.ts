import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCompareTexts } from './collation.ts';
import { toCarried } from './file-columns.ts';
import { TextHeap } from './text-heap.ts';

/** Locales with rules of their own: letters that are two, letters in other places, case the other way, marks passed over. */
const LOCALES = [
  'en',
  'de',
  'sv',
  'da',
  'cs',
  'et',
  'lt',
  'th',
  'cy',
  'hu',
  'fr-CA',
  'ja',
  'tr',
  'mt',
  'haw',
  'hr',
];

const letters = fc.constantFrom(...'aAbBcCdDhHiIyYzZoO');
const ascii = fc.string({
  unit: fc.oneof(letters, fc.constantFrom(...'0019 -_./()~!'), fc.string({ minLength: 1, maxLength: 1 })),
});
const anything = fc.string({
  unit: fc.oneof(
    letters,
    fc.constantFrom('é', 'e', '\u0301', '\u030a', 'ß', 'ä', '2', '٢', '日', '\u0000', '😀', '/'),
  ),
});

describe('the comparison of names', () => {
  it.each(LOCALES)('is that of the collator in %s', { timeout: 60_000 }, (locale) => {
    const collator = new Intl.Collator(locale, { numeric: true });
    const compare = createCompareTexts(locale);
    fc.assert(
      fc.property(
        fc.oneof(ascii, anything),
        fc.oneof(ascii, anything),
        fc.oneof(ascii, anything),
        (left, right, shared) => {
          const heap = new TextHeap();
          const texts = [shared + left, shared + right].map(toCarried);
          const [a = 0, b = 0] = texts.map((text) => heap.add(text));
          expect(Math.sign(compare(heap, a, heap, b))).toBe(
            Math.sign(collator.compare(texts[0] ?? '', texts[1] ?? '')),
          );
        },
      ),
      { numRuns: 2000 },
    );
  });
});
