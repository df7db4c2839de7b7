import { describe, expect, it } from 'vitest';
import { moveFocus } from './grid-keys.ts';

describe('moveFocus', () => {
  it.each([
    ['ArrowDown', 3, 4],
    ['ArrowUp', 3, 2],
    ['PageDown', 3, 12],
    ['PageUp', 12, 3],
    ['Home', 30, 0],
    ['End', 3, 49],
  ])('%s moves from %i to %i', (key, from, to) => {
    expect(moveFocus(key, from, 50, 10)).toBe(to);
  });

  it('stops at both ends', () => {
    expect(moveFocus('ArrowUp', 0, 50, 10)).toBe(0);
    expect(moveFocus('PageDown', 45, 50, 10)).toBe(49);
    expect(moveFocus('End', 0, 0, 10)).toBe(0);
  });

  it('moves a page by at least one row however small the window is', () => {
    expect(moveFocus('PageDown', 3, 50, 0)).toBe(4);
  });

  it('knows no other keys', () => {
    expect(moveFocus('a', 3, 50, 10)).toBeNull();
  });
});
