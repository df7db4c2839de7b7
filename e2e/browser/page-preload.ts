/**
 * What the preload script is to the window, for its page in a browser: the same bridge, over bindings of Playwright's.
 * It is bundled and given to the page before its own script (`preload-source.ts`).
 */
import {
  FILES_COMMANDS,
  FILES_EVENTS,
  type FilesApi,
  type FilesCommands,
  type FilesEvents,
} from '#app/contract/files-contract.ts';
import { createBridgeApi } from '../../preload/create-bridge-api.ts';
import type { GivenPaths, PageBindings } from './page-bindings.ts';

// Playwright puts the bindings on the page's global object.
const bindings = globalThis as unknown as PageBindings;
const listeners = new Map<string, Set<(event: unknown, payload: unknown) => void>>();

const port = {
  invoke: async (channel: string, input?: unknown): Promise<unknown> =>
    JSON.parse(await bindings.invokeMain(channel, JSON.stringify(input) ?? null)),
  on: (channel: string, listener: (event: unknown, payload: unknown) => void) =>
    listeners.set(channel, (listeners.get(channel) ?? new Set()).add(listener)),
  off: (channel: string, listener: (event: unknown, payload: unknown) => void) =>
    listeners.get(channel)?.delete(listener),
};

bindings.deliverFromMain = (channel, payload) => {
  for (const listener of listeners.get(channel) ?? []) listener({}, JSON.parse(payload));
};

const { uploadPaths, ...bridge } = createBridgeApi<FilesCommands, FilesEvents>(
  port,
  'files',
  FILES_COMMANDS,
  FILES_EVENTS,
);

const api: FilesApi = {
  ...bridge,
  uploadFiles: async ({ locationId }, files) => {
    bindings.givenFiles = files.filter((file): file is File => file instanceof File);
    const given: GivenPaths = JSON.parse(await bindings.findGivenPaths());
    return uploadPaths({ locationId, ...given });
  },
};

Object.defineProperty(globalThis, 'files', { value: api });
