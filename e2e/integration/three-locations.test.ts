import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FilesCommands, FilesEvents } from '#app/contract/files-contract.ts';
import { filesCommandSchemas, filesEventSchemas } from '#app/contract/schemas.ts';
import { systemClock } from '../../main/engine/clock.ts';
import { registerBridge } from '../../main/ipc/register-bridge.ts';
import { createFilesHandlers } from '../../main/locations/files-handlers.ts';
import type { OpenLocations } from '../../main/locations/open-locations.ts';
import { createTransport, type Transport } from '../../main/openrouter/transport.ts';
import { createGeneratedContent } from '../server/content.ts';
import { type LocalServer, startServer } from '../server/server.ts';
import { createBridgePair } from './bridge-pair.ts';
import { type CommandsIn, commandsIn } from './commands-in.ts';
import { keepTemporaryFolders } from './temporary-folder.ts';
import { createTestLocations } from './test-locations.ts';

const OTHER_WORKSPACE = 'b203d8b6-42f0-4e50-9a3c-bf41e2c3c1a7';
const UPLOADS = 5;

const makeFolder = keepTemporaryFolders();

/** One of the three: two workspaces of one server, and another server. */
interface Place {
  readonly id: string;
  readonly server: LocalServer;
  readonly key: string;
  readonly workspaceId: string;
  readonly commands: CommandsIn;
}

type Told = {
  readonly [Name in keyof FilesEvents]: { readonly event: Name; readonly payload: FilesEvents[Name] };
};

let servers: LocalServer[];
let transport: Transport;
let locations: OpenLocations;
let folder: string;
let places: readonly Place[];
let told: Told[keyof FilesEvents][];

beforeEach(async () => {
  servers = [await startServer(), await startServer({ seed: 2 })];
  transport = createTransport();
  folder = await makeFolder();
  told = [];
  places = await openThree();
});
afterEach(async () => {
  await locations.closeAll();
  transport.close();
  for (const server of servers) await server.close();
});

async function openThree(): Promise<readonly Place[]> {
  const { mainPort, send } = createBridgePair('files', { senderFrame: null });
  const notAsked = () => Promise.reject(new Error('not meant to be asked'));
  const handlers = createFilesHandlers({
    session: () => ({ phase: 'unlocking' }),
    now: systemClock.now,
    location: (id) => locations.get(id),
    unlock: notAsked,
    signOut: notAsked,
    openConnect: () => undefined,
    writeClipboard: () => undefined,
    chooseFolder: notAsked,
    chooseTargets: async (files) => files.map(({ name }) => ({ path: join(folder, name), replaces: null })),
    chooseReplacement: notAsked,
    showInFolder: () => undefined,
    startDrag: notAsked,
    keepConcurrency: notAsked,
  });
  const { emit } = registerBridge<FilesCommands, FilesEvents>({
    bridge: 'files',
    port: mainPort,
    isTrustedSender: () => true,
    commandSchemas: filesCommandSchemas,
    eventSchemas: filesEventSchemas,
    handlers,
    send,
    logUnexpected: (_context, cause) => expect.unreachable(String(cause)),
  });
  locations = createTestLocations({
    folder,
    transport,
    undoMs: 1,
    emit: (event, payload) => {
      // Each name comes with its own payload.
      told.push({ event, payload } as Told[keyof FilesEvents]);
      emit(event, payload);
    },
  });
  const [first, second] = servers;
  if (!first || !second) return expect.unreachable('the servers are not there');
  const other = first.keys.add({ workspaceId: OTHER_WORKSPACE });
  const given = [
    { id: 'first', server: first, ...first.key },
    { id: 'second', server: first, ...other },
    { id: 'third', server: second, ...second.key },
  ];
  return Promise.all(
    given.map(async ({ id, server, key, workspaceId }) => {
      const { baseUrl: endpoint } = server;
      const opened = await locations.open({ id, endpoint, key, keyLabel: null, keyStorage: 'memory' }, id);
      const commands = commandsIn(handlers, { locationId: id, viewId: opened.views.open().id });
      return { id, server, key, workspaceId, commands };
    }),
  );
}

const filesOf = ({ server, workspaceId }: Place) =>
  server.files.all().filter((file) => file.workspaceId === workspaceId);

