import { describe, expect, it } from 'vitest';
import { type FileQuery, NO_FILTER } from '#app/files/file-query.ts';
import { type PagePlace, type PageStep, takeStep, toFirstPlace } from './page-place.ts';
import { DEFAULT_SORT } from './sort-order.ts';

const TOP: FileQuery = { filter: NO_FILTER, folder: '', sort: DEFAULT_SORT, offset: 0, limit: 50 };

function walk(start: PagePlace, ...steps: readonly PageStep[]): PagePlace {
  return steps.reduce(takeStep, start);
}

describe('folders', () => {
  it('lead back up to the page and the row that one came from', () => {
    const inner = walk(
      toFirstPlace(TOP),
      { kind: 'page', offset: 100 },
      { kind: 'folder', folder: 'reports' },
      { kind: 'folder', folder: 'reports/2026' },
    );
    expect(inner.query).toMatchObject({ folder: 'reports/2026', offset: 0 });
    const up = takeStep(inner, { kind: 'up' });
    expect(up).toMatchObject({ query: { folder: 'reports', offset: 0 }, arriveAt: 'reports/2026/' });
    expect(takeStep(up, { kind: 'up' })).toMatchObject({
      query: { folder: '', offset: 100 },
      arriveAt: 'reports/',
    });
    // The same by the way's first button, past what lies between.
    expect(takeStep(inner, { kind: 'folder', folder: '' })).toMatchObject({
      query: { folder: '', offset: 100 },
      arriveAt: 'reports/',
    });
  });

  it('have nothing above the top, nor in the flat list', () => {
    const top = toFirstPlace(TOP);
    expect(takeStep(top, { kind: 'up' })).toBe(top);
    const flat = toFirstPlace({ ...TOP, folder: null });
    expect(takeStep(flat, { kind: 'up' })).toBe(flat);
    expect(takeStep(top, { kind: 'folder', folder: '' })).toBe(top);
  });

  it('leave a search behind, which a switch of the listing keeps', () => {
    const found = takeStep(toFirstPlace(TOP), { kind: 'search', search: 'may' });
    expect(takeStep(found, { kind: 'folder', folder: 'reports' }).query.filter).toEqual(NO_FILTER);
    expect(takeStep(found, { kind: 'folder', folder: null }).query.filter.search).toBe('may');
  });
});

describe('other steps', () => {
  const later = takeStep(toFirstPlace(TOP), { kind: 'page', offset: 150 });

  it('begin at the first page when other files or another order come into view', () => {
    for (const step of [
      { kind: 'search', search: 'a' },
      { kind: 'filter', filter: { ...NO_FILTER, kinds: ['pdf'] } },
      { kind: 'sort', sort: { by: 'name', isDescending: false } },
      { kind: 'folder', folder: null },
      { kind: 'largest' },
    ] as const satisfies readonly PageStep[]) {
      expect(takeStep(later, step).query.offset).toBe(0);
    }
  });

  it('keep the rows in view when pages get another length', () => {
    expect(takeStep(later, { kind: 'limit', limit: 100 }).query).toMatchObject({ offset: 100, limit: 100 });
  });

  it('show the largest of all files', () => {
    const searched = takeStep(later, { kind: 'search', search: 'a' });
    expect(takeStep(searched, { kind: 'largest' }).query).toEqual({
      ...TOP,
      folder: null,
      sort: { by: 'size', isDescending: true },
    });
  });

  it('lead nowhere when the page is there already', () => {
    expect(takeStep(later, { kind: 'page', offset: 150 })).toBe(later);
  });
});
