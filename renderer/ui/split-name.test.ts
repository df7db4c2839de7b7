import { describe, expect, it } from 'vitest';
import { splitName, toVisibleName } from './split-name.ts';

describe('splitName', () => {
  it('keeps the extension and the end of the stem together', () => {
    expect(splitName('quarterly report 2026 final.pdf')).toEqual({
      folder: '',
      head: 'quarterly report 2026 f',
      tail: 'inal.pdf',
    });
  });

  it('cuts the folder off, with its slash', () => {
    expect(splitName('data/2026/report.csv')).toEqual({ folder: 'data/2026/', head: 're', tail: 'port.csv' });
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

  it.each(['', 'a', 'a.b', '/', 'folder/', '///x', 'no extension at all'])(
    'gives %j back when joined',
    (name) => {
      const { folder, head, tail } = splitName(name);
      expect(folder + head + tail).toBe(name);
    },
  );
});

describe('toVisibleName', () => {
  it('shows overrides and control characters as replacements', () => {
    expect(toVisibleName('invoice\u202Efdp.exe')).toBe('invoice\uFFFDfdp.exe');
    expect(toVisibleName('a\nb\u0000c')).toBe('a\uFFFDb\uFFFDc');
  });

  it('leaves ordinary names of every script alone', () => {
    for (const name of ['résumé.pdf', '報告書.docx', 'דוח.csv', '👨‍👩‍👧.png'])
      expect(toVisibleName(name)).toBe(name);
  });
});
