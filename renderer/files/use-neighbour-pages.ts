import type { QueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { type AnsweredPage, filePageOptions } from './file-queries.ts';
import { toPageRange } from './page-range.ts';

/** A page must have stood for this long before its neighbours are fetched, in milliseconds: not while a person leafs or selects. */
const FETCH_AFTER_MS = 300;

/** Fetches the pages beside the one in view ahead, so that they are there when a person turns to them. */
export function useNeighbourPages(client: QueryClient, answer: AnsweredPage | undefined): void {
  useEffect(() => {
    // Each page that is read of the listing makes them out of date.
    if (answer === undefined || answer.page.status.phase === 'reading') return;
    const { query, page } = answer;
    const range = toPageRange(page.offset, query.limit, page.total);
    const timer = setTimeout(() => {
      const fetchAhead = (offset: number) => void client.prefetchQuery(filePageOptions({ ...query, offset }));
      if (range.hasNext) fetchAhead(range.nextOffset);
      if (range.hasPrevious) fetchAhead(range.previousOffset);
    }, FETCH_AFTER_MS);
    return () => clearTimeout(timer);
  }, [client, answer]);
}
