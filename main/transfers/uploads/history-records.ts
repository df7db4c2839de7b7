import * as z from 'zod';
import type { HistoryEntry, StoreChange } from '../../store/store.ts';
import type { LedgerEntry, LedgerSave } from './ledger.ts';

const upload = z.object({
  name: z.string(),
  sizeBytes: z.int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  at: z.number(),
  source: z.object({ path: z.string().min(1), modifiedAt: z.number() }).nullable(),
});
const download = z.object({
  path: z.string().min(1),
  sizeBytes: z.int().nonnegative(),
  modifiedAt: z.number(),
  at: z.number(),
});

/** Gives the step that records an upload. */
export function toUpload(locationId: string, entry: LedgerEntry): StoreChange {
  const { id, name, sizeBytes, sha256, at, source } = entry;
  const detail: z.infer<typeof upload> = { name, sizeBytes, sha256, at, source };
  return { op: 'putHistory', locationId, kind: 'upload', fileId: id, detail };
}

/** Gives the step that records a download. */
export function toDownload(locationId: string, save: LedgerSave): StoreChange {
  const { savedId, path, sizeBytes, modifiedAt, at } = save;
  const detail: z.infer<typeof download> = { path, sizeBytes, modifiedAt, at };
  return { op: 'putHistory', locationId, kind: 'download', fileId: savedId, detail };
}

/** Gives the steps that forget files. */
export function toForgotten(locationId: string, fileIds: readonly string[]): readonly StoreChange[] {
  return [
    { op: 'removeHistory', locationId, kind: 'upload', fileIds },
    { op: 'removeHistory', locationId, kind: 'download', fileIds },
  ];
}

/** Reads an entry; null for what makes no sense. */
export function readEntry({ kind, fileId, detail }: HistoryEntry): LedgerEntry | LedgerSave | null {
  if (kind === 'upload') {
    const { data } = upload.safeParse(detail);
    return data ? { id: fileId, ...data } : null;
  }
  const { data } = download.safeParse(detail);
  return data ? { savedId: fileId, ...data } : null;
}
