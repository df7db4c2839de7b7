import { assertNever } from '#app/assert-never.ts';
import { toFileKind } from '#app/files/file-kind.ts';
import { type FileView, type FolderRow, isUnfiltered, type RowKey } from '#app/files/file-query.ts';
import { toFolded } from '#app/files/fold.ts';
import type { RemoteFile } from '#app/files/remote-file.ts';
import type { SelectionChange } from '#app/files/selection.ts';
import type { IndexPage } from './file-index.ts';

/** For tests: what an index must answer, worked out the plain way, over all files each time. */
export class NaiveIndex {
  /** In the order in which files came, or changed last. */
  readonly files = new Map<string, RemoteFile>();
  readonly selected = new Set<string>();
  #anchor: RowKey | null = null;
  #range: readonly string[] = [];
  readonly #collator = new Intl.Collator(undefined, { numeric: true });

  put(file: RemoteFile): void {
    const known = this.files.get(file.id);
    if (known && JSON.stringify(known) === JSON.stringify(file)) return;
    this.files.delete(file.id);
    this.files.set(file.id, file);
  }

  remove(id: string): void {
    this.files.delete(id);
    this.selected.delete(id);
  }

  rows(view: FileView): IndexPage['rows'] {
    const folder = view.folder === null ? null : toSegments(view.folder).join('/');
    const below = this.#newestFirst().filter((file) => isBelow(file, folder) && matches(file, view));
    const sign = view.sort.isDescending ? -1 : 1;
    const sorted = below.toSorted((a, b) => sign * this.#compare(a, b, view.sort.by));
    if (view.sort.by === 'created' && !view.sort.isDescending) {
      sorted.splice(0, sorted.length, ...below.toReversed());
    }
    if (folder === null || !isUnfiltered(view.filter)) return sorted;
    const own = sorted.filter((file) => toFolder(file) === folder);
    return [...this.#folders(below, folder, view.sort), ...own];
  }

  /** Ids of the files that a row stands for. */
  idsOf(key: RowKey): readonly string[] {
    if (!key.endsWith('/')) return this.files.has(key) ? [key] : [];
    const folder = toSegments(key).join('/');
    return folder === ''
      ? []
      : [...this.files.values()].filter((file) => isBelow(file, folder)).map(({ id }) => id);
  }

  change(change: SelectionChange): void {
    switch (change.kind) {
      case 'only':
      case 'clear':
        this.selected.clear();
        this.#anchor = change.kind === 'only' ? change.key : null;
        this.#range = [];
        if (change.kind === 'only') this.#set(this.idsOf(change.key), true);
        return;
      case 'toggle': {
        this.#anchor = change.key;
        this.#range = [];
        const ids = this.idsOf(change.key);
        this.#set(ids, !ids.every((id) => this.selected.has(id)));
        return;
      }
      case 'range':
        this.#selectRange(change);
        return;
      case 'rows':
        this.#range = [];
        for (const key of change.keys) this.#set(this.idsOf(key), change.isSelected);
        return;
      case 'allMatching':
        this.#range = [];
        this.#set(
          this.rows(change.view).flatMap((row) => this.idsOf(toKey(row))),
          true,
        );
        return;
      default:
        assertNever(change);
    }
  }

  #selectRange(change: Extract<SelectionChange, { kind: 'range' }>): void {
    const keys = this.rows(change.view).map(toKey);
    const end = keys.indexOf(change.toKey);
    if (end === -1) return;
    if (this.#anchor === null || !keys.includes(this.#anchor)) {
      this.#anchor = change.fromKey;
      this.#range = [];
    }
    this.#set(this.#range, false);
    const start = keys.includes(this.#anchor) ? keys.indexOf(this.#anchor) : end;
    const ids = keys.slice(Math.min(start, end), Math.max(start, end) + 1).flatMap((key) => this.idsOf(key));
    this.#range = ids.filter((id) => !this.selected.has(id));
    this.#set(ids, true);
  }

  #set(ids: readonly string[], isSelected: boolean): void {
    for (const id of ids) {
      if (isSelected && this.files.has(id)) this.selected.add(id);
      else this.selected.delete(id);
    }
  }

