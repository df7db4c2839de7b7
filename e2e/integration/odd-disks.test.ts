import fs from 'node:fs';
import { chmod, chown, mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createAccountList } from '../../main/accounts/account-list.ts';
import { writeRecordSync } from '../../main/disk/write-record.ts';
import { systemClock } from '../../main/engine/clock.ts';
import { createSavedListing } from '../../main/file-index/saved-listing.ts';
import { openSettings } from '../../main/settings/settings.ts';
import { openStore } from '../../main/store/open-store.ts';
import { openJournalFile } from '../../main/transfers/journal/journal-file.ts';
import { createGeneratedContent } from '../server/content.ts';
import { type LocalServer, startServer } from '../server/server.ts';
import { openTestLocation, type TestLocation } from './location.ts';
import { asOtherUser, isRoot, OTHER_USER_ID } from './other-user.ts';
import { keepTemporaryFolders } from './temporary-folder.ts';

const makeFolder = keepTemporaryFolders();
let server: LocalServer;
let folder: string;

beforeEach(async () => {
  server = await startServer();
  folder = await makeFolder();
});

afterEach(async () => {
  vi.restoreAllMocks();
  await server.close();
});

/** Lets every sync of a file or folder fail with a code, as where the file system has none. */
async function refuseSync(code: string): Promise<void> {
  const toRefusal = () => Object.assign(new Error(`${code}: fsync`), { code, syscall: 'fsync' });
  const handle = await open(join(folder, 'probe'), 'w');
  const methods: Pick<fs.promises.FileHandle, 'sync' | 'datasync'> = Object.getPrototypeOf(handle);
  await handle.close();
  vi.spyOn(methods, 'sync').mockImplementation(() => Promise.reject(toRefusal()));
  vi.spyOn(methods, 'datasync').mockImplementation(() => Promise.reject(toRefusal()));
  vi.spyOn(fs, 'fsync').mockImplementation((_handle, done) => done(toRefusal()));
  vi.spyOn(fs, 'fsyncSync').mockImplementation(() => {
    throw toRefusal();
  });
}

/** Opens the location with what outlasts the app on this disk. */
async function openHere(): Promise<TestLocation> {
  const { store } = await openStore({
    folder: join(folder, 'store'),
    journalsFolder: join(folder, 'journals'),
    clock: systemClock,
    onProblem: (cause) => expect.unreachable(String(cause)),
  });
  const location = await openTestLocation(server, { folder, store });
  return {
    ...location,
    close: async () => {
      await location.close();
      await store.close();
    },
  };
}

/** Downloads a file, with the app's records on the same disk, and opens them again. */
async function downloadHere(): Promise<void> {
  const stored = server.files.add({ name: 'a.bin', content: createGeneratedContent(20_000_000, 1) });
  const path = join(folder, 'a.bin');
  const first = await openHere();
  const file = await first.client.readFile(stored.id, new AbortController().signal);
  first.transfers.queue.add([{ direction: 'save', file, target: { path, replaces: null } }]);
  const ended = await first.waitFor(({ state }) => state === 'done' || state === 'failed');
  expect(ended).toMatchObject({ state: 'done', error: null });
  expect((await readFile(path)).length).toBe(20_000_000);
  expect(first.transfers.queue.status().holds).toEqual([]);
  await first.close();
  const second = await openHere();
  expect(second.transfers.queue.list()).toMatchObject([{ state: 'done', name: 'a.bin' }]);
  expect(second.transfers.findLocal(stored.id)).toMatchObject({ path });
  await second.close();
}

/** Writes each of the app's own records, and reads it again. */
async function keepRecordsHere(): Promise<void> {
  const path = join(folder, 'record');
  await openSettings({ path }).change({ transferConcurrency: 2 });
  expect(openSettings({ path }).read()).toMatchObject({ transferConcurrency: 2 });
  await createAccountList(join(folder, 'accounts.json')).change(() => ({ ids: ['one'], leftIds: [] }));
  expect(createAccountList(join(folder, 'accounts.json')).read()).toEqual(['one']);
  const listing = createSavedListing(join(folder, 'listings'), 'test');
  await listing.write(Buffer.from('listing'));
  expect(Buffer.from((await listing.read()) ?? []).toString()).toBe('listing');
  writeRecordSync(join(folder, 'window.json'), '{}');
  expect(await readFile(join(folder, 'window.json'), 'utf8')).toBe('{}');
  await setAsideHere();
}

async function setAsideHere(): Promise<void> {
  const path = join(folder, 'damaged.jsonl');
  const journal = openJournalFile(path);
  await journal.append(Buffer.from('first'));
  expect(await journal.setAside()).toBe(`${path}.damaged-1`);
  await journal.replace(Buffer.from('second'));
  await journal.append(Buffer.from(' and more'));
  expect(await journal.setAside()).toBe(`${path}.damaged-2`);
  await journal.replace(Buffer.from('third'));
  await journal.cutTo(0);
  await journal.close();
  expect(await readFile(`${path}.damaged-1`, 'utf8')).toBe('first');
  expect(await readFile(`${path}.damaged-2`, 'utf8')).toBe('second and more');
}

describe.each(['ENOTSUP', 'EINVAL', 'ENOSYS'])('on a file system that answers %s to a sync', (code) => {
  beforeEach(() => refuseSync(code));

  it('a download ends whole, and is on record', downloadHere);
  it('the app keeps its own records', keepRecordsHere);
});

describe.runIf(isRoot && process.platform !== 'win32')(
  'in a folder that may be written to and not listed',
  () => {
    beforeEach(async () => {
      await mkdir(join(folder, 'listings'));
      for (const path of [join(folder, 'listings'), folder]) {
        await chown(path, OTHER_USER_ID, OTHER_USER_ID);
        await chmod(path, 0o300);
      }
    });

    it('a download ends whole, and is on record', () => asOtherUser(downloadHere));
    it('the app keeps its own records', () => asOtherUser(keepRecordsHere));
  },
);

describe('a sync that fails for another reason', () => {
  it('is a failure: what was written may be lost', async () => {
    await refuseSync('EIO');
    await expect(openJournalFile(join(folder, 'journal')).append(Buffer.from('x'))).rejects.toThrow('EIO');
    const settings = openSettings({ path: join(folder, 'settings.json') });
    await expect(settings.change({ transferConcurrency: 2 })).rejects.toThrow('EIO');
  });
});
