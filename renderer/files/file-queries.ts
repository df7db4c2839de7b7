import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { FilePage, FileQuery } from '#app/files/file-query.ts';
import { unwrap } from '../bridge.ts';
import { keepRows } from './keep-rows.ts';

/** The first part of the key of every page, to invalidate all of them when the index has changed. */
export const FILE_PAGES_KEY = ['files', 'page'] as const;

/** A page that is not in view is forgotten after this time, in milliseconds; what changes its files or selection makes that at once. */
const FORGET_PAGE_MS = 60_000;

/** A page and what it answers: while another one is fetched, the page in view is that of the query before. */
export interface AnsweredPage {
  readonly query: FileQuery;
  readonly page: FilePage;
}

/** One page of the files in view; the page before stays until it is there, so that nothing flashes. */
export function filePageOptions(query: FileQuery) {
  const queryKey = [...FILE_PAGES_KEY, query] as const;
  return queryOptions({
    queryKey,
    queryFn: async ({ client }): Promise<AnsweredPage> => {
      const page = await unwrap(window.files.queryFiles(query));
      const before = client.getQueryData<AnsweredPage>(queryKey);
      return { query: before?.query ?? query, page: keepRows(before?.page, page) };
    },
    // It would look through a thousand rows once more, position by position.
    structuralSharing: false,
    placeholderData: keepPreviousData,
    gcTime: FORGET_PAGE_MS,
  });
}

/** The first part of the key of every file's details. */
export const DETAILS_KEY = ['files', 'details'] as const;

/** One file, read afresh from the server each time its details open; fails with `notFound` when it is gone. */
export function detailsOptions(id: string) {
  return queryOptions({
    queryKey: [...DETAILS_KEY, id],
    queryFn: () => unwrap(window.files.readDetails({ id })),
    staleTime: 0,
    gcTime: 0,
  });
}

/** The deletions that main knows of. Kept fresh by `onDeletionChanged`. */
export const deletionsOptions = queryOptions({
  queryKey: ['deletions'],
  queryFn: () => unwrap(window.files.listDeletions()),
});
