import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { FileQuery } from '#app/files/file-query.ts';
import { unwrap } from '../bridge.ts';

/** The first part of the key of every page, to invalidate all of them when the index has changed. */
export const FILE_PAGES_KEY = ['files', 'page'] as const;

/** A page left behind is forgotten after this time, in milliseconds; main gives it again in less than a frame. */
const FORGET_PAGE_MS = 10_000;

/** One page of the files in view; the page before stays until it is there, so that nothing flashes. */
export function filePageOptions(query: FileQuery) {
  return queryOptions({
    queryKey: [...FILE_PAGES_KEY, query],
    queryFn: () => unwrap(window.files.queryFiles(query)),
    placeholderData: keepPreviousData,
    gcTime: FORGET_PAGE_MS,
  });
}

/** One file, read afresh from the server each time its details open; fails with `notFound` when it is gone. */
export function fileOptions(id: string) {
  return queryOptions({
    queryKey: ['files', 'one', id],
    queryFn: () => unwrap(window.files.readFile({ id })),
    staleTime: 0,
    gcTime: 0,
  });
}

/** The deletions that main knows of. Kept fresh by `onDeletionChanged`. */
export const deletionsOptions = queryOptions({
  queryKey: ['deletions'],
  queryFn: () => unwrap(window.files.listDeletions()),
});
