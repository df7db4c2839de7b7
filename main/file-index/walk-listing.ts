import { AppFailure } from '#app/errors.ts';
import type { ListPage, ListPosition } from '../openrouter/wire.ts';

/** Reads one page of the listing; null is its start. */
export type ListFiles = (from: ListPosition | null, signal: AbortSignal) => Promise<ListPage>;

/**
 * Gives the pages of a listing from its start to its end. A position that comes a second time would lead in a circle:
 * that throws `unexpectedAnswer`. An empty page that has a position is passed over as the contract asks.
 */
export async function* walkListing(listFiles: ListFiles, signal: AbortSignal): AsyncGenerator<ListPage> {
  const seen = new Set<string>();
  let from: ListPosition | null = null;
  do {
    const page: ListPage = await listFiles(from, signal);
    yield page;
    from = page.next;
    const key = JSON.stringify(from);
    if (seen.has(key)) throw new AppFailure({ code: 'unexpectedAnswer', status: 200, detail: 'malformed' });
    seen.add(key);
  } while (from !== null);
}
