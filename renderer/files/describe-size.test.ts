import { expect, it } from 'vitest';
import { describeSize } from './describe-size.ts';

it.each([
  [0, '0 bytes'],
  [697, '697 bytes'],
  [1024, '1\u00A0KiB (1,024 bytes)'],
  [24_576, '24\u00A0KiB (24,576 bytes)'],
])('says the size of %j bytes once', (sizeBytes, words) => expect(describeSize(sizeBytes)).toBe(words));
