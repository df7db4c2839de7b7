import type { AppError } from '#app/errors.ts';
import type { Deletion } from '#app/files/deletion.ts';
import type { FileIndexStatus } from '#app/files/file-index-status.ts';
import { DELETE_GRACE_MS } from '#app/limits.ts';
import type { TransferUpdate } from '#app/transfers/transfer.ts';
import type { Account } from '../accounts/account.ts';
import { createDeletions, type Deletions } from '../deletions/deletions.ts';
import { createFileIndex, type FileIndex } from '../file-index/file-index.ts';
import type { OpenRouterClient } from '../openrouter/client.ts';
import { createTransferQueue, type TransferQueue } from '../transfers/transfer-queue.ts';
import { createTransferUpdates, type TransferUpdates } from '../transfers/transfer-updates.ts';

/** What a location is made of. */
export interface LocationParts {
  readonly account: Account;
  readonly client: OpenRouterClient;
  readonly onIndexChange: (status: FileIndexStatus) => void;
  readonly onDeletionChange: (deletion: Deletion) => void;
  readonly onTransferUpdate: (update: TransferUpdate) => void;
  readonly toUnexpected: (cause: unknown) => AppError;
}

/** One account's files, and the work under way on them. */
export interface OpenLocation {
  readonly account: Account;
  readonly client: OpenRouterClient;
  readonly index: FileIndex;
  readonly deletions: Deletions;
  readonly transfers: TransferQueue;
  readonly transferUpdates: TransferUpdates;
  /** Ends all work: transfers are cancelled, deletions that have not been sent are dropped. */
  close(): Promise<void>;
}

const TRANSFER_CONCURRENCY = 3;

/** Opens a location and begins to read its files. */
export function openLocation(parts: LocationParts): OpenLocation {
  const { account, client, toUnexpected } = parts;
  const index = createFileIndex({ listFiles: client.listFiles, onChange: parts.onIndexChange, toUnexpected });
  const deletions = createDeletions({
    deleteFile: client.deleteFile,
    readFile: client.readFile,
    findName: (id) => index.find(id)?.name,
    graceMs: DELETE_GRACE_MS,
    onDeleted: index.remove,
    onChange: parts.onDeletionChange,
    toUnexpected,
  });
  const transferUpdates = createTransferUpdates(parts.onTransferUpdate);
  const transfers = createTransferQueue({
    concurrency: TRANSFER_CONCURRENCY,
    onChange: transferUpdates.note,
    toUnexpected,
  });
  void index.refresh();
  return {
    account,
    client,
    index,
    deletions,
    transfers,
    transferUpdates,
    close: async () => {
      index.close();
      deletions.close();
      transferUpdates.close();
      await transfers.close();
    },
  };
}
