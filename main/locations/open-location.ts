import type { AppError } from '#app/errors.ts';
import type { Deletion } from '#app/files/deletion.ts';
import type { FileIndexStatus } from '#app/files/file-index-status.ts';
import { DELETE_GRACE_MS } from '#app/limits.ts';
import { type Account, toLocationId } from '../accounts/account.ts';
import { createDeletions, type Deletions } from '../deletions/deletions.ts';
import { createFileIndex, type FileIndex } from '../file-index/file-index.ts';
import type { OpenRouterClient } from '../openrouter/client.ts';
import { openTransfers, type Transfers, type TransfersParts } from '../transfers/open-transfers.ts';
import { systemClock } from '../transfers/queue/clock.ts';
import type { KnownFiles } from '../transfers/queue/upload-worker.ts';

/** What a location is made of. */
export interface LocationParts {
  readonly account: Account;
  readonly client: OpenRouterClient;
  readonly onIndexChange: (status: FileIndexStatus) => void;
  readonly onDeletionChange: (deletion: Deletion) => void;
  readonly transfers: Pick<TransfersParts, 'folder' | 'concurrency' | 'onUpdate' | 'onProgress' | 'onRest'>;
  readonly toUnexpected: (cause: unknown) => AppError;
}

/** One account's files, and the work under way on them. */
export interface OpenLocation {
  readonly account: Account;
  readonly client: OpenRouterClient;
  readonly index: FileIndex;
  readonly deletions: Deletions;
  readonly transfers: Transfers;
  /** Ends all work: transfers are kept for the next time, deletions that have not been sent are dropped. */
  close(): Promise<void>;
}

/** Opens a location, begins to read its files and goes on with its transfers. */
export async function openLocation(parts: LocationParts): Promise<OpenLocation> {
  const { account, client, toUnexpected } = parts;
  const index = createFileIndex({ listFiles: client.listFiles, onChange: parts.onIndexChange, toUnexpected });
  void index.refresh();
  const transfers = await openTransfers({
    ...parts.transfers,
    locationId: toLocationId(account),
    client,
    files: toKnownFiles(index),
    clock: systemClock,
    // What could not be read while there was no network can be now.
    onReachable: () => void index.refresh(),
    toUnexpected,
  });
  const deletions = createDeletions({
    deleteFile: client.deleteFile,
    readFile: client.readFile,
    findName: (id) => index.find(id)?.name,
    graceMs: DELETE_GRACE_MS,
    onDeleted: (ids) => {
      index.remove(ids);
      transfers.forget(ids);
    },
    onChange: parts.onDeletionChange,
    toUnexpected,
  });
  return {
    account,
    client,
    index,
    deletions,
    transfers,
    close: async () => {
      index.close();
      deletions.close();
      await transfers.close();
    },
  };
}

/** Gives transfers what they may know of an index. */
export function toKnownFiles(index: FileIndex): KnownFiles {
  return {
    whenRead: index.whenRead,
    isComplete: () => index.status().completedAt !== null,
    has: (id) => index.find(id) !== undefined,
    findSame: index.findSame,
    totalBytes: index.totalBytes,
    put: index.put,
    followReading: index.followReading,
  };
}
