import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { FileIndexStatus } from '#app/files/file-index-status.ts';
import type { FilePage } from '#app/files/file-query.ts';
import { texts } from '../texts/texts.ts';
import { announce } from '../ui/announcer.tsx';
import { readChoice, rememberChoice } from '../ui/remembered.ts';
import { filePageOptions } from './file-queries.ts';
import { parseRowsPerPage, toPageRange, toPageStart } from './page-range.ts';

/** The page in view and what leads to another one. */
export interface FilePageView {
  /** Undefined until the first answer. */
  readonly page: FilePage | undefined;
  /** What the bridge threw; null while it answers. */
  readonly error: unknown;
  readonly search: string;
  readonly limit: number;
  readonly setSearch: (search: string) => void;
  readonly setOffset: (offset: number) => void;
  readonly setLimit: (limit: number) => void;
}

/** What is searched for is announced when typing pauses for this long, in milliseconds. */
const ANNOUNCE_AFTER_MS = 500;

/** Asks main for the page in view, again with every change of the index. */
export function useFilePage(): FilePageView {
  const [search, setSearch] = useState('');
  const [offset, setOffset] = useState(0);
  const [limit, setLimit] = useState(() => parseRowsPerPage(readChoice('rowsPerPage')));
  const { data: page, error, isPlaceholderData } = useQuery(filePageOptions({ search, offset, limit }));

  // Past the end, as after deletions, main answers the last page: that is the page in view from then on.
  const answeredOffset = isPlaceholderData ? undefined : page?.offset;
  useEffect(() => {
    if (answeredOffset !== undefined) setOffset(answeredOffset);
  }, [answeredOffset]);

  useAnnouncements(search, limit, isPlaceholderData ? undefined : page);
  return {
    page,
    error,
    search,
    limit,
    setSearch: (next) => {
      setSearch(next);
      setOffset(0);
    },
    setOffset,
    setLimit: (next) => {
      rememberChoice('rowsPerPage', String(next));
      setLimit(next);
      setOffset(toPageStart(offset, next));
    },
  };
}

/** What was announced last, or stood there at first. */
interface Told {
  readonly search: string;
  readonly offset: number;
  /** Whether it was said of files that were still being read. */
  readonly isReading: boolean;
}

/** Tells screen readers of another page, and of how many files a search has found; once more when all files are read. */
function useAnnouncements(search: string, limit: number, page: FilePage | undefined): void {
  const told = useRef<Told | null>(null);
  useEffect(() => {
    if (page === undefined) return;
    const { offset, total, status } = page;
    const isReading = status.phase === 'reading';
    const before = told.current;
    const isFinal = search !== '' && before?.isReading === true && !isReading;
    if (before?.search === search && before.offset === offset && !isFinal) return;
    const timer = setTimeout(() => {
      told.current = { search, offset, isReading };
      const range = toPageRange(offset, limit, total);
      if (before === null) return;
      if (before.search !== search || isFinal) announce(sayFound(total, status));
      else announce(texts.files.pages.range(range.from, range.to, total, isReading));
    }, ANNOUNCE_AFTER_MS);
    return () => clearTimeout(timer);
  }, [search, limit, page]);
}

/** Says how many files a search has found, and that more may come while files are still being read. */
function sayFound(total: number, { phase, knownFiles }: FileIndexStatus): string {
  const words = texts.files;
  if (phase !== 'reading') return words.selection.found(total);
  return total === 0 ? words.states.noResultsYet(knownFiles) : words.selection.foundSoFar(total);
}
