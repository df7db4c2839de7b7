import { AppFailure } from '#app/errors.ts';
import type { ListPage, ListPosition } from '../openrouter/wire.ts';

/** Reads one page of the listing; null is its start. */
export type ListFiles = (from: ListPosition | null, signal: AbortSignal) => Promise<ListPage>;

/** So many pages in a row may be empty: the contract allows some, a server that never ends is not believed. */
const MAX_EMPTY_PAGES = 100;

/**
 * Gives the pages of a listing from a position, its start unless told, to its end. The next page is asked for while
 * one is worked on. A position that comes a second time, or empty pages without end, would lead in a circle: that
 * throws `unexpectedAnswer`. An empty page that has a position is passed over as the contract asks.
 */
export async function* walkListing(
  listFiles: ListFiles,
  signal: AbortSignal,
  start: ListPosition | null = null,
): AsyncGenerator<ListPage> {
  const seen = new Set<string>(start === null ? [] : [JSON.stringify(start)]);
  const ahead = new AbortController();
  const all = AbortSignal.any([signal, ahead.signal]);
  let emptyPages = 0;
  let next: Promise<ListPage> | null = listFiles(start, all);
  try {
    while (next !== null) {
      const page: ListPage = await next;
      emptyPages = page.files.length + page.unreadableRows === 0 ? emptyPages + 1 : 0;
      const isEndless = page.next !== null && (isKnown(seen, page.next) || emptyPages > MAX_EMPTY_PAGES);
      next = page.next === null || isEndless ? null : listFiles(page.next, all);
      // It is looked at when this page is done with; until then its failure is nobody's.
      next?.catch(() => undefined);
      yield page;
      if (isEndless) throw toEndless();
    }
  } finally {
    ahead.abort();
  }
}

/** The failure of a listing that leads back to where it was. */
export function toEndless(): AppFailure {
  return new AppFailure({ code: 'unexpectedAnswer', status: 200, detail: 'endless' });
}

function isKnown(seen: Set<string>, position: ListPosition): boolean {
  const key = JSON.stringify(position);
  if (seen.has(key)) return true;
  seen.add(key);
  return false;
}
