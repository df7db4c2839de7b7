import { join } from 'node:path';
import type { Deletion } from '#app/files/deletion.ts';
import type { Transfer } from '#app/transfers/transfer.ts';
import { systemClock } from '../../../main/engine/clock.ts';
import { createFilesHandlers } from '../../../main/locations/files-handlers.ts';
import { openLocation } from '../../../main/locations/open-location.ts';
import { createOpenRouterClient } from '../../../main/openrouter/client.ts';
import { createNetwork } from '../../../main/openrouter/network.ts';
import { openLog } from '../../../main/security/log.ts';
import { createRedactor } from '../../../main/security/redaction.ts';
import { openStore } from '../../../main/store/open-store.ts';
import { commandsIn } from '../../integration/commands-in.ts';
import type { EngineAccount, PlannedSave } from './engine-messages.ts';

/** The transfer engine of one account, put together as main/index.ts does, and driven by the window's own commands. */
export interface Engine {
  upload(paths: readonly string[]): Promise<unknown>;
  save(saves: readonly PlannedSave[]): Promise<unknown>;
  cancel(ids: readonly string[]): void;
  /** Reads the listing once more and deletes files; gives how long that took without the undo time, in milliseconds. */
  delete(fileIds: readonly string[]): Promise<number>;
  /** Oldest first. */
  list(): readonly Transfer[];
  /** Settles when the queue comes to rest next and all of it is on disk. */
  whenAtRest(): Promise<void>;
  /** Settles when that is on disk, too. */
  clearFinished(): Promise<void>;
}

const READ_DEADLINE_MS = 10_000;

/** Opens the engine; settles when it knows the account's files. */
export async function openEngine({ endpoint, key, folder, concurrency }: EngineAccount): Promise<Engine> {
  let onRest: () => void = () => undefined;
  let onDeletion: (deletion: Deletion) => void = () => undefined;
  let targets: ReadonlyMap<string, string> = new Map();
  const transport = createNetwork();
  const redactor = createRedactor();
  const log = openLog(redactor);
  const { store } = await openStore({
    folder: join(folder, 'records'),
    journalsFolder: folder,
    clock: systemClock,
    onProblem: (cause) => log.unexpected('records', cause),
  });
  const location = await openLocation({
    locationId: 'bench',
    account: { id: 'bench', endpoint, key, keyLabel: null, keyStorage: 'environment' },
    client: createOpenRouterClient({
      endpoint,
      key,
      transport,
      sendForContent: transport.sendForContent,
      redact: redactor.redact,
    }),
    clock: systemClock,
    store,
    // Nobody is there to undo anything, and the wait is no part of what is measured.
    readUndoMs: () => 0,
    listingsFolder: join(folder, 'listings'),
    onIndexChange: () => undefined,
    onDeletionChange: (deletion) => onDeletion(deletion),
    onDeletionsRest: () => undefined,
    onSelectionChange: () => undefined,
    // There is no window to tell; what it would be told is written to disk before, all the same.
    transfers: {
      folder,
      concurrency,
      onUpdate: () => undefined,
      onProgress: () => undefined,
      onRest: () => onRest(),
    },
    toUnexpected: log.toUnexpected,
  });
  const { index, transfers } = location;
  await index.whenRead(AbortSignal.timeout(READ_DEADLINE_MS));
  const handlers = createFilesHandlers({
    session: () => ({ phase: 'unlocking' }),
    now: systemClock.now,
    location: () => location,
    unlock: async () => undefined,
    signOut: async () => undefined,
    openConnect: () => undefined,
    writeClipboard: () => undefined,
    chooseFolder: async () => null,
    chooseTargets: async (files) => files.map(({ id }) => ({ path: targets.get(id) ?? '', replaces: null })),
    chooseReplacement: async () => null,
    showInFolder: () => undefined,
    startDrag: async () => undefined,
    keepConcurrency: async () => undefined,
  });
  const commands = commandsIn(handlers, { locationId: location.id, viewId: location.views.open().id });
  return {
    upload: async (paths) => commands.uploadPaths({ paths, withoutPath: [] }),
    save: async (saves) => {
      targets = new Map(saves.map(({ fileId, path }) => [fileId, path]));
      return commands.saveFiles({ target: { kind: 'rows', keys: [...targets.keys()] } });
    },
    cancel: (ids) => void commands.cancelTransfers({ ids }),
    delete: async (fileIds) => {
      await index.refresh();
      const draft = await commands.draftDeletion({ target: { kind: 'rows', keys: fileIds } });
      if (draft.count !== fileIds.length) throw new Error(`${draft.count} files would be deleted`);
      let startedAt: number | null = null;
      const ended = new Promise<number>((resolve) => {
        onDeletion = ({ phase }) => {
          if (phase === 'deleting') startedAt ??= performance.now();
          if (phase === 'finished') resolve(performance.now());
        };
      });
      await commands.beginDeletion({ id: draft.id, count: draft.count });
      const endedAt = await ended;
      const [deletion] = location.deletions.list();
      if (!deletion || deletion.deletedCount !== fileIds.length || startedAt === null)
        throw new Error(
          `${deletion?.deletedCount} files were deleted: ${JSON.stringify(deletion?.failures[0])}`,
        );
      location.deletions.acknowledge([deletion.id]);
      return endedAt - startedAt;
    },
    list: transfers.queue.list,
    whenAtRest: async () => {
      await new Promise<void>((resolve) => {
        onRest = resolve;
      });
      await transfers.snapshot();
    },
    clearFinished: async () => {
      commands.clearFinishedTransfers({});
      await transfers.snapshot();
    },
  };
}
