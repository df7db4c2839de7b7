import type { AppError } from '#app/errors.ts';
import type { TransferSnapshot, TransferUpdate } from '#app/transfers/transfer.ts';
import { createPacer } from '../../../main/engine/pacer.ts';
import { createFileIndex, type FileIndex } from '../../../main/file-index/file-index.ts';
import type { FileStore } from '../../../main/file-store/file-store.ts';
import { toKnownFiles } from '../../../main/locations/open-location.ts';
import type { Store } from '../../../main/store/store.ts';
import { openTransfers, type Transfers } from '../../../main/transfers/open-transfers.ts';
import { virtualClock } from './virtual-time.ts';

/** What a process is started with. */
export interface ProcessParts {
  readonly folder: string;
  readonly store: Store;
  /** What transfers ask the server through. */
  readonly client: FileStore;
  /** What the index of files asks the server through. */
  readonly listFiles: FileStore['listFiles'];
  readonly concurrency: number;
  readonly onTold: (told: TransferUpdate | TransferSnapshot) => void;
  readonly onRest: () => void;
  readonly toUnexpected: (cause: unknown) => AppError;
}

/** Main's transfers and index, wired as in the app. */
export interface AppProcess {
  readonly index: FileIndex;
  /** Undefined while the records are being read. */
  transfers(): Transfers | undefined;
}

/** Starts one; it goes on as the virtual time does. */
export function startProcess(parts: ProcessParts): AppProcess {
  const { toUnexpected } = parts;
  const index = createFileIndex({
    capabilities: parts.client.capabilities,
    listFiles: parts.listFiles,
    readFile: parts.client.readFile,
    clock: virtualClock,
    onChange: () => undefined,
    toUnexpected,
  });
  const pacer = createPacer({
    clock: virtualClock,
    probe: async (signal) => void (await parts.client.checkKey(signal)),
  });
  pacer.listen({ onReachable: () => void index.refresh() });
  let transfers: Transfers | undefined;
  void index.refresh();
  openTransfers({
    folder: parts.folder,
    locationId: 'model',
    store: parts.store,
    client: parts.client,
    files: toKnownFiles(index),
    clock: virtualClock,
    concurrency: parts.concurrency,
    onUpdate: parts.onTold,
    onProgress: () => undefined,
    onRest: parts.onRest,
    pacer,
    onReplacement: () => undefined,
    mayBeDeletedHere: () => false,
    toUnexpected,
  }).then((opened) => {
    transfers = opened;
  }, toUnexpected);
  return { index, transfers: () => transfers };
}
