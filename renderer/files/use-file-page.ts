import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type Dispatch, useEffect, useMemo, useReducer, useRef } from 'react';
import type {
  FileFilter,
  FilePage,
  FileQuery,
  FileSort,
  FileSortColumn,
  RowKey,
} from '#app/files/file-query.ts';
import { inView } from '../location-in-view.ts';
import { texts } from '../texts/texts.ts';
import { announce } from '../ui/announcer.tsx';
import { rememberChoice } from '../ui/remembered.ts';
import { type AnsweredPage, filePageOptions } from './file-queries.ts';
import { readFirstQuery } from './first-query.ts';
import { useGoneFolder } from './folders/use-gone-folder.ts';
import { type PageStep, takeStep, toFirstPlace } from './page-place.ts';
import { formatSort, LARGEST_FIRST, toNextSort } from './sort-order.ts';
import { useNeighbourPages } from './use-neighbour-pages.ts';
import { usePageAnnouncements } from './use-page-announcements.ts';

/** The ways to another page; they keep their identity. */
export interface PageSteps {
  readonly setSearch: (search: string) => void;
  readonly setFilter: (filter: FileFilter) => void;
  /** Sorts by a column, or turns its order round. */
  readonly sortBy: (by: FileSortColumn) => void;
  readonly setOffset: (offset: number) => void;
  readonly setLimit: (limit: number) => void;
  /** Shows files by folders, from the top one, or in one flat list. */
  readonly setHasFolders: (hasFolders: boolean) => void;
  readonly openFolder: (folder: string) => void;
  readonly leaveFolder: () => void;
  /** Shows all files in one list, the largest first. */
  readonly showLargest: () => void;
}

/** The page in view and what leads to another one. */
export interface FilePageView extends PageSteps {
  /** What is asked for. */
  readonly query: FileQuery;
  /** What is shown, with the query that it answers; undefined until the first answer. */
  readonly answer: AnsweredPage | undefined;
  readonly page: FilePage | undefined;
  /** The row to be on when the page that is asked for is there; null for the first. */
  readonly arriveAt: RowKey | null;
  /** What the bridge threw; null while it answers. */
  readonly error: unknown;
}

/** Asks main for the page in view, again with every change of the index. */
export function useFilePage(): FilePageView {
  const [place, take] = useReducer(takeStep, undefined, () => toFirstPlace(readFirstQuery()));
  const { query, arriveAt } = place;
  const { data: answer, error, isPlaceholderData } = useQuery(filePageOptions(inView(), query));
  const final = isPlaceholderData ? undefined : answer;

  // Past the end, as after deletions, main answers the last page: that is the page in view from then on.
  const offset = final?.page.offset;
  useEffect(() => {
    if (offset !== undefined) take({ kind: 'page', offset });
  }, [offset]);
  useGoneFolder(final, take);
  usePageAnnouncements(final);
  useNeighbourPages(useQueryClient(), final);
  const steps = usePageSteps(query, take);
  return { query, arriveAt, answer, page: answer?.page, error, ...steps };
}

function usePageSteps(query: FileQuery, take: Dispatch<PageStep>): PageSteps {
  const latest = useRef(query);
  latest.current = query;
  return useMemo(
    () => ({
      setSearch: (search) => take({ kind: 'search', search }),
      setFilter: (filter) => take({ kind: 'filter', filter }),
      sortBy: (by) => {
        const sort = toNextSort(latest.current.sort, by);
        take({ kind: 'sort', sort });
        noteSort(sort);
      },
      setOffset: (offset) => take({ kind: 'page', offset }),
      setLimit: (limit) => {
        rememberChoice('rowsPerPage', String(limit));
        take({ kind: 'limit', limit });
      },
      setHasFolders: (hasFolders) => {
        rememberListing(hasFolders);
        take({ kind: 'folder', folder: hasFolders ? '' : null });
      },
      openFolder: (folder) => take({ kind: 'folder', folder }),
      leaveFolder: () => take({ kind: 'up' }),
      showLargest: () => {
        take({ kind: 'largest' });
        rememberListing(false);
        noteSort(LARGEST_FIRST);
      },
    }),
    [take],
  );
}

/** Remembers an order that was chosen, and tells screen readers of it. */
function noteSort(sort: FileSort): void {
  rememberChoice('sort', formatSort(sort));
  const { rising, falling } = texts.files.grid.orders[sort.by];
  announce(sort.isDescending ? falling : rising);
}

function rememberListing(hasFolders: boolean): void {
  rememberChoice('listing', hasFolders ? 'folders' : 'flat');
}