  #newestFirst(): readonly RemoteFile[] {
    return [...this.files.values()].reverse().sort((a, b) => toTime(b.createdAt) - toTime(a.createdAt));
  }

  #compare(a: RemoteFile, b: RemoteFile, by: FileView['sort']['by']): number {
    switch (by) {
      case 'name':
        return this.#collator.compare(a.name, b.name);
      case 'kind':
        return toFileKind(a.mimeType) < toFileKind(b.mimeType)
          ? -1
          : Number(toFileKind(a.mimeType) > toFileKind(b.mimeType));
      case 'size':
        return a.sizeBytes - b.sizeBytes;
      case 'created':
        return toTime(a.createdAt) - toTime(b.createdAt);
      case 'saveable':
        return Number(a.isSaveable) - Number(b.isSaveable);
      default:
        return assertNever(by);
    }
  }

  #folders(below: readonly RemoteFile[], parent: string, sort: FileView['sort']): readonly FolderRow[] {
    const depth = toSegments(parent).length;
    const paths = new Set(
      below
        .map((file) => toSegments(toFolder(file)))
        .filter((segments) => segments.length > depth)
        .map((segments) => segments.slice(0, depth + 1).join('/')),
    );
    const rows = [...paths].map((path): FolderRow => {
      const files = below.filter((file) => isBelow(file, path));
      return {
        kind: 'folder',
        path,
        fileCount: files.length,
        sizeBytes: files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
        newestAt: toNewest(files),
      };
    });
    const sign = sort.isDescending ? -1 : 1;
    const byName = rows.sort((a, b) => this.#collator.compare(a.path, b.path));
    if (sort.by === 'name' && sort.isDescending) return byName.reverse();
    if (sort.by === 'size') return byName.sort((a, b) => sign * (a.sizeBytes - b.sizeBytes));
    if (sort.by === 'created') return byName.sort((a, b) => sign * (toTime(a.newestAt) - toTime(b.newestAt)));
    return byName;
  }
}

/** Gives the key of a row of the index. */
export function toKey(row: IndexPage['rows'][number]): RowKey {
  return 'kind' in row ? `${row.path}/` : row.id;
}

function toSegments(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '');
}

function toFolder({ name }: RemoteFile): string {
  const segments = toSegments(name);
  return (name.includes('/') ? segments.slice(0, -1) : []).join('/');
}

function isBelow(file: RemoteFile, folder: string | null): boolean {
  if (folder === null || folder === '') return true;
  return `${toFolder(file)}/`.startsWith(`${folder}/`);
}

function matches(file: RemoteFile, { filter }: FileView): boolean {
  const name = toFolded(file.name);
  const words = toFolded(filter.search).split(/\s+/).filter(Boolean);
  const isFound =
    filter.search.trim() === '' ||
    file.id === filter.search.trim() ||
    (words.length > 0 && words.every((word) => name.includes(word)));
  return (
    isFound &&
    (filter.kinds.length === 0 || filter.kinds.includes(toFileKind(file.mimeType))) &&
    (filter.isSaveable === null || filter.isSaveable === file.isSaveable) &&
    file.sizeBytes >= (filter.minSizeBytes ?? 0) &&
    file.sizeBytes <= (filter.maxSizeBytes ?? Number.POSITIVE_INFINITY) &&
    isCreatedBetween(file.createdAt, filter.createdFrom, filter.createdBefore)
  );
}

function isCreatedBetween(at: number | null, from: number | null, before: number | null): boolean {
  if (from === null && before === null) return true;
  if (at === null) return false;
  return (from === null || at >= from) && (before === null || at < before);
}

/** What has no date is older than all that has one. */
function toTime(at: number | null): number {
  return at ?? -1e16;
}

function toNewest(files: readonly RemoteFile[]): number | null {
  const dates = files.flatMap(({ createdAt }) => createdAt ?? []);
  return dates.length === 0 ? null : Math.max(...dates);
}
