import { assertNever } from '#app/assert-never.ts';
import {
  type FileFilter,
  type FileQuery,
  type FileSort,
  NO_FILTER,
  type RowKey,
  toFolderKey,
} from '#app/files/file-query.ts';
import { toParentFolder } from './folders/folder-path.ts';
import { toPageStart } from './page-range.ts';
import { LARGEST_FIRST } from './sort-order.ts';

/** Where in the files a person is. */
export interface PagePlace {
  readonly query: FileQuery;
  /** The row to be on when the page is there; null for the first. */
  readonly arriveAt: RowKey | null;
  /** Where the pages of the folders began that were left downwards, to come back to. */
  readonly offsets: ReadonlyMap<string, number>;
}

/** A way from one place to another. */
export type PageStep =
  | { readonly kind: 'filter'; readonly filter: FileFilter }
  | { readonly kind: 'search'; readonly search: string }
  | { readonly kind: 'sort'; readonly sort: FileSort }
  | { readonly kind: 'page'; readonly offset: number }
  | { readonly kind: 'limit'; readonly limit: number }
  /** Into a folder, whether it lies above or below; null is the flat list of all files. */
  | { readonly kind: 'folder'; readonly folder: string | null }
  /** To the folder around the one in view. */
  | { readonly kind: 'up' }
  /** All files in one list, the largest first. */
  | { readonly kind: 'largest' };

/** Gives the place that the window opens at. */
export function toFirstPlace(query: FileQuery): PagePlace {
  return { query, arriveAt: null, offsets: new Map() };
}

/** Takes a step; the same place comes back when it leads nowhere else. */
export function takeStep(place: PagePlace, step: PageStep): PagePlace {
  const { query } = place;
  switch (step.kind) {
    case 'filter':
      return toFirstPlace({ ...query, filter: step.filter, offset: 0 });
    case 'search':
      return toFirstPlace({ ...query, filter: { ...query.filter, search: step.search }, offset: 0 });
    case 'sort':
      return toFirstPlace({ ...query, sort: step.sort, offset: 0 });
    case 'page':
      return query.offset === step.offset
        ? place
        : { ...place, query: { ...query, offset: step.offset }, arriveAt: null };
    case 'limit':
      return toFirstPlace({ ...query, limit: step.limit, offset: toPageStart(query.offset, step.limit) });
    case 'folder':
      return enterFolder(place, step.folder);
    case 'up': {
      const parent = query.folder === null ? null : toParentFolder(query.folder);
      return parent === null ? place : enterFolder(place, parent);
    }
    case 'largest':
      return toFirstPlace({ ...query, filter: NO_FILTER, folder: null, sort: LARGEST_FIRST, offset: 0 });
    default:
      return assertNever(step);
  }
}

function enterFolder(place: PagePlace, folder: string | null): PagePlace {
  const { query, offsets } = place;
  const from = query.folder;
  if (folder === from) return place;
  // A search was for the place where it was made.
  const next = { ...query, folder, filter: from === null || folder === null ? query.filter : NO_FILTER };
  const below = from === null || folder === null ? null : toChildBelow(folder, from);
  if (from === null || folder === null) return toFirstPlace({ ...next, offset: 0 });
  if (below === null) {
    return {
      query: { ...next, offset: 0 },
      arriveAt: null,
      offsets: new Map(offsets).set(from, query.offset),
    };
  }
  return { query: { ...next, offset: offsets.get(folder) ?? 0 }, arriveAt: toFolderKey(below), offsets };
}

/** The folder in `outer` that `inner` lies in, or is; null when it lies elsewhere. */
function toChildBelow(outer: string, inner: string): string | null {
  const prefix = outer === '' ? '' : `${outer}/`;
  if (inner === outer || !inner.startsWith(prefix)) return null;
  const end = inner.indexOf('/', prefix.length);
  return end === -1 ? inner : inner.slice(0, end);
}
