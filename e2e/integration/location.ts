import type { Transfer } from '#app/transfers/transfer.ts';
import type { DiskPatience } from '../../main/disk/disk-patience.ts';
import type { Clock } from '../../main/engine/clock.ts';
import { systemClock } from '../../main/engine/clock.ts';
import { createPacer } from '../../main/engine/pacer.ts';
import { createFileIndex, type FileIndex } from '../../main/file-index/file-index.ts';
import type { FileStore } from '../../main/file-store/file-store.ts';
import { toKnownFiles } from '../../main/locations/open-location.ts';
import { createOpenRouterClient } from '../../main/openrouter/client.ts';
import { createTransport, type TransportParts } from '../../main/openrouter/transport.ts';
import { createMemoryStore } from '../../main/store/memory-store.ts';
import type { Store } from '../../main/store/store.ts';
import { openTransfers, type Transfers } from '../../main/transfers/open-transfers.ts';
import type { LocalServer } from '../server/server.ts';

/** How a location is opened. */
export interface TestLocationOptions {
  /** Where records are kept; the same for a second opening. */
  readonly folder: string;
  /** What outlasts it besides; for a second opening the same. In memory unless told. */
  readonly store?: Store;
  /** How many times faster than the computer's the queue's clock runs: waits of half a minute are then short. */
  readonly speed?: number;
  readonly concurrency?: number;
  readonly diskPatience?: DiskPatience;
  readonly timeouts?: TransportParts['timeouts'];
  readonly readAuthorities?: TransportParts['readAuthorities'];
}

/** Main's parts for one server, wired as in the app but for what needs Electron. */
export interface TestLocation {
  readonly client: FileStore;
  readonly index: FileIndex;
  readonly transfers: Transfers;
  /** Every change of every transfer that was told, in order. */
  readonly told: readonly Transfer[];
  /** Settles with the first state of a transfer, past or future, for which the predicate holds. */
  readonly waitFor: (predicate: (transfer: Transfer) => boolean) => Promise<Transfer>;
  /** Adds an upload, of a file that was found with this size in bytes, and answers its transfer's id. */
  readonly upload: (path: string, name: string, sizeBytes?: number) => string;
  /** Settles when nothing is under way. */
  readonly whenAtRest: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Makes a client over Node's own transports. */
export function createTestClient(server: LocalServer, transport = createTransport()): FileStore {
  return createOpenRouterClient({
    endpoint: server.baseUrl,
    key: server.apiKey,
    transport,
    sendForContent: transport.sendForContent,
    redact: (text) => text,
  });
}

/** Opens a location and reads its listing. */
export async function openTestLocation(
  server: LocalServer,
  options: TestLocationOptions,
): Promise<TestLocation> {
  const { timeouts, readAuthorities, diskPatience } = options;
  const transport = createTransport({
    ...(timeouts ? { timeouts } : {}),
    ...(readAuthorities ? { readAuthorities } : {}),
  });
  const client = createTestClient(server, transport);
  const toUnexpected = (cause: unknown): never => {
    throw cause;
  };
  const index = createFileIndex({ ...client, onChange: () => undefined, toUnexpected });
  void index.refresh();
  const clock = options.speed ? createFastClock(options.speed) : systemClock;
  const pacer = createPacer({ clock, probe: async (signal) => void (await client.checkKey(signal)) });
  pacer.listen({ onReachable: () => void index.refresh() });
  const told: Transfer[] = [];
  const watchers = new Set<() => void>();
  const transfers = await openTransfers({
    folder: options.folder,
    locationId: 'test',
    store: options.store ?? createMemoryStore(),
    client,
    files: toKnownFiles(index),
    clock,
    ...(diskPatience ? { diskPatience } : {}),
    concurrency: options.concurrency ?? 3,
    onUpdate: ({ changed }) => {
      told.push(...changed);
      for (const watch of [...watchers]) watch();
    },
    onProgress: () => undefined,
    onRest: () => {
      for (const watch of [...watchers]) watch();
    },
    pacer,
    onReplacement: () => undefined,
    mayBeDeletedHere: () => false,
    toUnexpected,
  });
  const until = <Found>(look: () => Found | undefined) =>
    new Promise<Found>((resolve) => {
      const watch = () => {
        const found = look();
        if (found === undefined) return;
        watchers.delete(watch);
        resolve(found);
      };
      watchers.add(watch);
      watch();
    });
  return {
    client,
    index,
    transfers,
    told,
    waitFor: (predicate) => until(() => told.find(predicate)),
    upload: (path, name, sizeBytes = 1) => {
      const known = new Set(transfers.queue.list().map(({ id }) => id));
      transfers.queue.add([{ direction: 'upload', path, name, sizeBytes }]);
      const added = transfers.queue.list().find(({ id }) => !known.has(id));
      if (!added) throw new Error('The queue took no upload');
      return added.id;
    },
    whenAtRest: async () => {
      await until(() => (transfers.queue.isBusy() ? undefined : true));
      await transfers.snapshot();
    },
    close: async () => {
      index.close();
      await transfers.close();
      pacer.close();
      transport.close();
    },
  };
}

/** A clock that runs faster than the computer's. */
export function createFastClock(speed: number): Clock {
  const start = Date.now();
  return {
    now: () => Math.round(start + (Date.now() - start) * speed),
    sleep: (ms, signal) => systemClock.sleep(ms / speed, signal),
  };
}
