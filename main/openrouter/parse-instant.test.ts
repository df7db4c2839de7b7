import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { parseInstant } from './parse-instant.ts';

const schema = z.iso.datetime({ offset: true });
const pair = fc.nat(99).map((number) => String(number).padStart(2, '0'));

describe('the reading of an instant', () => {
  it('is that of the validator for whatever is one', () => {
    const texts = fc
      .tuple(fc.constantFrom('1970', '2024', '2026', '2100', '20x6'), pair, pair, pair, pair, pair)
      .chain(([year, month, day, hour, minute, second]) =>
        fc.constantFrom(
          `${year}-${month}-${day}T${hour}:${minute}:${second}Z`,
          `${year}-0${month[1]}-0${day[1]}T0${hour[1]}:0${minute[1]}:0${second[1]}Z`,
          `${year}-02-${day}T23:59:59.1234+0${hour[1]}:30`,
          `${year}-1${month[1]}-3${day[1]}T00:00:00-11:0${minute[1]}`,
          `${year}-${month}-${day} ${hour}:${minute}:${second}Z`,
        ),
      );
    fc.assert(
      fc.property(texts, (text) => {
        if (schema.safeParse(text).success) expect(parseInstant(text)).toBe(Date.parse(text));
      }),
      { numRuns: 5000 },
    );
  });

  it.each([
    ['2026-01-01t00:00:00z', '2026-01-01T00:00:00Z'],
    ['2026-01-01 00:00:00Z', '2026-01-01T00:00:00Z'],
    ['2026-01-01T00:00:00+0200', '2025-12-31T22:00:00Z'],
    ['2026-01-01T00:00:00 -03', '2026-01-01T03:00:00Z'],
    ['2026-01-01T00:00:00', '2026-01-01T00:00:00Z'],
    ['2026-01-01T10:20Z', '2026-01-01T10:20:00Z'],
    ['2026-01-01', '2026-01-01T00:00:00Z'],
    [' 2026-01-01T00:00:00,5Z\n', '2026-01-01T00:00:00.500Z'],
    ['2016-12-31T23:59:60Z', '2017-01-01T00:00:00Z'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00Z'],
    ['0099-12-31T00:00:00Z', '0099-12-31T00:00:00Z'],
    [1_735_689_600, '2025-01-01T00:00:00Z'],
    [1_735_689_600_500, '2025-01-01T00:00:00.500Z'],
  ])('is lenient: %j', (value, expected) => expect(parseInstant(value)).toBe(Date.parse(expected)));

  it.each([
    undefined,
    null,
    true,
    Number.NaN,
    1e300,
    '',
    'yesterday',
    '2026-02-29T00:00:00Z',
    '2026-00-01T00:00:00Z',
    '2026-01-01T24:01:00Z',
    '2026-01-01T00:00:61Z',
    '2026-01-01T00:00:00+2400',
  ])('finds none in %j', (value) => expect(parseInstant(value)).toBeNull());
});
