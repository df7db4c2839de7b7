import type { RemoteFile } from '#app/files/remote-file.ts';
import type { Transfer } from '#app/transfers/transfer.ts';
import { createFileIndex, type FileIndex } from '../../main/file-index/file-index.ts';
import { createOpenRouterClient, type OpenRouterClient } from '../../main/openrouter/client.ts';
import {
  createTransferQueue,
  type TransferJob,
  type TransferQueue,
} from '../../main/transfers/transfer-queue.ts';
import type { LocalServer } from '../server/server.ts';
import { sendOverNode } from './send-over-node.ts';

/** Main's parts for one server, wired as in the app but for the transport that needs Electron. */
export interface TestLocation {
  readonly client: OpenRouterClient;
  readonly index: FileIndex;
  readonly queue: TransferQueue;
  /** Every change of every transfer, in order. */
  readonly changes: readonly Transfer[];
  /** Settles with the first transfer, past or future, for which the predicate holds. */
  readonly waitFor: (predicate: (transfer: Transfer) => boolean) => Promise<Transfer>;
  /** Adds a job and waits until it is in the given state. */
  readonly run: (job: TransferJob, until: Transfer['state']) => Promise<Transfer>;
  readonly uploaded: readonly RemoteFile[];
  readonly onUploaded: (file: RemoteFile) => void;
}

/** Wires the parts. */
export function createTestLocation(server: LocalServer): TestLocation {
  const client = createOpenRouterClient({
    endpoint: server.baseUrl,
    key: server.apiKey,
    send: sendOverNode,
    redact: (text) => text,
  });
  const toUnexpected = (cause: unknown): never => {
    throw cause;
  };
  const changes: Transfer[] = [];
  const waiters = new Set<(transfer: Transfer) => void>();
  const queue = createTransferQueue({
    concurrency: 3,
    toUnexpected,
    onChange: (transfer) => {
      changes.push(transfer);
      for (const waiter of [...waiters]) waiter(transfer);
    },
  });
  const waitFor: TestLocation['waitFor'] = (predicate) =>
    new Promise((resolve) => {
      const past = changes.find(predicate);
      if (past) return resolve(past);
      const waiter = (transfer: Transfer) => {
        if (!predicate(transfer)) return;
        waiters.delete(waiter);
        resolve(transfer);
      };
      waiters.add(waiter);
    });
  const uploaded: RemoteFile[] = [];
  return {
    client,
    index: createFileIndex({ listFiles: client.listFiles, onChange: () => undefined, toUnexpected }),
    queue,
    changes,
    waitFor,
    run: async (job, until) => {
      const before = changes.length;
      queue.add([job]);
      const id = changes[before]?.id;
      return waitFor((transfer) => transfer.id === id && transfer.state === until);
    },
    uploaded,
    onUploaded: (file) => uploaded.push(file),
  };
}
