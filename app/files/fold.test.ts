import { describe, expect, it } from 'vitest';
import { toFolded } from './fold.ts';

describe('the form that names are searched in', () => {
  it.each([
    ['straße', 'STRASSE'],
    ['STRAẞE', 'strasse'],
    ['żółć', 'ZOLC'],
    ['Ｒｅｐｏｒｔ２０２６', 'report2026'],
    ['ﬁle', 'file'],
    ['ｶﾞ', 'ガ'],
    ['Łódź Ørsted Þór', 'lodz orsted thor'],
    ['İSTANBUL ı', 'istanbul i'],
    ['ΟΔΟΣ', 'οδος'],
    ['№ ™', 'no tm'],
    ['한국', '한국'.normalize('NFD')],
    ['a\u00A0b', 'a b'],
  ])('is one for %j and %j', (one, other) => expect(toFolded(one)).toBe(toFolded(other)));

  it('stays different for different letters', () => {
    expect(toFolded('日本')).not.toBe(toFolded('本日'));
    expect(toFolded('o')).not.toBe(toFolded('ö1'));
  });

  it('is at most seven times as long, whatever the character', () => {
    for (let code = 0; code <= 0x2ffff; code += 1) {
      if (code >= 0xd800 && code <= 0xdfff) continue;
      const character = String.fromCodePoint(code);
      const folded = toFolded(character);
      if (folded.length <= 4) continue;
      const [before, after] = [character, folded].map((text) =>
        encodeURIComponent(text).replace(/%../g, 'x'),
      );
      expect(after?.length, character).toBeLessThanOrEqual(7 * (before?.length ?? 0));
    }
  });
});
