import type { RemoteFile } from '#app/files/remote-file.ts';

/** The selected files by id. It holds the files themselves, as most of them may be on other pages than the one in view. */
export interface Selection {
  readonly files: ReadonlyMap<string, RemoteFile>;
  /** Where the next range starts; null before the first choice. */
  readonly anchorId: string | null;
  /** What the last range from the anchor took in: the next one from there takes its place. */
  readonly rangeIds: readonly string[];
}

/** What a selection amounts to. */
export interface SelectionSummary {
  readonly count: number;
  readonly sizeBytes: number;
  readonly saveable: readonly RemoteFile[];
}

/** Nothing selected. */
export const EMPTY_SELECTION: Selection = { files: new Map(), anchorId: null, rangeIds: [] };

/** Selects one file and nothing else. */
export function selectOnly(file: RemoteFile): Selection {
  return { files: new Map([[file.id, file]]), anchorId: file.id, rangeIds: [] };
}

/** Adds a file, or takes it out when it is in. */
export function toggleFile(selection: Selection, file: RemoteFile): Selection {
  const files = new Map(selection.files);
  if (!files.delete(file.id)) files.set(file.id, file);
  return { files, anchorId: file.id, rangeIds: [] };
}

/**
 * Selects the rows from the anchor to `toId`, both included, in the place of the range before it. An anchor that is not
 * on this page gives way to `fromId`. What else was selected stays, other pages included.
 */
export function selectRange(
  selection: Selection,
  rows: readonly RemoteFile[],
  fromId: string,
  toId: string,
): Selection {
  const find = (id: string | null) => rows.findIndex((file) => file.id === id);
  const to = find(toId);
  if (to === -1) return selection;
  const hasAnchor = find(selection.anchorId) !== -1;
  const anchorId = hasAnchor ? selection.anchorId : fromId;
  const anchor = find(anchorId);
  const from = anchor === -1 ? to : anchor;
  const range = rows.slice(Math.min(from, to), Math.max(from, to) + 1);
  const outside = hasAnchor ? deselect(selection, selection.rangeIds) : selection;
  return { files: withRows(outside.files, range), anchorId, rangeIds: range.map(({ id }) => id) };
}

/** Adds all rows of a page. */
export function selectRows(selection: Selection, rows: readonly RemoteFile[]): Selection {
  return { ...selection, files: withRows(selection.files, rows) };
}

/** Takes files out by their ids; the same selection comes back when none of them was in. */
export function deselect(selection: Selection, ids: readonly string[]): Selection {
  if (!ids.some((id) => selection.files.has(id))) return selection;
  const files = new Map(selection.files);
  for (const id of ids) files.delete(id);
  return { ...selection, files };
}

/**
 * Drops those of the files asked for that were not found, and takes over what was found. What was selected after the
 * question stays, and what was deselected meanwhile stays out.
 */
export function keepFound(
  selection: Selection,
  askedIds: readonly string[],
  found: readonly RemoteFile[],
): Selection {
  const foundIds = new Set(found.map(({ id }) => id));
  const remaining = deselect(
    selection,
    askedIds.filter((id) => !foundIds.has(id)),
  );
  return selectRows(
    remaining,
    found.filter(({ id }) => remaining.files.has(id)),
  );
}

/** Says how much of a page is selected, for the checkbox in its header. */
export function toPageMark(selection: Selection, rows: readonly RemoteFile[]): 'none' | 'some' | 'all' {
  const count = rows.filter((file) => selection.files.has(file.id)).length;
  if (count === 0) return 'none';
  return count === rows.length ? 'all' : 'some';
}

/** Counts a selection. */
export function summarize(files: Iterable<RemoteFile>): SelectionSummary {
  let count = 0;
  let sizeBytes = 0;
  const saveable: RemoteFile[] = [];
  for (const file of files) {
    count += 1;
    sizeBytes += file.sizeBytes;
    if (file.isSaveable) saveable.push(file);
  }
  return { count, sizeBytes, saveable };
}

function withRows(
  start: ReadonlyMap<string, RemoteFile>,
  rows: readonly RemoteFile[],
): ReadonlyMap<string, RemoteFile> {
  const files = new Map(start);
  for (const file of rows) files.set(file.id, file);
  return files;
}
