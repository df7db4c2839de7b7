import { type FileQuery, NO_FILTER } from '#app/files/file-query.ts';
import { readChoice } from '../ui/remembered.ts';
import { parseRowsPerPage } from './page-range.ts';
import { parseSort } from './sort-order.ts';

/** Gives the page that the window opens with: all files, or the top folder, as they were last looked at. */
export function readFirstQuery(): FileQuery {
  return {
    filter: NO_FILTER,
    folder: readChoice('listing') === 'folders' ? '' : null,
    sort: parseSort(readChoice('sort')),
    offset: 0,
    limit: parseRowsPerPage(readChoice('rowsPerPage')),
  };
}
