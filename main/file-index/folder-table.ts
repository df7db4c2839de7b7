import { growFloat64, growUint32 } from './columns.ts';
import { hashText } from './hash.ts';
import { RowTable } from './row-table.ts';
import { SizeSums } from './size-sums.ts';
import { TextHeap } from './text-heap.ts';

/** The folder that holds all: its path is empty. */
export const ROOT = 0;
/** What lies deeper is shown in the folder at this depth: a name of nothing but slashes must not cost much. */
const MAX_DEPTH = 64;
const MAX_CACHED_PATHS = 4096;

/**
 * The folders that the slashes in names make, by number, each after the one it lies in. Names are written by other
 * programs too: empty parts are passed over, so that `/a//b` and `a/b` lie in one folder; `.` and `..` are names like
 * others. A folder of which all files are gone stays, with a count of 0.
 */
export class FolderTable {
  /** Folders that ever were, the root included. */
  length = 1;
  readonly names = new TextHeap();
  nameAt = new Uint32Array(64);
  parents = new Uint32Array(64);
  /** Files below, at whatever depth, and their bytes. */
  counts = new Uint32Array(64);
  readonly sizes = new SizeSums(64);
  /** When the newest file below was created; right only while `isNewestKnown`. */
  newest = new Float64Array(64).fill(Number.NEGATIVE_INFINITY);
  /** Removals of files that may have been the newest. */
  removals = 0;
  #newestKnownAt = 0;
  readonly #byName = new RowTable((folder) => this.#hash(this.nameOf(folder), this.parents[folder] ?? ROOT));
  /** Most files lie in the folder of one before. */
  #folderByPath = new Map<string, number>();

  constructor() {
    this.nameAt[ROOT] = this.names.addAscii('');
  }

  get isNewestKnown(): boolean {
    return this.#newestKnownAt === this.removals;
  }

  /** Gives the folder that a file of this name lies in; it is made where there is none. */
  place(fileName: string): number {
    const slash = fileName.lastIndexOf('/');
    if (slash === -1) return ROOT;
    if (slash === fileName.length - 1) return this.#make(toSegments(fileName).slice(0, -1));
    const path = fileName.slice(0, slash);
    const known = this.#folderByPath.get(path);
    if (known !== undefined) return known;
    const folder = this.#make(toSegments(path));
    if (this.#folderByPath.size >= MAX_CACHED_PATHS) this.#folderByPath = new Map();
    this.#folderByPath.set(path, folder);
    return folder;
  }

  /** Finds the folder of a path; -1 when there never was one. */
  find(path: string): number {
    let folder = ROOT;
    for (const segment of toSegments(path)) {
      folder = this.#findIn(folder, segment);
      if (folder === -1) return -1;
    }
    return folder;
  }

  nameOf(folder: number): string {
    return this.names.read(this.nameAt[folder] ?? 0);
  }

  /** From the top, without slashes at its ends. */
  pathOf(folder: number): string {
    const segments: string[] = [];
    for (let at = folder; at !== ROOT; at = this.parents[at] ?? ROOT) segments.push(this.nameOf(at));
    return segments.reverse().join('/');
  }

  /** Counts a file in. */
  addFile(folder: number, sizeBytes: number, createdAt: number): void {
    this.#count(folder, 1, sizeBytes);
    noteNewest(this.newest, this.parents, folder, createdAt);
  }

  /** Counts a file out. */
  removeFile(folder: number, sizeBytes: number, createdAt: number): void {
    this.#count(folder, -1, sizeBytes);
    if (createdAt >= (this.newest[folder] ?? 0)) this.removals += 1;
  }

  /** Begins to find anew when the newest files were created. Every living row is to be noted, new ones too. */
  findNewest(): { note(folder: number, createdAt: number): void; finish(): void } {
    const { removals } = this;
    let newest = new Float64Array(this.newest.length).fill(Number.NEGATIVE_INFINITY);
    return {
      note: (folder, createdAt) => {
        if (newest.length < this.newest.length) newest = growNewest(newest, this.newest.length);
        noteNewest(newest, this.parents, folder, createdAt);
      },
      finish: () => {
        this.newest = growNewest(newest, this.newest.length);
        // What went meanwhile may have been noted before.
        this.#newestKnownAt = removals;
      },
    };
  }

  /** Marks folders and all below them with 1. */
  markTrees(chosen: Iterable<number>): Uint8Array {
    const marks = new Uint8Array(this.length);
    for (const folder of chosen) marks[folder] = 1;
    for (let at = 1; at < this.length; at += 1) {
      if (marks[this.parents[at] ?? ROOT] === 1) marks[at] = 1;
    }
    return marks;
  }

  #count(folder: number, files: 1 | -1, sizeBytes: number): void {
    for (let at = folder; ; at = this.parents[at] ?? ROOT) {
      this.counts[at] = (this.counts[at] ?? 0) + files;
      this.sizes.change(at, sizeBytes, files);
      if (at === ROOT) return;
    }
  }

  #make(segments: readonly string[]): number {
    let folder = ROOT;
    for (const segment of segments.slice(0, MAX_DEPTH)) {
      const known = this.#findIn(folder, segment);
      folder = known === -1 ? this.#add(folder, segment) : known;
    }
    return folder;
  }

  #findIn(parent: number, segment: string): number {
    return this.#byName.find(
      this.#hash(segment, parent),
      (folder) => this.parents[folder] === parent && this.nameOf(folder) === segment,
    );
  }

  #add(parent: number, segment: string): number {
    const folder = this.length;
    if (folder >= this.parents.length) this.#grow(folder + 1);
    this.parents[folder] = parent;
    this.nameAt[folder] = this.names.add(segment);
    this.length += 1;
    this.#byName.add(this.#hash(segment, parent), folder);
    return folder;
  }

  #hash(segment: string, parent: number): number {
    return hashText(segment, Math.imul(parent, 0x9e3779b1));
  }

  #grow(needed: number): void {
    this.nameAt = growUint32(this.nameAt, needed);
    this.parents = growUint32(this.parents, needed);
    this.counts = growUint32(this.counts, needed);
    this.sizes.reserve(needed);
    this.newest = growNewest(this.newest, needed);
  }
}

function toSegments(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '');
}

/** What is below a folder is below all folders above it too, so none of them can be older. */
function noteNewest(newest: Float64Array, parents: Uint32Array, folder: number, createdAt: number): void {
  for (let at = folder; createdAt > (newest[at] ?? 0); at = parents[at] ?? ROOT) {
    newest[at] = createdAt;
    if (at === ROOT) return;
  }
}

function growNewest(newest: Float64Array, needed: number): Float64Array<ArrayBuffer> {
  return growFloat64(newest, needed).fill(Number.NEGATIVE_INFINITY, newest.length);
}
