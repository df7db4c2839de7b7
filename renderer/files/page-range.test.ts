import { describe, expect, it } from 'vitest';
import { parseRowsPerPage, toPageRange, toPageStart } from './page-range.ts';

describe('toPageRange', () => {
  it('describes a page in the middle', () => {
    expect(toPageRange(50, 50, 220)).toEqual({
      from: 51,
      to: 100,
      hasPrevious: true,
      hasNext: true,
      previousOffset: 0,
      nextOffset: 100,
      lastOffset: 200,
    });
  });

  it('ends the last page at the total', () => {
    expect(toPageRange(200, 50, 220)).toMatchObject({ from: 201, to: 220, hasNext: false, nextOffset: 200 });
  });

  it('has no page after one that the total fills exactly', () => {
    expect(toPageRange(0, 50, 50)).toMatchObject({ to: 50, hasNext: false, lastOffset: 0 });
  });

  it('is 0 of 0 when there is nothing', () => {
    expect(toPageRange(0, 50, 0)).toMatchObject({
      from: 0,
      to: 0,
      hasPrevious: false,
      hasNext: false,
      lastOffset: 0,
    });
  });

  it('steps back to the start from an offset that is no multiple', () => {
    expect(toPageRange(30, 50, 220).previousOffset).toBe(0);
  });
});

describe('toPageStart', () => {
  it('keeps the first row in view when pages get longer or shorter', () => {
    expect(toPageStart(150, 100)).toBe(100);
    expect(toPageStart(1000, 50)).toBe(1000);
  });
});

describe('parseRowsPerPage', () => {
  it('takes the choices and nothing else', () => {
    expect(parseRowsPerPage('250')).toBe(250);
    for (const value of [null, '', '7', '1e3', '1,000']) expect(parseRowsPerPage(value)).toBe(50);
  });
});
