import type { FileView } from '#app/files/file-query.ts';
import type { Slices } from './slices.ts';
import { toViewRows, type ViewRows, type ViewSource } from './view-rows.ts';

/** Views that are kept: the one on screen, the one before it, and some a person goes back to. */
const MAX_VIEWS = 4;

/** The views that were asked for last, so that another page of one costs nothing. */
export interface Views {
  /** Gives the rows of a view, which may be those from just before the last change. */
  rows(view: FileView): Promise<ViewRows>;
}

interface KeptView {
  readonly revision: number;
  readonly rows: Promise<ViewRows>;
}

/** Makes the views of a store. */
export function createViews(source: ViewSource, slices: Slices): Views {
  const kept = new Map<string, KeptView>();
  return {
    rows: (view) => {
      const key = toKey(view);
      const { revision } = source.store;
      const known = kept.get(key);
      kept.delete(key);
      const rows =
        known?.revision === revision ? known.rows : toViewRows(source, view, slices.begin('answer'));
      kept.set(key, { revision, rows });
      for (const oldest of kept.keys()) {
        if (kept.size <= MAX_VIEWS) break;
        kept.delete(oldest);
      }
      return rows;
    },
  };
}

function toKey({ filter, folder, sort }: FileView): string {
  return JSON.stringify([
    folder,
    sort.by,
    sort.isDescending,
    filter.search,
    filter.kinds.toSorted(),
    filter.isSaveable,
    filter.minSizeBytes,
    filter.maxSizeBytes,
    filter.createdFrom,
    filter.createdBefore,
  ]);
}
