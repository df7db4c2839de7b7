import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toDistinctLocalNames, toLocalName, toNumberedName } from './local-name.ts';

describe('names on this computer', () => {
  it.each([
    ['report.pdf', 'report.pdf'],
    ['out/2026/report.pdf', 'report.pdf'],
    ['../../etc/passwd', 'passwd'],
    ['..\\..\\x.exe', 'x.exe'],
    ['..', 'file'],
    ['/', 'file'],
    ['', 'file'],
    ['CON', '_CON'],
    ['con.txt', '_con.txt'],
    ['COM1.log', '_COM1.log'],
    ['COM¹', '_COM¹'],
    ['lpt9.tar.gz', '_lpt9.tar.gz'],
    ['nul .txt', '_nul .txt'],
    ['CONOUT$', '_CONOUT$'],
    ['con\u202e.txt', '_con.txt'],
    ['console.txt', 'console.txt'],
    ['a:b|c?.txt', 'a_b_c_.txt'],
    ['name. . .', 'name'],
    [' . ', 'file'],
    ['CON. ', '_CON'],
    ['a\u0000\u001b[31m.txt', 'a__[31m.txt'],
    ['invoice\u202efdp.exe', 'invoicefdp.exe'],
    ['ze\u200bro.txt', 'zero.txt'],
    ['\u2067a\u2069\u061c\u206a.txt', 'a.txt'],
    ['half\ud83d.txt', 'half_.txt'],
    ['👩\u200d🚀.png', '👩\u200d🚀.png'],
    ['.bash_login', '_bash_login'],
    ['soft\u00adhyphen\u{e0041}.txt', 'softhyphen.txt'],
    ['cafe\u0301.txt', 'caf\u00e9.txt'],
    ['😀 مرحبا.txt', '😀 مرحبا.txt'],
  ])('for %j are %j', (remote, local) => expect(toLocalName(remote)).toBe(local));

  it.each([
    'x'.repeat(400),
    'y'.repeat(32_768),
    `${'😀'.repeat(100)}.pdf`,
    `a.${'y'.repeat(400)}`,
    `${'a '.repeat(200)}.txt`,
  ])('fit a file system, with a number too: %s', (remote) => {
    const name = toLocalName(remote);
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
    expect(Buffer.byteLength(toNumberedName(name, 999))).toBeLessThanOrEqual(255);
  });

  it('are safe whatever the server says', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (remote) => {
        const name = toLocalName(remote);
        expect(Buffer.from(name).toString()).toBe(name);
        expect(Buffer.byteLength(name)).toBeGreaterThan(0);
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters must be gone.
        expect(name).not.toMatch(/[/\\:*?"<>|\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
        expect(name).not.toMatch(/^\.|^ |[. ]$/);
        expect(toLocalName(name)).toBe(name);
      }),
    );
  });

  it('keep their extension when they are shortened', () => {
    expect(toLocalName(`${'😀'.repeat(100)}.pdf`)).toMatch(/\.pdf$/);
  });

  it('carry a number before their extension', () => {
    expect(toNumberedName('a.tar.gz', 2)).toBe('a.tar (2).gz');
    expect(toNumberedName('.hidden', 1)).toBe('.hidden (1)');
  });
});

describe('names of many files in one folder', () => {
  it.each<[string, readonly string[], readonly string[], readonly string[]]>([
    ['are kept where they differ', ['a/x.csv', 'b/y.csv'], [], ['x.csv', 'y.csv']],
    ['are numbered', ['a/x.csv', 'b/x.csv', 'x.csv'], [], ['x.csv', 'x (1).csv', 'x (2).csv']],
    ['differ by more than case', ['Report.CSV', 'report.csv'], [], ['Report.CSV', 'report (1).csv']],
    ['differ by more than how an accent is written', ['caf\u00e9', 'cafe\u0301'], [], ['café', 'café (1)']],
    ['differ by more than what is not seen', ['a\u200b.txt', 'a.txt'], [], ['a.txt', 'a (1).txt']],
    ['pass over what is there', ['x.csv'], ['X.csv', 'x (1).CSV'], ['x (2).csv']],
    ['pass over an accent that is there', ['caf\u00e9'], ['cafe\u0301'], ['café (1)']],
    ['pass over a number that a file has by itself', ['x', 'x (1)', 'x'], [], ['x', 'x (1)', 'x (2)']],
  ])('%s', (_name, remotes, taken, locals) => {
    expect(toDistinctLocalNames(remotes, taken)).toEqual(locals);
  });

  it('are given to thousands of one name at once', () => {
    const names = toDistinctLocalNames(Array<string>(20_000).fill('out/report.csv'), []);
    expect(new Set(names).size).toBe(20_000);
    expect(names.at(-1)).toBe('report (19999).csv');
  });
});
