import { join } from 'node:path';
import type { FilesEvents } from '#app/contract/files-contract.ts';
import type { Account } from '../../main/accounts/account.ts';
import { systemClock } from '../../main/engine/clock.ts';
import type { FileStore } from '../../main/file-store/file-store.ts';
import type { EmitEvent } from '../../main/ipc/register-bridge.ts';
import { openLocation } from '../../main/locations/open-location.ts';
import { createOpenLocations, type OpenLocations } from '../../main/locations/open-locations.ts';
import { createOpenRouterClient } from '../../main/openrouter/client.ts';
import type { Transport } from '../../main/openrouter/transport.ts';
import { createMemoryStore } from '../../main/store/memory-store.ts';
import type { Store } from '../../main/store/store.ts';

/** What locations are opened with. */
export interface TestLocationsParts {
  /** Where all of them keep their records. */
  readonly folder: string;
  readonly transport: Transport;
  readonly store?: Store;
  readonly emit?: EmitEvent<FilesEvents>;
  readonly undoMs?: number;
}

/** Makes a client of an account, as the app does. */
export function toTestClient(
  { endpoint, key }: Pick<Account, 'endpoint' | 'key'>,
  transport: Transport,
): FileStore {
  return createOpenRouterClient({
    endpoint,
    key,
    transport,
    sendForContent: transport.sendForContent,
    redact: (text) => text,
  });
}

/** Makes the app's registry of open locations over real HTTP. */
export function createTestLocations({
  folder,
  transport,
  store = createMemoryStore(),
  emit = () => undefined,
  undoMs = 10_000,
}: TestLocationsParts): OpenLocations {
  return createOpenLocations((account, locationId) =>
    openLocation({
      locationId,
      account,
      client: toTestClient(account, transport),
      clock: systemClock,
      store,
      listingsFolder: join(folder, 'listings'),
      readUndoMs: () => undoMs,
      onIndexChange: (status) => emit('fileIndexChanged', { locationId, status }),
      onDeletionChange: (deletion) => emit('deletionChanged', { locationId, deletion }),
      onDeletionsRest: () => undefined,
      onSelectionChange: (viewId) => emit('selectionChanged', { locationId, viewId }),
      transfers: {
        folder: join(folder, 'transfers'),
        concurrency: 3,
        onUpdate: (update) => emit('transfersChanged', { locationId, update }),
        onProgress: () => undefined,
        onRest: () => undefined,
      },
      toUnexpected: (cause) => {
        throw cause;
      },
    }),
  );
}
