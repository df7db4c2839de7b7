import type { FileIndexStatus } from '#app/files/file-index-status.ts';
import type { FileQuery } from '#app/files/file-query.ts';
import type { IndexPage } from './file-index.ts';
import type { FileTable } from './file-table.ts';
import { toFolderRow, type ViewRows } from './view-rows.ts';

/** Cuts one page out of a view; an offset past the end gives the last page. */
export function toIndexPage(
  store: FileTable,
  { folders, files, fileCount, sizeBytes }: ViewRows,
  { offset, limit }: Pick<FileQuery, 'offset' | 'limit'>,
  status: FileIndexStatus,
): IndexPage {
  const total = folders.length + files.length;
  const lastPageOffset = Math.max(0, Math.ceil(total / limit) - 1) * limit;
  const start = offset < total ? offset : lastPageOffset;
  const end = start + limit;
  const filesBefore = folders.length;
  const rows = files.slice(Math.max(0, start - filesBefore), Math.max(0, end - filesBefore));
  return {
    rows: [
      ...Array.from(folders.subarray(start, end), (folder) => toFolderRow(store, folder)),
      ...Array.from(rows, (row) => store.columns.read(row)),
    ],
    offset: start,
    total,
    fileCount,
    sizeBytes,
    status,
  };
}
