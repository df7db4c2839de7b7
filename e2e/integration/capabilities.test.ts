import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LocationCapabilities } from '../../main/file-store/location-capabilities.ts';
import { WORKSPACE_QUOTA_BYTES } from '../../main/openrouter/capabilities.ts';
import { createGeneratedContent } from '../server/content.ts';
import { type LocalServer, startServer } from '../server/server.ts';
import { keepTemporaryFolders } from './temporary-folder.ts';
import { openWindowLocation, type WindowLocation } from './window-location.ts';

const makeFolder = keepTemporaryFolders();

let server: LocalServer;
let folder: string;
let opened: WindowLocation[];

beforeEach(async () => {
  server = await startServer();
  folder = await makeFolder();
  opened = [];
});
afterEach(async () => {
  for (const { close } of opened) await close();
  await server.close();
});

async function open(capabilities: Partial<LocationCapabilities>): Promise<WindowLocation> {
  const location = await openWindowLocation(server, { folder, capabilities });
  opened.push(location);
  return location;
}

/** Uploads a file and gives how its transfer stands when nothing more happens by itself. */
async function upload({ handlers, location }: WindowLocation, content: string | Buffer) {
  const path = join(folder, 'a.txt');
  await writeFile(path, content);
  await handlers.uploadPaths({ paths: [path], withoutPath: [] });
  await expect.poll(() => location.transfers.queue.isBusy()).toBe(false);
  const [transfer] = (await handlers.listTransfers({})).transfers;
  return transfer;
}

describe('a location does what its storage can', () => {
  it('no upload, where it takes none', async () => {
    const { handlers } = await open({ canUpload: false });
    await expect(async () => handlers.uploadPaths({ paths: [folder], withoutPath: [] })).rejects.toThrow(
      'refused',
    );
    await expect(async () => handlers.uploadFolder({})).rejects.toThrow('refused');
  });

  it('no deletion and no download, where it has none', async () => {
    const { id } = server.files.add({
      name: 'made.bin',
      content: createGeneratedContent(10, 1),
    });
    const { handlers } = await open({ canDelete: false, downloads: 'none' });
    const target = { kind: 'rows', keys: [id] } as const;
    await expect(async () => handlers.draftDeletion({ target })).rejects.toThrow('refused');
    await expect(async () => handlers.saveFiles({ target })).rejects.toThrow('notSaveable');
  });

  it('files up to its own size', async () => {
    const location = await open({ maxFileSizeBytes: 3 });
    expect(await upload(location, 'four')).toMatchObject({
      state: 'failed',
      error: { code: 'fileTooLarge', sizeBytes: 4, limitBytes: 3 },
    });
  });

  it('content of any kind, where it takes any', async () => {
    const location = await open({ acceptedContent: 'any' });
    await upload(location, Buffer.from([0, 1, 2, 3]));
    expect(server.requests.all('upload')).toHaveLength(1);
  });

  it('as many files as come, where its room has no end', async () => {
    server.files.add({ name: 'most of it', sizeBytes: WORKSPACE_QUOTA_BYTES - 2 });
    const limited = await open({});
    expect(await upload(limited, 'four')).toMatchObject({ question: { kind: 'overQuota' } });
    opened = [];
    await limited.close();
    const endless = await open({ quotaBytes: null });
    expect(await endless.handlers.readUsage({})).toMatchObject({ quotaBytes: null });
    const [waiting] = (await endless.handlers.listTransfers({})).transfers;
    endless.handlers.cancelTransfers({ ids: [waiting?.id ?? ''] });
    await upload(endless, 'four');
    expect(server.requests.all('upload')).toHaveLength(1);
  });

  it('a look at all files for new ones, where those may be listed before others', async () => {
    server.files.add({ name: 'a.txt' });
    const { handlers } = await open({ listingOrder: 'other' });
    const before = server.requests.all('list').length;
    handlers.catchUpFiles({});
    await expect.poll(() => server.requests.all('list').length).toBe(before + 1);
    expect(server.requests.last('list')?.query).not.toHaveProperty('after');
  });
});
