import { describe, expect, it } from 'vitest';
import { toDrawnIndices, toRangeInView, toRowRange, toScrollTop } from './row-range.ts';

const view = { top: 3200, height: 640, rowHeight: 32 };

describe('the rows that are drawn', () => {
  it('are those in view and some around them', () => {
    expect(toRowRange(view)).toEqual({ first: 92, end: 128 });
    expect(toRowRange({ ...view, top: 0 })).toEqual({ first: 0, end: 28 });
  });

  it('are only those in view when they are the first of all', () => {
    expect(toRangeInView(toRowRange({ ...view, top: 0 }))).toEqual({ first: 0, end: 20 });
  });

  it('end with the page, and the active one is always among them', () => {
    expect(toDrawnIndices({ first: 0, end: 28 }, 3, 0)).toEqual([0, 1, 2]);
    expect(toDrawnIndices({ first: 5, end: 8 }, 100, 2)).toEqual([2, 5, 6, 7]);
    expect(toDrawnIndices({ first: 5, end: 8 }, 100, 6)).toEqual([5, 6, 7]);
    expect(toDrawnIndices({ first: 5, end: 8 }, 100, 50)).toEqual([5, 6, 7, 50]);
    // A page that has become shorter than it was scrolled.
    expect(toDrawnIndices({ first: 92, end: 128 }, 10, 9)).toEqual([9]);
    expect(toDrawnIndices({ first: 0, end: 28 }, 0, 0)).toEqual([]);
  });
});

describe('scrolling to a row', () => {
  it('goes no further than needed', () => {
    expect(toScrollTop(100, view, 'nearest')).toBe(3200);
    expect(toScrollTop(119, view, 'nearest')).toBe(3200);
    expect(toScrollTop(120, view, 'nearest')).toBe(3232);
    expect(toScrollTop(10, view, 'nearest')).toBe(320);
  });

  it('brings it to the middle', () => {
    expect(toScrollTop(500, view, 'middle')).toBe(16_000 - 304);
    expect(toScrollTop(2, view, 'middle')).toBe(0);
  });
});
