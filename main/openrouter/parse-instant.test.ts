import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { parseInstant } from './parse-instant.ts';

const schema = z.iso.datetime({ offset: true });
const pair = fc.nat(99).map((number) => String(number).padStart(2, '0'));

describe('the reading of an instant', () => {
  it('is that of the validator for whatever looks like one', () => {
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
        const expected = schema.safeParse(text).success ? Date.parse(text) : null;
        expect(parseInstant(text)).toBe(expected);
      }),
      { numRuns: 5000 },
    );
  });

  it.each([undefined, null, 1_700_000_000, '', 'yesterday', '2026-08-25', '2026-02-29T00:00:00Z'])(
    'finds none in %j',
    (value) => expect(parseInstant(value)).toBeNull(),
  );
});
