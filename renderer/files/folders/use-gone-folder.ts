import { type Dispatch, useEffect, useRef } from 'react';
import { isUnfiltered } from '#app/files/file-query.ts';
import { texts } from '../../texts/texts.ts';
import { messages } from '../../ui/message-store.ts';
import { toShortName } from '../../ui/short-name.ts';
import type { AnsweredPage } from '../file-queries.ts';
import type { PageStep } from '../page-place.ts';

/** Whether the folder in view is not there any more; while the listing is read for the first time its files may still come. */
export function isGoneFolder({ query, page }: AnsweredPage): boolean {
  const { folder, filter } = query;
  const isEmpty = folder !== null && folder !== '' && page.total === 0 && isUnfiltered(filter);
  return isEmpty && page.status.completedAt !== null;
}

/**
 * Leads from a folder that is not there any more to the nearest one around it that is, and says so: a folder is there
 * only while there are files in it.
 */
export function useGoneFolder(answer: AnsweredPage | undefined, take: Dispatch<PageStep>): void {
  const gone = useRef<string | null>(null);
  useEffect(() => {
    if (answer === undefined) return;
    const { folder } = answer.query;
    if (folder !== null && isGoneFolder(answer)) {
      gone.current ??= folder;
      take({ kind: 'up' });
    } else if (gone.current !== null) {
      const title = texts.files.path.gone(toShortName(gone.current));
      gone.current = null;
      messages.show({ id: 'folder-gone', tone: 'status', title, isBrief: true });
    }
  }, [answer, take]);
}