/** Uploads, downloads and deletes in a place; settles when all of it has come to its end. Answers ids of what was at work. */
async function work(place: Place): Promise<ReadonlySet<string>> {
  const { id, server, workspaceId, commands } = place;
  const old = server.files.add({ name: `${id} old.txt`, workspaceId });
  const made = server.files.add({
    name: `${id} made.bin`,
    workspaceId,
    content: createGeneratedContent(200_000, id.length),
  });
  await mkdir(join(folder, id));
  const paths = Array.from({ length: UPLOADS }, (_, index) => join(folder, id, `${id} ${index}.txt`));
  for (const path of paths) await writeFile(path, path.repeat(100));
  await locations.get(id).index.refresh();
  await commands.uploadPaths({ paths, withoutPath: [] });
  await commands.saveFiles({ target: { kind: 'rows', keys: [made.id] } });
  const draft = await commands.draftDeletion({ target: { kind: 'rows', keys: [old.id] } });
  const deletion = await commands.beginDeletion({ id: draft.id, count: draft.count });
  const states = async () => (await commands.listTransfers({})).transfers.map(({ state }) => state);
  await expect.poll(states).toEqual(Array.from({ length: UPLOADS + 1 }, () => 'done'));
  await expect.poll(() => server.files.get(old.id)).toBeUndefined();
  await expect
    .poll(async () => (await commands.listDeletions({})).map(({ phase }) => phase))
    .toEqual(['finished']);
  const { transfers } = await commands.listTransfers({});
  return new Set([deletion.id, ...transfers.map((transfer) => transfer.id)]);
}

/** The ids of what an event tells of. */
function idsIn({ event, payload }: Told[keyof FilesEvents]): readonly string[] {
  if (event === 'transfersChanged') return payload.update.changed.map(({ id }) => id);
  return event === 'deletionChanged' ? [payload.deletion.id] : [];
}

describe('three locations at work at once', () => {
  it('have uploads, downloads and deletions of their own, and none is told of another’s', async () => {
    const own = new Map(
      await Promise.all(places.map(async (place) => [place.id, await work(place)] as const)),
    );
    for (const place of places) {
      const names = filesOf(place).map(({ name }) => name);
      const uploads = Array.from({ length: UPLOADS }, (_, index) => `${place.id} ${index}.txt`);
      expect(names.sort()).toEqual([...uploads, `${place.id} made.bin`].sort());
      expect(await readFile(join(folder, `${place.id} made.bin`))).toHaveLength(200_000);
      const { rows } = await place.commands.queryFiles({ query: FIRST_PAGE });
      expect(rows.map((row) => row.kind === 'file' && row.file.name).sort()).toEqual(names.sort());
    }
    const ofLocations = told.filter(({ event }) => event !== 'sessionChanged' && event !== 'clockChanged');
    for (const one of ofLocations) {
      const { locationId } = one.payload as { readonly locationId: string }; // All but the two that are left out have it.
      const known = own.get(locationId) ?? new Set();
      for (const id of idsIn(one)) expect(known, `${one.event} in ${locationId}`).toContain(id);
    }
    const named = (event: keyof FilesEvents) =>
      new Set(ofLocations.flatMap((one) => (one.event === event ? idsIn(one) : [])));
    expect(named('transfersChanged').size).toBe(3 * (UPLOADS + 1));
    expect(named('deletionChanged').size).toBe(3);
  });

  it('do not answer for each other, nor for one that is closed', async () => {
    const [first, second, third] = places;
    if (!first || !second || !third) return expect.unreachable('three are open');
    const file = first.server.files.add({ name: 'a.txt' });
    await locations.get(first.id).index.refresh();
    const draft = await first.commands.draftDeletion({ target: { kind: 'rows', keys: [file.id] } });
    await expect(async () => second.commands.beginDeletion({ id: draft.id, count: 1 })).rejects.toThrow(
      'notFound',
    );
    await expect(async () => third.commands.readDetails({ id: file.id })).rejects.toThrow('notFound');
    await locations.close(third.id);
    await expect(async () => third.commands.listTransfers({})).rejects.toThrow('signedOut');
    expect((await first.commands.beginDeletion({ id: draft.id, count: 1 })).count).toBe(1);
  });
});

const FIRST_PAGE = {
  filter: {
    search: '',
    kinds: [],
    isSaveable: null,
    minSizeBytes: null,
    maxSizeBytes: null,
    createdFrom: null,
    createdBefore: null,
  },
  folder: null,
  sort: { by: 'created', isDescending: true },
  offset: 0,
  limit: 1000,
} as const;
