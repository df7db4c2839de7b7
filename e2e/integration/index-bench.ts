import { afterEach, beforeEach } from 'vitest';
import type { FileIndexStatus } from '#app/files/file-index-status.ts';
import { type FileQuery, NO_FILTER } from '#app/files/file-query.ts';
import type { RemoteFile } from '#app/files/remote-file.ts';
import {
  createFileIndex,
  type FileIndex,
  type FileIndexParts,
  type IndexPage,
} from '../../main/file-index/file-index.ts';
import { type LocalServer, startServer } from '../server/server.ts';
import { createTestClient } from './location.ts';

/** What every test of the index has at hand; fresh for each. */
export interface IndexBench {
  readonly server: LocalServer;
  /** The index that was opened last; one without a copy on disk is open at the start. */
  readonly index: FileIndex;
  /** Every status that any index has told, in order. */
  readonly changes: readonly FileIndexStatus[];
  /** Closes the index and opens another one. */
  readonly open: (parts?: Partial<FileIndexParts>) => Promise<void>;
  /** Settles when the index has told of a status for which the predicate holds, or has it. */
  readonly until: (predicate: (status: FileIndexStatus) => boolean) => Promise<void>;
  /** Asks for a page: of all files, newest first, unless told. */
  readonly query: (next?: Partial<FileQuery>) => Promise<IndexPage>;
  /** Names of files and paths of folders that such a page shows. */
  readonly names: (next?: Partial<FileQuery>) => Promise<readonly string[]>;
  readonly find: (search: string) => Promise<readonly string[]>;
}

const ALL: FileQuery = {
  filter: NO_FILTER,
  folder: null,
  sort: { by: 'created', isDescending: true },
  offset: 0,
  limit: 1000,
};

/** Registers set-up and clean-up for the tests of a file, and gives what they use. */
export function setUpIndex(): IndexBench {
  let server: LocalServer;
  let index: FileIndex;
  let changes: FileIndexStatus[];
  let watchers: Set<() => void>;

  const openIndex = (parts: Partial<FileIndexParts> = {}) =>
    createFileIndex({
      ...createTestClient(server),
      onChange: (status) => {
        changes.push(status);
        for (const watch of watchers) watch();
      },
      toUnexpected: (cause) => {
        throw cause;
      },
      ...parts,
    });
  beforeEach(async () => {
    server = await startServer();
    changes = [];
    watchers = new Set();
    index = openIndex();
  });
  afterEach(async () => {
    await index.close();
    await server.close();
  });
  const query = (next: Partial<FileQuery> = {}) => index.query({ ...ALL, ...next });
  const names = async (next: Partial<FileQuery> = {}) =>
    (await query(next)).rows.map((row) => ('kind' in row ? `${row.path}/` : row.name));
  return {
    get server() {
      return server;
    },
    get index() {
      return index;
    },
    get changes() {
      return changes;
    },
    open: async (parts) => {
      await index.close();
      index = openIndex(parts);
    },
    until: (predicate) =>
      new Promise((resolve) => {
        const watch = () => {
          if (!predicate(index.status())) return;
          watchers.delete(watch);
          resolve();
        };
        watchers.add(watch);
        watch();
      }),
    query,
    names,
    find: (search) => names({ filter: { ...NO_FILTER, search } }),
  };
}

/** Makes a file that no test's server knows of. */
export function createForeignFile(id: string): RemoteFile {
  return {
    id,
    name: 'new',
    mimeType: 'text/plain',
    sizeBytes: 1,
    createdAt: Date.now(),
    isSaveable: false,
  };
}
