import { expect, it } from 'vitest';
import { toWords } from './search.ts';

it.each([
  [' Report  2026 ', ['report', '2026']],
  ['a '.repeat(120), ['a']],
  ['A Á Ａ a\u0301', ['a']],
  ['port report rep 20 2026', ['report', '2026']],
  ['  ', []],
])('looks once for each word that says more: %j', (search, words) => expect(toWords(search)).toEqual(words));
