import { expect, it } from 'vitest';
import { toShownFolderName, toShownName } from './shown-name.ts';

it('leaves a name as it is', () => {
  expect(toShownName(' report.pdf ')).toBe(' report.pdf ');
});

it('has words for a name that is empty or blank', () => {
  for (const name of ['', ' ', '\u00a0\u3000']) expect(toShownName(name)).toBe('File without a name');
});

it('leaves a name of characters that are made visible', () => {
  expect(toShownName('\u200b')).toBe('\u200b');
});

it('leaves a name of accents only, which are made visible', () => {
  expect(toShownName('\u0301')).toBe('\u0301');
});

it('has other words for a folder', () => {
  for (const name of ['', '  ']) expect(toShownFolderName(name)).toBe('Folder without a name');
  expect(toShownFolderName('evals')).toBe('evals');
});
