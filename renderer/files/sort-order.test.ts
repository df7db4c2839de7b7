import { expect, it } from 'vitest';
import { DEFAULT_SORT, formatSort, parseSort, toNextSort } from './sort-order.ts';

it('reads an order as it was written, and newest first from anything else', () => {
  const sort = { by: 'size', isDescending: false } as const;
  expect(parseSort(formatSort(sort))).toEqual(sort);
  expect(parseSort(formatSort(DEFAULT_SORT))).toEqual(DEFAULT_SORT);
  for (const value of [null, '', 'size', 'owner up', 'size sideways']) {
    expect(parseSort(value)).toEqual(DEFAULT_SORT);
  }
});

it('begins with what people look for, and turns round when the same column is chosen again', () => {
  expect(toNextSort(DEFAULT_SORT, 'created')).toEqual({ by: 'created', isDescending: false });
  expect(toNextSort(DEFAULT_SORT, 'name')).toEqual({ by: 'name', isDescending: false });
  expect(toNextSort(DEFAULT_SORT, 'size')).toEqual({ by: 'size', isDescending: true });
});
