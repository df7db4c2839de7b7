import { createBufferContent, type FileContent } from './content.ts';
import { createFileId, type IdStyle } from './file-id.ts';
import type { Random } from './random.ts';

/** Where a file's bytes live: OpenRouter's own storage, or a provider's through the user's key there (`provider=`). */
export type Storage = 'openrouter' | 'openai' | 'anthropic';

/** One workspace's files in one storage: what a request can see. */
export interface Scope {
  readonly workspaceId: string;
  readonly storage: Storage;
}

/** One file as the server knows it. */
export interface StoredFile extends Scope {
  readonly id: string;
  readonly name: string;
  readonly mimeType: string;
  readonly sizeBytes: number;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /** True for server-generated files only; an upload never gives its bytes back. */
  readonly downloadable: boolean;
  /** Hexadecimal SHA-256 of what was uploaded or generated; null for a seeded row that never had bytes. */
  readonly sha256: string | null;
  readonly content: FileContent | null;
}

/** A file to add; everything left out gets a believable value. */
export interface NewFile {
  readonly name: string;
  readonly id?: string;
  readonly mimeType?: string;
  /** Ignored when `content` is given; 1,024 otherwise. */
  readonly sizeBytes?: number;
  readonly createdAt?: number;
  readonly sha256?: string;
  /** Makes the file server-generated and downloadable. */
  readonly content?: FileContent;
  readonly workspaceId?: string;
  readonly storage?: Storage;
}

/** The most that the server's own tool reads or writes at once (contract, section 9). */
const MAX_EDITED_BYTES = 20_000_000;

/** What orders the listing, ascending; the real server's key is unpublished, so a client must bear both. */
export type SortKey = 'created' | 'id';

/** What a store is made from. */
export interface FileStoreOptions {
  readonly random: Random;
  readonly now: () => number;
  readonly idStyle: IdStyle;
  readonly sortKey: SortKey;
  readonly defaultWorkspaceId: string;
}

/** A page of the listing. */
export interface StoredPage {
  readonly files: readonly StoredFile[];
  readonly hasMore: boolean;
}

/** A class, as the hash of generated content costs a pass over all its bytes and is to be made only when read. */
class StoredFileRecord implements StoredFile {
  readonly id: string;
  readonly name: string;
  readonly mimeType: string;
  readonly sizeBytes: number;
  readonly createdAt: number;
  readonly downloadable: boolean;
  readonly workspaceId: string;
  readonly storage: Storage;
  readonly content: FileContent | null;
  /** Order of arrival, which decides between files of one moment. */
  readonly sequence: number;
  readonly #uploadSha256: string | null;

  constructor(
    file: NewFile,
    sequence: number,
    { random, now, idStyle, defaultWorkspaceId }: FileStoreOptions,
  ) {
    this.id = file.id ?? createFileId(random, idStyle);
    this.name = file.name;
    this.mimeType = file.mimeType ?? 'text/plain';
    this.sizeBytes = file.content?.sizeBytes ?? file.sizeBytes ?? 1024;
    this.createdAt = file.createdAt ?? now();
    this.downloadable = file.content !== undefined;
    this.workspaceId = file.workspaceId ?? defaultWorkspaceId;
    this.storage = file.storage ?? 'openrouter';
    this.content = file.content ?? null;
    this.sequence = sequence;
    this.#uploadSha256 = file.sha256 ?? null;
  }

  get sha256(): string | null {
    return this.content?.sha256 ?? this.#uploadSha256;
  }
}

/** Keeps all files in listing order; ids of deleted files still mark their place for cursors. */
export class FileStore {
  readonly #options: FileStoreOptions;
  readonly #rows: StoredFileRecord[] = [];
  readonly #live = new Map<string, StoredFileRecord>();
  readonly #deleted = new Map<string, StoredFileRecord>();
  readonly #usedBytes = new Map<string, number>();
  #frozenRows: readonly StoredFileRecord[] | null = null;
  #sequence = 0;

  constructor(options: FileStoreOptions) {
    this.#options = options;
  }

  /** Number of files over all workspaces. */
  get size(): number {
    return this.#live.size;
  }

