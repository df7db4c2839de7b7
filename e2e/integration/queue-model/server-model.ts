import type { RemoteFile } from '#app/files/remote-file.ts';
import type { ListPage, ListPosition } from '../../../main/file-store/listing.ts';

/** A file as the server holds it. */
export interface ServerFile extends RemoteFile {
  readonly content: Buffer;
  /** The transfer that uploaded it; null when another program did. */
  readonly transferId: string | null;
  /** By the clock of this computer, in milliseconds since the epoch. */
  readonly storedAt: number;
}

/** What is stored of an upload. */
export type NewFile = Pick<ServerFile, 'name' | 'content' | 'transferId'>;

/** The server's files. */
export interface ServerModel {
  /** All that were ever there, by id. */
  readonly everStored: ReadonlyMap<string, ServerFile>;
  files(): readonly ServerFile[];
  find(id: string): ServerFile | undefined;
  add(file: NewFile, isSaveable?: boolean): ServerFile;
  /** Stores a file after a time in milliseconds, whatever becomes of the connection; settles with it never if the process that asks ends. */
  addLater(file: NewFile, ms: number): { stored(): ServerFile };
  remove(id: string): void;
  /** Of a garbled page the last row cannot be read. */
  readPage(from: ListPosition | null, isGarbled: boolean): ListPage;
}

const PAGE_ROWS = 3;

/** Makes an empty server, whose clock is so many milliseconds ahead of this computer's. */
export function createServerModel(clockAheadMs: number): ServerModel {
  const everStored = new Map<string, ServerFile>();
  const gone = new Set<string>();
  const coming: { readonly at: number; store(): void }[] = [];

  const add = (file: NewFile, isSaveable = false, storedAt = Date.now()) => {
    const number = String(everStored.size + 1).padStart(4, '0');
    const stored: ServerFile = {
      ...file,
      id: `or_file_${number}`,
      mimeType: 'text/plain',
      sizeBytes: file.content.length,
      createdAt: storedAt + clockAheadMs,
      isSaveable,
      storedAt,
    };
    everStored.set(stored.id, stored);
    return stored;
  };
  /** Stores what has come due; the server needs no timers, which a crash of the app would end. */
  const advance = () => {
    coming.sort((one, other) => one.at - other.at);
    while (coming[0] && coming[0].at <= Date.now()) coming.shift()?.store();
  };
  const files = () => {
    advance();
    return [...everStored.values()].filter(({ id }) => !gone.has(id));
  };
  return {
    everStored,
    files,
    find: (id) => files().find((file) => file.id === id),
    add: (file, isSaveable) => {
      advance();
      return add(file, isSaveable);
    },
    addLater: (file, ms) => {
      const at = Date.now() + ms;
      let stored: ServerFile | null = null;
      coming.push({
        at,
        store: () => {
          stored = add(file, false, at);
        },
      });
      return {
        stored: () => {
          advance();
          if (!stored) throw new Error('It is not stored yet');
          return stored;
        },
      };
    },
    remove: (id) => {
      gone.add(id);
    },
    readPage: (from, isGarbled) => {
      const after = from === null ? '' : from.by === 'after' ? from.id : from.cursor;
      const rest = files().filter(({ id }) => id > after);
      const rows = rest.slice(0, PAGE_ROWS);
      const last = rows.at(-1);
      const next = last && rest.length > rows.length ? ({ by: 'cursor', cursor: last.id } as const) : null;
      const unreadableRows = isGarbled ? Math.min(1, rows.length) : 0;
      const readable = rows.slice(0, rows.length - unreadableRows);
      return {
        files: readable.map(toRemoteFile),
        unreadableRows,
        next,
        lastId: last?.id ?? null,
        unreadableBehind: 0,
      };
    },
  };
}

/** Gives what the wire tells of a file. */
export function toRemoteFile(file: ServerFile): RemoteFile {
  const { id, name, mimeType, sizeBytes, createdAt, isSaveable } = file;
  return { id, name, mimeType, sizeBytes, createdAt, isSaveable };
}
