import { describe, expect, it } from 'vitest';
import { findTyped, typeLetter } from './type-ahead.ts';

const NAMES = ['Anna.md', 'budget.csv', 'Évaluation.pdf', 'ben.md', 'bench.json'];

describe('findTyped', () => {
  it('goes on to the next name with the letter, and round', () => {
    expect(findTyped(NAMES, 0, 'b')).toBe(1);
    expect(findTyped(NAMES, 1, 'b')).toBe(3);
    expect(findTyped(NAMES, 4, 'B')).toBe(1);
  });

  it('takes the same letter again for the next name with it', () => {
    expect(findTyped(NAMES, 1, 'bb')).toBe(3);
  });

  it('stays on the row while it still begins with what is typed', () => {
    expect(findTyped(NAMES, 3, 'be')).toBe(3);
    expect(findTyped(NAMES, 3, 'benc')).toBe(4);
  });

  it('passes over case and accents, and finds nothing where nothing is', () => {
    expect(findTyped(NAMES, 0, 'eva')).toBe(2);
    expect(findTyped(NAMES, 0, 'zz')).toBeNull();
    expect(findTyped([], 0, 'a')).toBeNull();
  });
});

describe('typeLetter', () => {
  it('begins anew after a pause', () => {
    const first = typeLetter(null, 'b', 1000);
    expect(typeLetter(first, 'e', 1900)).toEqual({ text: 'be', at: 1900 });
    expect(typeLetter(first, 'e', 2000)).toEqual({ text: 'e', at: 2000 });
  });
});
