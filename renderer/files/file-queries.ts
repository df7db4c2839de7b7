import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { InLocation, InView } from '#app/contract/files-contract.ts';
import type { FilePage, FileQuery } from '#app/files/file-query.ts';
import { unwrap } from '../bridge.ts';
import { keepRows } from './keep-rows.ts';

/** The first part of the key of whatever is asked about a location. */
export function toLocationKey({ locationId }: InLocation) {
  return ['location', locationId] as const;
}

/** The first part of the key of every page of a view, to invalidate all of them when its location's index has changed. */
export function toPagesKey({ locationId, viewId }: InView) {
  return [...toLocationKey({ locationId }), 'view', viewId, 'page'] as const;
}

/** A page that is not in view is forgotten after this time, in milliseconds; what changes its files or selection makes that at once. */
const FORGET_PAGE_MS = 60_000;

/** A page and what it answers: while another one is fetched, the page in view is that of the query before. */
export interface AnsweredPage {
  readonly query: FileQuery;
  readonly page: FilePage;
}

/** One page of the files in view; the page before stays until it is there, so that nothing flashes. */
export function filePageOptions({ locationId, viewId }: InView, query: FileQuery) {
  const queryKey = [...toPagesKey({ locationId, viewId }), query] as const;
  return queryOptions({
    queryKey,
    queryFn: async ({ client }): Promise<AnsweredPage> => {
      const page = await unwrap(window.files.queryFiles({ locationId, viewId, query }));
      const before = client.getQueryData<AnsweredPage>(queryKey);
      return { query: before?.query ?? query, page: keepRows(before?.page, page) };
    },
    // It would look through a thousand rows once more, position by position.
    structuralSharing: false,
    placeholderData: keepPreviousData,
    gcTime: FORGET_PAGE_MS,
  });
}

/** The first part of the key of the details of every file of a location. */
export function toDetailsKey(location: InLocation) {
  return [...toLocationKey(location), 'details'] as const;
}

/** One file, read afresh from the server each time its details open; fails with `notFound` when it is gone. */
export function detailsOptions({ locationId }: InLocation, id: string) {
  return queryOptions({
    queryKey: [...toDetailsKey({ locationId }), id],
    queryFn: () => unwrap(window.files.readDetails({ locationId, id })),
    staleTime: 0,
    gcTime: 0,
  });
}

/** The deletions that main knows of. Kept fresh by `onDeletionChanged`. */
export function deletionsOptions({ locationId }: InLocation) {
  return queryOptions({
    queryKey: [...toLocationKey({ locationId }), 'deletions'],
    queryFn: () => unwrap(window.files.listDeletions({ locationId })),
  });
}