  /** All files of all workspaces in listing order. */
  all(): readonly StoredFile[] {
    return [...this.#rows];
  }

  /** Finds a file in whatever workspace. */
  get(id: string): StoredFile | undefined {
    return this.#live.get(id);
  }

  /** Finds the files of that name; several may share one. */
  named(name: string): readonly StoredFile[] {
    return this.all().filter((file) => file.name === name);
  }

  /** Bytes that a scope holds. */
  usedBytes(scope: Scope): number {
    return this.#usedBytes.get(toScopeKey(scope)) ?? 0;
  }

  /** Adds one file. */
  add(file: NewFile): StoredFile {
    const row = this.#createRecord(file);
    this.#rows.splice(this.#upperBound(row), 0, row);
    return row;
  }

  /** Adds many files at once, quickly. */
  addAll(files: Iterable<NewFile>): readonly StoredFile[] {
    const added: StoredFile[] = [];
    for (const file of files) {
      const row = this.#createRecord(file);
      this.#rows.push(row);
      added.push(row);
    }
    this.#rows.sort((a, b) => this.#compare(a, b));
    return added;
  }

  /**
   * Edits a file as a model does with the server's own tool: the new text is a file of its own with the same name, which
   * can be downloaded, and the one that was edited stays (contract, section 9).
   */
  edit(id: string, text: string): StoredFile {
    const edited = this.#live.get(id);
    const bytes = Buffer.from(text);
    if (edited === undefined) throw new Error(`No file has the id ${id}`);
    if (bytes.byteLength > MAX_EDITED_BYTES) throw new Error('The tool writes at most 20 MB');
    const { name, mimeType, workspaceId, storage } = edited;
    return this.add({ name, mimeType, workspaceId, storage, content: createBufferContent(bytes) });
  }

  /** Removes a file and frees its bytes; false when it is not there. */
  delete(id: string): boolean {
    const row = this.#live.get(id);
    if (row === undefined) return false;
    this.#rows.splice(this.#upperBound(row) - 1, 1);
    this.#live.delete(id);
    this.#deleted.set(id, row);
    this.#addUsedBytes(row, -row.sizeBytes);
    return true;
  }

  /** Lets the listing lag behind: it stays as it is now until the function that this gives is called. Single files do not lag. */
  freezeListing(): () => void {
    this.#frozenRows = [...this.#rows];
    return () => {
      this.#frozenRows = null;
    };
  }

  /** Lists a scope's files behind an id (null: from the start); null when no file ever had that id. */
  page(scope: Scope, afterId: string | null, limit: number): StoredPage | null {
    const rows = this.#frozenRows ?? this.#rows;
    let index = 0;
    if (afterId !== null) {
      const row = this.#live.get(afterId) ?? this.#deleted.get(afterId);
      if (row === undefined) return null;
      index = this.#upperBound(row, rows);
    }
    const files: StoredFile[] = [];
    for (; index < rows.length; index += 1) {
      const file = rows[index];
      if (file === undefined || !isInScope(file, scope)) continue;
      if (files.length === limit) return { files, hasMore: true };
      files.push(file);
    }
    return { files, hasMore: false };
  }

  #createRecord(file: NewFile): StoredFileRecord {
    this.#sequence += 1;
    const record = new StoredFileRecord(file, this.#sequence, this.#options);
    if (this.#live.has(record.id) || this.#deleted.has(record.id)) {
      throw new Error(`A file with the id ${record.id} is or was already here`);
    }
    this.#live.set(record.id, record);
    this.#addUsedBytes(record, record.sizeBytes);
    return record;
  }

  #addUsedBytes(scope: Scope, bytes: number): void {
    this.#usedBytes.set(toScopeKey(scope), this.usedBytes(scope) + bytes);
  }

  #compare(a: StoredFileRecord, b: StoredFileRecord): number {
    if (this.#options.sortKey === 'id') return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
    return a.createdAt - b.createdAt || a.sequence - b.sequence;
  }

  /** Finds the first place behind all rows that are not greater. */
  #upperBound(row: StoredFileRecord, rows: readonly StoredFileRecord[] = this.#rows): number {
    let low = 0;
    let high = rows.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = rows[middle];
      if (other !== undefined && this.#compare(other, row) <= 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function isInScope(file: StoredFile, scope: Scope): boolean {
  return file.workspaceId === scope.workspaceId && file.storage === scope.storage;
}

function toScopeKey(scope: Scope): string {
  return `${scope.workspaceId} ${scope.storage}`;
}
