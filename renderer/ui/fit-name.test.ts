import { describe, expect, it } from 'vitest';
import { fitName } from './fit-name.ts';
import { splitName } from './split-name.ts';

/** Every character is one pixel wide. */
function show(name: string, width: number): string {
  const { folder, file } = fitName(splitName(name), width, (text) => text.length);
  return `${folder}|${file}`;
}

describe('fitName', () => {
  const name = 'evals/2026/results of may 0012.json';

  it.each([
    [35, 'evals/2026/|results of may 0012.json'],
    [34, 'evals/…/|results of may 0012.json'],
    [31, 'evals/…/|results of ma…0012.json'],
    [19, 'evals/…/|r…0012.json'],
    [18, 'evals/|…0012.json'],
    [15, '…/|res…0012.json'],
    [12, '|re…0012.json'],
    [10, '|…0012.json'],
    [3, '|…0012.json'],
  ])('in %i pixels', (width, shown) => {
    expect(show(name, width)).toBe(shown);
  });

  it('keeps the beginning of a long folder', () => {
    expect(show('quarterly-reports/may.csv', 18)).toBe('quarterl…/|may.csv');
  });

  it('gives up the folder before a file that fits without it', () => {
    expect(show('a-long-folder/y.png', 12)).toBe('…/|y.png');
    expect(show('evals/short.csv', 9)).toBe('|short.csv');
  });

  it('shortens a name without a folder in its middle', () => {
    expect(show('photograph-0012.jpeg', 15)).toBe('|photo…0012.jpeg');
  });

  it('leaves a name alone that cannot be shortened', () => {
    expect(show('a.csv', 2)).toBe('|a.csv');
  });
});
