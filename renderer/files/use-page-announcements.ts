import { useEffect, useRef } from 'react';
import { type FilePage, type FileQuery, isUnfiltered } from '#app/files/file-query.ts';
import { texts } from '../texts/texts.ts';
import { announce } from '../ui/announcer.tsx';
import type { AnsweredPage } from './file-queries.ts';
import { toPageRange } from './page-range.ts';

/** Another page is announced when it stands for this long, in milliseconds: not each one that is leafed past. */
const ANNOUNCE_AFTER_MS = 300;
/** What is searched for is announced when typing pauses for this long, in milliseconds. */
const ANNOUNCE_FOUND_AFTER_MS = 500;

/** What was announced last, or stood there at first. */
interface Told {
  readonly query: FileQuery;
  /** Whether it was said of files that were still being read. */
  readonly isReading: boolean;
}

/** Tells screen readers of another page or folder, and of how many files a search has found; once more when all files are read. */
export function usePageAnnouncements(answer: AnsweredPage | undefined): void {
  const told = useRef<Told | null>(null);
  const latest = useRef(answer);
  latest.current = answer;
  const query = answer?.query;
  const isReading = answer?.page.status.phase === 'reading';
  // A change of the selection gives another answer, but is no news of the page.
  useEffect(() => {
    if (query === undefined) return;
    const before = told.current;
    if (before === null) {
      told.current = { query, isReading };
      return;
    }
    const isFinal = !isUnfiltered(query.filter) && before.isReading && !isReading;
    if (before.query === query && !isFinal) return;
    const isSearch = before.query.filter !== query.filter;
    const timer = setTimeout(
      () => {
        told.current = { query, isReading };
        const page = latest.current?.page;
        const news =
          page === undefined ? null : isFinal ? sayFound(page) : sayChange(before.query, query, page);
        if (news !== null) announce(news);
      },
      isSearch ? ANNOUNCE_FOUND_AFTER_MS : ANNOUNCE_AFTER_MS,
    );
    return () => clearTimeout(timer);
  }, [query, isReading]);
}

/** Puts in words what is new about a page; null for another order, which was told when it was chosen. */
function sayChange(before: FileQuery, query: FileQuery, page: FilePage): string | null {
  const { pages, path } = texts.files;
  const { from, to } = toPageRange(page.offset, query.limit, page.total);
  const range = pages.range(from, to, page.total, page.status.phase === 'reading');
  if (before.folder !== query.folder) {
    const { folder } = query;
    const place = folder === null ? path.flat : folder === '' ? path.top : path.shown(folder);
    return `${place}, ${range}`;
  }
  if (before.filter !== query.filter) return sayFound(page);
  return before.offset === query.offset && before.limit === query.limit ? null : range;
}

/** Says how many files a search has found, and that more may come while files are still being read. */
function sayFound({ fileCount, status }: FilePage): string {
  const words = texts.files;
  if (status.phase !== 'reading') return words.selection.found(fileCount);
  return fileCount === 0
    ? words.states.noResultsYet(status.knownFiles)
    : words.selection.foundSoFar(fileCount);
}
