import { join } from 'node:path';
import type { LostRecords } from '#app/accounts/session.ts';
import type { Deletion } from '#app/files/deletion.ts';
import { DEFAULT_UNDO_SECONDS } from '#app/limits.ts';
import type { DiskPatience } from '../../main/disk/disk-patience.ts';
import { systemClock } from '../../main/engine/clock.ts';
import type { LocationCapabilities } from '../../main/file-store/location-capabilities.ts';
import { createFilesHandlers, type FilesHandlersParts } from '../../main/locations/files-handlers.ts';
import { type OpenLocation, openLocation } from '../../main/locations/open-location.ts';
import { isBusy } from '../../main/locations/unfinished-work.ts';
import { createTransport } from '../../main/openrouter/transport.ts';
import { openStore } from '../../main/store/open-store.ts';
import type { LocalServer } from '../server/server.ts';
import { type CommandsIn, commandsIn } from './commands-in.ts';
import { createFastClock, createTestClient } from './location.ts';

/** A location as the app opens it, with the commands of a window and what the window is told. */
export interface WindowLocation {
  readonly location: OpenLocation;
  /** What could not be read of records, as the session tells it. */
  readonly lostRecords: readonly LostRecords[];
  readonly handlers: CommandsIn;
  /** Opens another view of the location. */
  readonly openView: () => CommandsIn;
  /** Gives the commands as of a view with this id. */
  readonly inView: (viewId: string) => CommandsIn;
  /** Every change of a deletion that was told. */
  readonly deletions: readonly Deletion[];
  /** Settles with the first change of a deletion, past or future, for which the predicate holds. */
  readonly waitForDeletion: (predicate: (deletion: Deletion) => boolean) => Promise<Deletion>;
  /** How often the window was told that main has changed the selection. */
  readonly selectionChangeCount: () => number;
  /** Whether anything was under way each time the transfers came to rest. */
  readonly wasBusyAtRests: () => readonly boolean[];
  /** What was put on the clipboard last. */
  readonly clipboard: () => string;
  /** Ends all work as the person signs out, and the app with it. */
  readonly signOut: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** How a location is opened. */
export interface WindowLocationOptions {
  readonly folder: string;
  /** How many times faster than the computer's the clock runs. */
  readonly speed?: number;
  /** How long a deletion can be undone, in milliseconds on that clock. */
  readonly undoMs?: number;
  readonly diskPatience?: DiskPatience;
  /** Told what is wrong with the store; without it nothing may be. */
  readonly onStoreProblem?: (cause: unknown) => void;
  /** What the storage can do otherwise than OpenRouter's. */
  readonly capabilities?: Partial<LocationCapabilities>;
  /** What the person and the system do. */
  readonly system?: Partial<FilesHandlersParts>;
}

/** Opens a location over real HTTP and reads its listing; only what needs Electron is not the app's own. */
export async function openWindowLocation(
  server: LocalServer,
  options: WindowLocationOptions,
): Promise<WindowLocation> {
  const { folder, speed, undoMs = DEFAULT_UNDO_SECONDS * 1000, diskPatience, system = {} } = options;
  const transport = createTransport();
  const deletions: Deletion[] = [];
  const watchers = new Set<() => void>();
  let clipboard = '';
  let selectionChangeCount = 0;
  const wasBusyAtRests: boolean[] = [];
  const toUnexpected = (cause: unknown): never => {
    throw cause;
  };
  const { store, lostRecords } = await openStore({
    folder: join(folder, 'store'),
    journalsFolder: join(folder, 'records'),
    clock: systemClock,
    onProblem: options.onStoreProblem ?? toUnexpected,
  });
  const client = createTestClient(server, transport);
  let location: OpenLocation | undefined;
  const opened = await openLocation({
    locationId: 'test',
    account: {
      id: 'test',
      endpoint: server.baseUrl,
      key: server.apiKey,
      keyLabel: null,
      keyStorage: 'memory',
    },
    client: { ...client, capabilities: { ...client.capabilities, ...options.capabilities } },
    clock: speed ? createFastClock(speed) : systemClock,
    store,
    listingsFolder: join(folder, 'listings'),
    readUndoMs: () => undoMs,
    onIndexChange: () => undefined,
    onDeletionChange: (deletion) => {
      deletions.push(deletion);
      for (const watch of [...watchers]) watch();
    },
    onDeletionsRest: () => undefined,
    onSelectionChange: () => {
      selectionChangeCount += 1;
    },
    transfers: {
      folder: join(folder, 'records'),
      ...(diskPatience ? { diskPatience } : {}),
      concurrency: 3,
      onUpdate: () => undefined,
      onProgress: () => undefined,
      onRest: () => wasBusyAtRests.push(isBusy(location ? [location] : [])),
    },
    toUnexpected,
  });
  location = opened;
  await opened.index.whenRead(new AbortController().signal);
  const end = async (endWork: () => Promise<void>) => {
    await endWork();
    await store.close();
    transport.close();
  };
  const never = () => Promise.reject(new Error('not meant to be asked'));
  const handlers = createFilesHandlers({
    session: () => ({ phase: 'unlocking' }),
    now: systemClock.now,
    location: () => opened,
    unlock: never,
    signOut: never,
    openConnect: () => undefined,
    writeClipboard: (text) => {
      clipboard = text;
    },
    chooseFolder: never,
    chooseTargets: never,
    chooseReplacement: never,
    showInFolder: () => undefined,
    startDrag: never,
    keepConcurrency: never,
    ...system,
  });
  const inView = (viewId: string) => commandsIn(handlers, { locationId: opened.id, viewId });
  const openView = () => inView(opened.views.open().id);
  return {
    location: opened,
    lostRecords,
    handlers: openView(),
    openView,
    inView,
    deletions,
    selectionChangeCount: () => selectionChangeCount,
    wasBusyAtRests: () => wasBusyAtRests,
    clipboard: () => clipboard,
    waitForDeletion: (predicate) =>
      new Promise((resolve) => {
        const watch = () => {
          const found = deletions.find(predicate);
          if (!found) return;
          watchers.delete(watch);
          resolve(found);
        };
        watchers.add(watch);
        watch();
      }),
    signOut: () => end(opened.forget),
    close: () => end(opened.close),
  };
}
