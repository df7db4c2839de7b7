import { expect, it } from 'vitest';
import { foldSteps, toFolderName, toFolderSteps, toNameInFolder, toParentFolder } from './folder-path.ts';

it('leads from the top to a folder step by step', () => {
  expect(toFolderSteps('')).toEqual([{ path: '', name: '' }]);
  expect(toFolderSteps('reports/2026/may')).toEqual([
    { path: '', name: '' },
    { path: 'reports', name: 'reports' },
    { path: 'reports/2026', name: '2026' },
    { path: 'reports/2026/may', name: 'may' },
  ]);
  // Names of other programs may hold folders without a name.
  expect(toFolderSteps('a//b').map(({ path }) => path)).toEqual(['', 'a', 'a/', 'a//b']);
});

it('folds the middle of a long way, never the top or where one is', () => {
  const short = toFolderSteps('a/b/c');
  expect(foldSteps(short)).toEqual({ before: short, hidden: [], after: [] });
  const long = foldSteps(toFolderSteps(Array.from({ length: 50 }, (_, index) => `f${index}`).join('/')));
  expect(long.before.map(({ path }) => path)).toEqual(['']);
  expect(long.hidden).toHaveLength(48);
  expect(long.after.map(({ name }) => name)).toEqual(['f48', 'f49']);
});

it('leads upwards to the top and not beyond', () => {
  expect(toParentFolder('reports/2026')).toBe('reports');
  expect(toParentFolder('reports')).toBe('');
  expect(toParentFolder('')).toBeNull();
});

it('shows names without the folder that they are in', () => {
  expect(toFolderName('reports/2026')).toBe('2026');
  expect(toNameInFolder('reports/2026/may.pdf', 'reports')).toBe('2026/may.pdf');
  expect(toNameInFolder('reports/may.pdf', '')).toBe('reports/may.pdf');
  expect(toNameInFolder('reports/may.pdf', null)).toBe('reports/may.pdf');
});
