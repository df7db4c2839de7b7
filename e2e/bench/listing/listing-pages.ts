import { encodeCursor } from '../../server/cursor.ts';
import { toListBody } from '../../server/shapes.ts';
import type { StoredFile } from '../../server/store.ts';

/** The answers to all requests of one listing, made before anybody asks. */
export interface ListingPages {
  /** Bodies behind the position that a page starts after: the empty string, a cursor or an id. */
  readonly bodies: ReadonlyMap<string, Buffer>;
  /** The query strings of one reading from start to end. */
  readonly queries: readonly string[];
}

/** Makes the bodies as `GET /files` answers them for pages of `pageRows`; other positions than a reading's own are not among them. */
export function createListingPages(files: readonly StoredFile[], pageRows: number): ListingPages {
  const bodies = new Map<string, Buffer>();
  const queries: string[] = [];
  for (let start = 0; start === 0 || start < files.length; start += pageRows) {
    const page = files.slice(start, start + pageRows);
    const hasMore = start + pageRows < files.length;
    const body = Buffer.from(
      JSON.stringify(toListBody({ files: page, hasMore }, 'openrouter', 'everywhere')),
    );
    const before = files[start - 1]?.id;
    const cursor = before === undefined ? null : encodeCursor(before);
    bodies.set(cursor ?? '', body);
    if (before !== undefined) bodies.set(before, body);
    queries.push(`limit=${pageRows}${cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`}`);
  }
  const last = files.at(-1);
  const nothing = toListBody({ files: [], hasMore: false }, 'openrouter', 'everywhere');
  if (last) bodies.set(last.id, Buffer.from(JSON.stringify(nothing)));
  return { bodies, queries };
}
