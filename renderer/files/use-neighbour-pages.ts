import type { QueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { FileQuery } from '#app/files/file-query.ts';
import { inView } from '../location-in-view.ts';
import { type AnsweredPage, filePageOptions } from './file-queries.ts';
import { toNeighbourPages } from './neighbour-pages.ts';

/** A page must have stood for this long before both its neighbours are fetched, in milliseconds: not while a person sorts or selects. */
const FETCH_AFTER_MS = 300;

/**
 * Fetches the pages beside the one in view ahead, so that they are there when a person turns to them: for who leafs, the
 * next one as soon as the one before is drawn.
 */
export function useNeighbourPages(client: QueryClient, answer: AnsweredPage | undefined): void {
  const shown = useRef<FileQuery>(undefined);
  useEffect(() => {
    if (answer === undefined) return;
    const { query, page } = answer;
    const before = shown.current;
    shown.current = query;
    // Each page that is read of the listing makes them out of date.
    if (page.status.phase === 'reading') return;
    const { onward, both } = toNeighbourPages(before, query, page);
    const fetchAhead = (next: FileQuery) => void client.prefetchQuery(filePageOptions(inView(), next));
    const idle = requestIdleCallback(() => {
      if (onward !== null) fetchAhead(onward);
    });
    const timer = setTimeout(() => both.forEach(fetchAhead), FETCH_AFTER_MS);
    return () => {
      cancelIdleCallback(idle);
      clearTimeout(timer);
    };
  }, [client, answer]);
}
