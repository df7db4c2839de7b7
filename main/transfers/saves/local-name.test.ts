import { describe, expect, it } from 'vitest';
import { toLocalName, toNumberedName } from './local-name.ts';

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
    ['console.txt', 'console.txt'],
    ['a:b|c?.txt', 'a_b_c_.txt'],
    ['name. . .', 'name'],
    ['a\u0000\u001b[31m.txt', 'a__[31m.txt'],
    ['invoice\u202efdp.exe', 'invoicefdp.exe'],
    ['ze\u200bro.txt', 'zero.txt'],
    ['.bash_login', '_bash_login'],
    ['soft\u00adhyphen\u{e0041}.txt', 'softhyphen.txt'],
    ['cafe\u0301.txt', 'caf\u00e9.txt'],
    ['😀 مرحبا.txt', '😀 مرحبا.txt'],
  ])('for %j are %j', (remote, local) => expect(toLocalName(remote)).toBe(local));

  it.each(['x'.repeat(400), 'y'.repeat(32_768), `${'😀'.repeat(100)}.pdf`, `a.${'y'.repeat(400)}`])(
    'fit a file system with room for a number: %s',
    (remote) => {
      const name = toLocalName(remote);
      expect(Buffer.byteLength(toNumberedName(name, 999))).toBeLessThanOrEqual(255);
      expect(() => encodeURIComponent(name)).not.toThrow();
    },
  );

  it('keep their extension when they are shortened', () => {
    expect(toLocalName(`${'😀'.repeat(100)}.pdf`)).toMatch(/\.pdf$/);
  });

  it('carry a number before their extension', () => {
    expect(toNumberedName('a.tar.gz', 2)).toBe('a.tar (2).gz');
    expect(toNumberedName('.hidden', 1)).toBe('.hidden (1)');
  });
});
