import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Transfer } from '#app/transfers/transfer.ts';
import { createAccountList } from '../../main/accounts/account-list.ts';
import { createAccounts } from '../../main/accounts/accounts.ts';
import { createMemoryKeychain, type MemoryKeychain } from '../../main/accounts/memory-keychain.ts';
import { type CurrentLocation, createCurrentLocation } from '../../main/locations/current-location.ts';
import { openLocationList } from '../../main/locations/location-list.ts';
import type { OpenLocation } from '../../main/locations/open-location.ts';
import { createTransport, type Transport } from '../../main/openrouter/transport.ts';
import { createMemoryStore } from '../../main/store/memory-store.ts';
import { type LocalServer, startServer } from '../server/server.ts';
import { keepTemporaryFolders } from './temporary-folder.ts';
import { createTestLocations, toTestClient } from './test-locations.ts';

const makeFolder = keepTemporaryFolders();
const never = new AbortController().signal;

let server: LocalServer;
let folder: string;
let keychain: MemoryKeychain;
let transport: Transport;
let open: CurrentLocation[];

beforeEach(async () => {
  server = await startServer();
  folder = await makeFolder();
  keychain = createMemoryKeychain();
  transport = createTransport();
  open = [];
});
afterEach(async () => {
  for (const current of open) await current.close();
  transport.close();
  await server.close();
});

/** Starts main's accounts and locations as the app does, over what an earlier start has left. */
function start(): CurrentLocation {
  const store = createMemoryStore();
  const current = createCurrentLocation({
    accounts: createAccounts({
      list: createAccountList(join(folder, 'accounts.json')),
      keychain,
      owner: 'this',
      checkKey: (endpoint, key) => toTestClient({ endpoint, key }, transport).checkKey(never),
      onSecret: () => undefined,
    }),
    list: openLocationList({
      path: join(folder, 'locations.json'),
      recordFolders: [join(folder, 'transfers')],
      onDamaged: (cause) => expect.unreachable(String(cause)),
      onUnwritable: (cause) => expect.unreachable(String(cause)),
    }),
    checkKey: (account) => toTestClient(account, transport).checkKey(never),
    locations: createTestLocations({ folder, transport, store }),
    lostRecords: [],
    removeListings: async () => undefined,
    onSessionChange: () => undefined,
    onSignedOut: () => undefined,
    toUnexpected: (cause) => expect.unreachable(String(cause)),
  });
  open.push(current);
  return current;
}

/** Connects a key as a person does and gives its location, its listing read. */
async function connect(current: CurrentLocation, key: string): Promise<OpenLocation> {
  await current.connect({ key, endpoint: server.baseUrl, isRemembered: true });
  return locationOf(current);
}

async function locationOf(current: CurrentLocation): Promise<OpenLocation> {
  const location = current.location();
  if (!location) return expect.unreachable('no location is open');
  await location.index.whenRead(never);
  return location;
}

/** Leaves an upload waiting. */
async function queueUpload({ transfers }: OpenLocation): Promise<void> {
  const path = join(folder, 'waiting.txt');
  await writeFile(path, 'waiting');
  transfers.queue.pause();
  await transfers.addUploads([{ direction: 'upload', path, name: 'waiting.txt', sizeBytes: 7 }]);
}

async function statesIn({ transfers }: OpenLocation): Promise<readonly Transfer['state'][]> {
  return (await transfers.snapshot()).transfers.map(({ state }) => state);
}

describe('an upload that waits when its key is replaced', () => {
  it('is never sent with a key of another workspace, and goes on when its own is back', async () => {
    const { key: otherKey } = server.keys.add({ workspaceId: 'b203d8b6-42f0-4e50-9a3c-bf41e2c3c1a7' });
    const current = start();
    await queueUpload(await connect(current, server.apiKey));
    const other = await connect(current, otherKey);
    other.transfers.queue.resume();
    expect(await statesIn(other)).toEqual([]);
    const own = await connect(current, server.apiKey);
    expect(server.requests.all('upload')).toEqual([]);
    expect(await statesIn(own)).toEqual(['queued']);
    own.transfers.queue.resume();
    const { authorization } = await server.waitFor(({ operation }) => operation === 'upload');
    expect(authorization).toEqual({ keyLabel: server.key.label });
  });

  it('is sent with the new key where the server says that both are of one user and workspace', async () => {
    const { key: newKey, label } = server.keys.add();
    const current = start();
    await queueUpload(await connect(current, server.apiKey));
    const location = await connect(current, newKey);
    expect(await statesIn(location)).toEqual(['queued']);
    location.transfers.queue.resume();
    const { authorization } = await server.waitFor(({ operation }) => operation === 'upload');
    expect(authorization).toEqual({ keyLabel: label });
  });

  it('so is one whose key is refused by now, as was asked whose it is before', async () => {
    const { key: newKey } = server.keys.add();
    const first = start();
    await queueUpload(await connect(first, server.apiKey));
    await first.close();
    server.keys.revoke(server.apiKey);
    const current = start();
    await current.unlock();
    expect(await statesIn(await connect(current, newKey))).toEqual(['queued']);
  });

  it('is not sent with a key of the same workspace that replaces nothing', async () => {
    const { key: otherKey } = server.keys.add();
    const current = start();
    await queueUpload(await connect(current, server.apiKey));
    await current.signOut(current.location()?.id ?? null, false);
    const other = await connect(current, otherKey);
    expect(await statesIn(other)).toEqual([]);
  });
});

it('the server is asked once whose a kept key is where an earlier version did not ask', async () => {
  const first = start();
  await connect(first, server.apiKey);
  await first.close();
  await rm(join(folder, 'locations.json'));
  for (const expectedCount of [2, 2]) {
    const current = start();
    await current.unlock();
    await expect.poll(() => readFile(join(folder, 'locations.json'), 'utf8')).toContain('"scope": "');
    await current.close();
    expect(server.requests.all('key')).toHaveLength(expectedCount);
  }
});
