import { type FilePage, parseFolderKey } from '#app/files/file-query.ts';
import type { FileTarget } from '#app/files/selection.ts';

/** Tells which folder a target is, all of it and nothing else, by its path; null when it is none that can be told. */
export function toTargetFolder(target: FileTarget, page: FilePage | undefined): string | null {
  if (target.kind === 'rows') {
    const [key, ...others] = target.keys;
    return key === undefined || others.length > 0 ? null : parseFolderKey(key);
  }
  return page === undefined ? null : toSelectedFolder(page);
}

/** The folder in whose row all of the selection is; files of other pages or folders may be selected with it. */
function toSelectedFolder({ rows, selection }: FilePage): string | null {
  const [key, ...others] = selection.selectedKeys;
  if (key === undefined || others.length > 0) return null;
  const path = parseFolderKey(key);
  const row = rows.find((candidate) => candidate.kind === 'folder' && candidate.path === path);
  const isAll = row?.kind === 'folder' && row.fileCount === selection.summary.count;
  return isAll ? path : null;
}
