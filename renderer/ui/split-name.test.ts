import { describe, expect, it } from 'vitest';
import { splitName, toVisibleName } from './split-name.ts';

describe('splitName', () => {
  it('keeps the extension and the end of the stem together', () => {
    expect(splitName('quarterly report 2026 final.pdf')).toEqual({
      root: '',
      folder: '',
      head: 'quarterly report 2026 f',
      tail: 'inal.pdf',
    });
  });

  it('cuts the folder off, with its slashes, and keeps the outermost one apart', () => {
    expect(splitName('data/2026/report.csv')).toEqual({
      root: 'data/',
      folder: '2026/',
      head: 're',
      tail: 'port.csv',
    });
  });

  it('keeps the beginning of a long folder', () => {
    expect(splitName('quarterly-reports/may.csv')).toMatchObject({ root: 'quarterl', folder: 'y-reports/' });
  });

  it('takes a leading dot and a far dot for part of the stem', () => {
    expect(splitName('.gitignore').tail).toBe('nore');
    expect(splitName('v1.a sentence that happens to follow').tail).toBe('llow');
  });

  it('never cuts a character of several code units', () => {
    const name = 'holiday 👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧.png';
    const { head, tail } = splitName(name);
    expect(tail).toBe('👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧.png');
    expect(head + tail).toBe(name);
  });

  it.each(['', 'a', 'a.b', '/', 'folder/', '///x', 'a/b/c.txt', 'no extension at all'])(
    'gives %j back when joined',
    (name) => {
      const { root, folder, head, tail } = splitName(name);
      expect(root + folder + head + tail).toBe(name);
    },
  );
});

describe('toVisibleName', () => {
  it('shows overrides and control characters as replacements', () => {
    expect(toVisibleName('invoice\u202Efdp.exe')).toBe('invoice\uFFFDfdp.exe');
    expect(toVisibleName('a\nb\u0000c')).toBe('a\uFFFDb\uFFFDc');
  });

  it('shows what has no width: two names that look the same are not', () => {
    expect(toVisibleName('re\u200Bport\u2060.pdf\uFEFF')).toBe('re\uFFFDport\uFFFD.pdf\uFFFD');
  });

  it('shows an accent without a letter on a circle, at the start of each folder too', () => {
    expect(toVisibleName('\u0301\u0302')).toBe('\u25CC\u0301\u0302');
    expect(toVisibleName('a/\u0301b.txt')).toBe('a/\u25CC\u0301b.txt');
    expect(toVisibleName('e\u0301')).toBe('e\u0301');
  });

  it('shows the blanks that count as letters', () => {
    for (const name of ['\u3164', '\u115F', '\uFFA0', '\u2800', '\u00AD'])
      expect(toVisibleName(name)).toBe('\uFFFD');
  });

  it('leaves ordinary names of every script alone', () => {
    for (const name of ['résumé.pdf', '報告書.docx', 'דוח.csv', '👨‍👩‍👧.png'])
      expect(toVisibleName(name)).toBe(name);
  });
});
