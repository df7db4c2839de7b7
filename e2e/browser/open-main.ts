import { join } from 'node:path';
import type { FilesCommands, FilesEvents, InView } from '#app/contract/files-contract.ts';
import { filesCommandSchemas, filesEventSchemas } from '#app/contract/schemas.ts';
import type { Account } from '../../main/accounts/account.ts';
import { toLocation } from '../../main/accounts/account.ts';
import { type Clock, systemClock } from '../../main/engine/clock.ts';
import { registerBridge } from '../../main/ipc/register-bridge.ts';
import { createFilesHandlers } from '../../main/locations/files-handlers.ts';
import { openLocationList } from '../../main/locations/location-list.ts';
import { openLocation } from '../../main/locations/open-location.ts';
import { createOpenLocations } from '../../main/locations/open-locations.ts';
import { createOpenRouterClient } from '../../main/openrouter/client.ts';
import { createTransport } from '../../main/openrouter/transport.ts';
import { openSettings } from '../../main/settings/settings.ts';
import { createMemoryStore } from '../../main/store/memory-store.ts';
import type { Store } from '../../main/store/store.ts';
import { createBridgePair } from '../integration/bridge-pair.ts';
import type { LocalServer } from '../server/server.ts';

/** What main is opened with. */
export interface MainParts {
  readonly server: LocalServer;
  /** Where main keeps its records; the same for a second opening. */
  readonly userDataFolder: string;
  /** Tells the page of an event. */
  readonly send: (channel: string, payload: unknown) => void;
  /** Told of what main would put in its log. */
  readonly onProblem: (problem: string) => void;
  /** What outlasts it; in memory unless told, as the thread of a database takes as long to start as all of a page. */
  readonly store?: Store;
  /** What its waits are measured on; the computer's unless told. */
  readonly clock?: Clock;
}

/** Main's part of an open window, in this process: only what needs Electron is not the app's own. */
export interface OpenMain {
  /** Answers a command of the page's. */
  invoke(channel: string, input: unknown): Promise<unknown>;
  /** Answers a command otherwise from now on, or never for undefined: for what no server can bring about. */
  replaceCommand(channel: string, result: unknown): void;
  /** The view that the page shows. */
  readonly inView: InView;
  /** What was put on the clipboard last. */
  clipboard: string;
  close(): Promise<void>;
}

/** Opens a server's files as the app does with a key in the environment. */
export async function openMain(parts: MainParts): Promise<OpenMain> {
  const { server, userDataFolder, send, onProblem, store = createMemoryStore(), clock = systemClock } = parts;
  const account: Account = {
    id: 'environment',
    endpoint: server.baseUrl,
    key: server.apiKey,
    keyLabel: null,
    keyStorage: 'environment',
  };
  const { mainPort, rendererPort } = createBridgePair('files', { senderFrame: null });
  const logUnexpected = (context: string, cause: unknown) => {
    onProblem(`main: ${context}: ${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}`);
    return 'logged';
  };
  const toUnexpected = (cause: unknown) => ({
    code: 'unexpected' as const,
    errorId: logUnexpected('work', cause),
  });
  const transport = createTransport();
  const settings = openSettings({ path: join(userDataFolder, 'settings.json') });
  const listingsFolder = join(userDataFolder, 'listings');
  const transfersFolder = join(userDataFolder, 'transfers');
  const list = openLocationList({
    path: join(userDataFolder, 'locations.json'),
    recordFolders: [transfersFolder, listingsFolder],
    onDamaged: (cause) => void logUnexpected('locations', cause),
    onUnwritable: (cause) => void logUnexpected('locations', cause),
  });
  const locationId = await list.find(account);
  const notHere = () => Promise.reject(new Error('This takes the whole app: see the tests of the window'));
  const { emit } = registerBridge<FilesCommands, FilesEvents>({
    bridge: 'files',
    port: mainPort,
    isTrustedSender: () => true,
    commandSchemas: filesCommandSchemas,
    eventSchemas: filesEventSchemas,
    handlers: createFilesHandlers({
      session: () => ({
        phase: 'ready',
        location: toLocation(account, locationId),
        viewId: main.inView.viewId,
        lostRecords: [],
      }),
      now: clock.now,
      location: (id) => locations.get(id),
      unlock: notHere,
      signOut: notHere,
      openConnect: notHere,
      writeClipboard: (text) => {
        main.clipboard = text;
      },
      chooseFolder: notHere,
      chooseTargets: notHere,
      chooseReplacement: notHere,
      showInFolder: notHere,
      startDrag: notHere,
      keepConcurrency: (transferConcurrency) => settings.change({ transferConcurrency }),
    }),
    send,
    logUnexpected,
  });
  const locations = createOpenLocations(() =>
    openLocation({
      locationId,
      account,
      client: createOpenRouterClient({
        endpoint: account.endpoint,
        key: account.key,
        transport,
        sendForContent: transport.send,
        redact: (text) => text,
      }),
      clock,
      store,
      listingsFolder,
      readUndoMs: () => settings.read().undoSeconds * 1000,
      onIndexChange: (status) => emit('fileIndexChanged', { locationId, status }),
      onDeletionChange: (deletion) => emit('deletionChanged', { locationId, deletion }),
      onDeletionsRest: () => undefined,
      onSelectionChange: (viewId) => emit('selectionChanged', { locationId, viewId }),
      transfers: {
        folder: transfersFolder,
        concurrency: settings.read().transferConcurrency,
        onUpdate: (update) => emit('transfersChanged', { locationId, update }),
        onProgress: () => undefined,
        onRest: () => undefined,
      },
      toUnexpected,
    }),
  );
  const opened = await locations.open(account, locationId);
  const replaced = new Map<string, unknown>();
  const main: OpenMain = {
    inView: { locationId, viewId: opened.views.open().id },
    clipboard: '',
    invoke: async (channel, input) => {
      if (!replaced.has(channel)) return rendererPort.invoke(channel, input);
      return replaced.get(channel) ?? new Promise(() => undefined);
    },
    replaceCommand: (channel, result) => void replaced.set(channel, result),
    close: async () => {
      await locations.closeAll();
      transport.close();
    },
  };
  return main;
}
