import { expect, it } from 'vitest';
import { toShortName } from './short-name.ts';

it('leaves a name whole that a person would give a file', () => {
  expect(toShortName('evals/2026-05/answers of the third model, read again 0012.json')).toBe(
    'evals/2026-05/answers of the third model, read again 0012.json',
  );
});

it('takes a long name’s middle away, so that its extension stays', () => {
  const short = toShortName(`${'long '.repeat(1999)}a.txt`);
  expect(short).toMatch(/^long .*….*a\.txt$/);
  expect(short.length).toBeLessThanOrEqual(100);
});

it('takes the folders away first', () => {
  const file = 'answers of the third model, read again 0012.json';
  expect(toShortName(`evals/${'deeper/'.repeat(20)}${file}`)).toBe(`evals/…/${file}`);
});

it('shows what would turn or hide a name', () => {
  expect(toShortName('invoice\u202Efdp.exe')).toBe('invoice\uFFFDfdp.exe');
});
