import { AppFailure } from '#app/errors.ts';
import type { ListPage, ListPosition } from '../file-store/listing.ts';

/** Reads one page of the listing; null is its start. */
export type ListFiles = (from: ListPosition | null, signal: AbortSignal) => Promise<ListPage>;

/** How a listing is walked. */
export interface Walk {
  readonly listFiles: ListFiles;
  readonly signal: AbortSignal;
  /** Where it begins; null is its start. */
  readonly start: ListPosition | null;
  /** How many files whoever takes the pages has met so far: a page that leaves it as it was has brought nothing new. */
  readonly countFiles: () => number;
}

/**
 * So many pages in a row may bring no new file, be they empty, unreadable or of files that were met before: the
 * contract allows empty ones, and a listing that changes while it is read gives rows again.
 */
const MAX_IDLE_PAGES = 100;

/**
 * Gives the pages of a listing to its end. The next page is asked for while one is worked on. Where a page does not say
 * how to go on, the walk goes on behind the last file that was named. A position that comes a second time with nothing new
 * between, or pages without end that bring nothing new, would lead in a circle: that throws `unexpectedAnswer`.
 */
export async function* walkListing({ listFiles, signal, start, countFiles }: Walk): AsyncGenerator<ListPage> {
  const ahead = new AbortController();
  const all = AbortSignal.any([signal, ahead.signal]);
  /** Positions since the last new file: more would be as many as a listing has pages. */
  let seen = new Set<string>(start === null ? [] : [JSON.stringify(start)]);
  let idlePages = 0;
  let lastId = start?.by === 'after' ? start.id : null;
  let next: Promise<ListPage> | null = listFiles(start, all);
  try {
    while (next !== null) {
      const page: ListPage = await next;
      lastId = page.lastId ?? lastId;
      const from = page.next === 'untold' ? toBehind(lastId) : page.next;
      const position = from === null ? null : JSON.stringify(from);
      const isCircle = position !== null && seen.has(position);
      next = from === null || isCircle ? null : listFiles(from, all);
      // It is looked at when this page is done with; until then its failure is nobody's.
      next?.catch(() => undefined);
      const filesBefore = countFiles();
      yield page;
      const isIdle = countFiles() === filesBefore;
      idlePages = isIdle ? idlePages + 1 : 0;
      if (isCircle || (next !== null && idlePages > MAX_IDLE_PAGES)) throw toEndless();
      if (!isIdle) seen = new Set();
      if (position !== null) seen.add(position);
    }
  } finally {
    ahead.abort();
  }
}

function toBehind(lastId: string | null): ListPosition {
  if (lastId !== null) return { by: 'after', id: lastId };
  throw new AppFailure({ code: 'unexpectedAnswer', status: 200, detail: 'malformed' });
}

/** The failure of a listing that leads back to where it was. */
function toEndless(): AppFailure {
  return new AppFailure({ code: 'unexpectedAnswer', status: 200, detail: 'endless' });
}
