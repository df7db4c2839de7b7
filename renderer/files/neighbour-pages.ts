import { hashKey } from '@tanstack/react-query';
import type { FilePage, FileQuery } from '#app/files/file-query.ts';
import { toPageRange } from './page-range.ts';

/** The pages beside the one in view that are worth to be there before they are asked for. */
export interface NeighbourPages {
  /** Where the last turn of a page goes on; null where there was none, or the pages have come to their end. */
  readonly onward: FileQuery | null;
  readonly both: readonly FileQuery[];
}

/** Works out what a person may turn to from an answered page; `before` is the query of the one that was in view before it. */
export function toNeighbourPages(
  before: FileQuery | undefined,
  query: FileQuery,
  { offset, total }: Pick<FilePage, 'offset' | 'total'>,
): NeighbourPages {
  const range = toPageRange(offset, query.limit, total);
  const next = range.hasNext ? { ...query, offset: range.nextOffset } : null;
  const previous = range.hasPrevious ? { ...query, offset: range.previousOffset } : null;
  const turned = before !== undefined && isSameList(before, query) ? query.offset - before.offset : 0;
  const onward = turned === 0 ? null : turned > 0 ? next : previous;
  return { onward, both: [next, previous].filter((page) => page !== null) };
}

/** Whether two queries are for pages of the same rows in the same order. */
function isSameList(one: FileQuery, other: FileQuery): boolean {
  return hashKey([{ ...one, offset: 0 }]) === hashKey([{ ...other, offset: 0 }]);
}
