import { describe, expect, it } from 'vitest';
import { type FileQuery, NO_FILTER } from '#app/files/file-query.ts';
import { toNeighbourPages } from './neighbour-pages.ts';

const query: FileQuery = {
  sort: { by: 'created', isDescending: true },
  filter: NO_FILTER,
  folder: null,
  offset: 100,
  limit: 50,
};
const page = { offset: 100, total: 230 };
const at = (offset: number): FileQuery => ({ ...query, offset });

describe('toNeighbourPages', () => {
  it('goes on the way that the last turn went', () => {
    expect(toNeighbourPages(at(50), query, page).onward).toEqual(at(150));
    expect(toNeighbourPages(at(150), query, page).onward).toEqual(at(50));
    expect(toNeighbourPages(at(0), at(200), { offset: 200, total: 230 }).onward).toBeNull();
    expect(toNeighbourPages(at(200), at(0), { offset: 0, total: 230 }).onward).toBeNull();
  });

  it('knows no way on where no page was turned', () => {
    expect(toNeighbourPages(undefined, query, page).onward).toBeNull();
    expect(toNeighbourPages(query, query, page).onward).toBeNull();
    const other = { ...at(50), filter: { ...NO_FILTER, search: 'report' } };
    expect(toNeighbourPages(other, query, page).onward).toBeNull();
    const turnedRound = { ...at(50), sort: { ...query.sort, isDescending: false } };
    expect(toNeighbourPages(turnedRound, query, page).onward).toBeNull();
  });

  it('gives both sides, as far as there are any', () => {
    expect(toNeighbourPages(undefined, query, page).both).toEqual([at(150), at(50)]);
    expect(toNeighbourPages(undefined, at(0), { offset: 0, total: 230 }).both).toEqual([at(50)]);
    expect(toNeighbourPages(undefined, at(0), { offset: 0, total: 20 }).both).toEqual([]);
  });
});
