import { createPendingChanges } from '../../store/pending-changes.ts';
import type { HistoryKind, Store } from '../../store/store.ts';
import { readEntry, toDownload, toForgotten, toUpload } from './history-records.ts';

/** One upload that the server confirmed. */
export interface LedgerEntry {
  /** The file's id on the server. */
  readonly id: string;
  readonly name: string;
  readonly sizeBytes: number;
  /** Of the content, in lower-case hexadecimal. */
  readonly sha256: string;
  /** When it was confirmed, in milliseconds since the epoch. */
  readonly at: number;
  /** The file on this computer as it was then; null for a copy that was made for the upload, and in entries of older versions. */
  readonly source: { readonly path: string; readonly modifiedAt: number } | null;
}

/** One file that was saved to this computer. */
export interface LedgerSave {
  /** Its id on the server. */
  readonly savedId: string;
  /** Where it was put. */
  readonly path: string;
  readonly sizeBytes: number;
  /** In milliseconds since the epoch, with fractions. */
  readonly modifiedAt: number;
  readonly at: number;
}

/** A file on this computer that had the content of one on the server. */
export interface LocalRecord {
  readonly origin: 'uploaded' | 'saved';
  readonly path: string;
  readonly sizeBytes: number;
  /** Of the file on this computer, in milliseconds since the epoch, with fractions. */
  readonly modifiedAt: number;
  /** When it was uploaded or saved, in milliseconds since the epoch. */
  readonly at: number;
  /** In lower-case hexadecimal; null when it was not kept. */
  readonly sha256: string | null;
}

/** What this computer has uploaded, by content, and where it or what was saved stands: the server's listing tells of none. */
export interface Ledger {
  /** Notes an upload, in the place of one with the same id. On disk only after {@link sync}. */
  add(entry: LedgerEntry): void;
  /** Notes a save, in the place of an earlier one of the same file. On disk only after {@link sync}. */
  addSave(save: LedgerSave): void;
  /** Gives the latest that is known of a file on the server; null when it neither came from here nor was saved here. */
  findLocal(fileId: string): LocalRecord | null;
  /** Takes out what is no longer on the server; ids that are not here are passed over. */
  forget(ids: readonly string[]): void;
  /** Whether anything of this size was uploaded: without it no content needs to be hashed to be known as new. */
  hasSize(sizeBytes: number): boolean;
  /** Uploads of this content, newest first. */
  findContent(sizeBytes: number, sha256: string): readonly LedgerEntry[];
  /** Settles when all is on disk. Throws `journalUnwritable`, and tries again with the next call. */
  sync(): Promise<void>;
}

/** As many as the largest workspaces have files; beyond it the oldest are forgotten. About 50 MB of memory. */
const MAX_LEDGER_ENTRIES = 100_000;
/** A map finds its oldest key slowly when others before it are gone, so many are taken out at once. */
const FULL_RATIO = 1.1;

/** Opens the ledger of a location. */
export async function openLedger({
  store,
  locationId,
  maxEntries = MAX_LEDGER_ENTRIES,
}: {
  readonly store: Store;
  readonly locationId: string;
  readonly maxEntries?: number;
}): Promise<Ledger> {
  const changes = createPendingChanges(store);
  const uploads = createUploads(maxEntries, (kind, fileIds) =>
    changes.append([{ op: 'removeHistory', locationId, kind, fileIds }]),
  );
  await store.readHistory(locationId, (entries) => {
    for (const entry of entries) {
      const known = readEntry(entry);
      if (known) uploads.put(known);
    }
  });
  return {
    add: (entry) => {
      changes.append([toUpload(locationId, entry)]);
      uploads.put(entry);
    },
    addSave: (save) => {
      changes.append([toDownload(locationId, save)]);
      uploads.put(save);
    },
    findLocal: (fileId) => toLocalRecord(uploads.byId.get(fileId), uploads.savesById.get(fileId)),
    forget: (ids) => {
      const known = ids.filter((id) => uploads.byId.has(id) || uploads.savesById.has(id));
      if (known.length === 0) return;
      changes.append(toForgotten(locationId, known));
      uploads.forget(known);
    },
    hasSize: (sizeBytes) => uploads.countsBySize.has(sizeBytes),
    findContent: (sizeBytes, sha256) =>
      [...(uploads.byContent.get(sha256) ?? [])].filter((entry) => entry.sizeBytes === sizeBytes).reverse(),
    sync: changes.sync,
  };
}

function toLocalRecord(upload: LedgerEntry | undefined, save: LedgerSave | undefined): LocalRecord | null {
  if (save && (!upload?.source || save.at > upload.at)) {
    const { savedId: _, ...place } = save;
    return { origin: 'saved', ...place, sha256: null };
  }
  if (!upload?.source) return null;
  const { sizeBytes, at, sha256, source } = upload;
  return { origin: 'uploaded', ...source, sizeBytes, at, sha256 };
}

/** Uploads in the order in which they were noted. */
interface Uploads {
  readonly byId: ReadonlyMap<string, LedgerEntry>;
  readonly savesById: ReadonlyMap<string, LedgerSave>;
  /** How many there are of a size, in bytes. */
  readonly countsBySize: ReadonlyMap<number, number>;
  /** By the hash of their content; nearly always one. */
  readonly byContent: ReadonlyMap<string, readonly LedgerEntry[]>;
  put(entry: LedgerEntry | LedgerSave): void;
  forget(ids: readonly string[]): void;
}

/** `onDropped` is told of the oldest entries that there is no more place for. */
function createUploads(
  maxEntries: number,
  onDropped: (kind: HistoryKind, ids: readonly string[]) => void,
): Uploads {
  const byId = new Map<string, LedgerEntry>();
  const savesById = new Map<string, LedgerSave>();
  const countsBySize = new Map<number, number>();
  const byContent = new Map<string, readonly LedgerEntry[]>();
  const remove = (id: string) => {
    const entry = byId.get(id);
    if (!entry) return;
    byId.delete(id);
    const { sizeBytes, sha256 } = entry;
    const count = (countsBySize.get(sizeBytes) ?? 0) - 1;
    if (count > 0) countsBySize.set(sizeBytes, count);
    else countsBySize.delete(sizeBytes);
    const others = (byContent.get(sha256) ?? []).filter((other) => other !== entry);
    if (others.length > 0) byContent.set(sha256, others);
    else byContent.delete(sha256);
  };
  const dropOldest = (
    kind: HistoryKind,
    entries: ReadonlyMap<string, unknown>,
    drop: (id: string) => void,
  ) => {
    if (entries.size <= maxEntries * FULL_RATIO) return;
    const ids = [...entries.keys()].slice(0, entries.size - maxEntries);
    for (const id of ids) drop(id);
    onDropped(kind, ids);
  };
  const add = (entry: LedgerEntry) => {
    const { id, sizeBytes, sha256 } = entry;
    remove(id);
    byId.set(id, entry);
    countsBySize.set(sizeBytes, (countsBySize.get(sizeBytes) ?? 0) + 1);
    byContent.set(sha256, [...(byContent.get(sha256) ?? []), entry]);
    dropOldest('upload', byId, remove);
  };
  const addSave = (save: LedgerSave) => {
    savesById.delete(save.savedId);
    savesById.set(save.savedId, save);
    dropOldest('download', savesById, (id) => savesById.delete(id));
  };
  return {
    byId,
    savesById,
    countsBySize,
    byContent,
    put: (entry) => ('id' in entry ? add(entry) : addSave(entry)),
    forget: (ids) => {
      for (const id of ids) {
        remove(id);
        savesById.delete(id);
      }
    },
  };
}
