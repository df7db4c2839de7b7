import { execFileSync } from 'node:child_process';
import { chmod, mkdir, readdir, rename, rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createGeneratedContent } from '../server/content.ts';
import { type LocalServer, startServer } from '../server/server.ts';
import { beginSave, createOrder, openContentAt } from './save-setup.ts';
import { keepTemporaryFolders } from './temporary-folder.ts';

const isRoot = process.getuid?.() === 0;
const makeFolder = keepTemporaryFolders();
let server: LocalServer;
let content: ReturnType<typeof openContentAt>;

beforeEach(async () => {
  server = await startServer();
  content = openContentAt(server.baseUrl, server.apiKey);
});

afterEach(() => server.close());

function orderFor(sizeBytes: number, folder: string) {
  const [stored] = server.files.addAll([
    { name: 'out/report.csv', content: createGeneratedContent(sizeBytes, 1) },
  ]);
  if (!stored) throw new Error('nothing was stored');
  return createOrder(stored, join(folder, 'report.csv'));
}

/** Holds every download's answer at a byte until it is released. */
function holdAt(answerBytes: number) {
  return server.faults.inject({ on: 'download', fault: { kind: 'hang', at: { answerBytes } } });
}

describe.runIf(isRoot && process.platform === 'linux')('on a small disk, a save', () => {
  const DISK_BYTES = 4 * 1024 * 1024;
  let disk: string;

  beforeEach(async () => {
    disk = await makeFolder();
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_BYTES}`, 'tmpfs', disk]);
  });

  afterEach(() => execFileSync('umount', ['--lazy', disk]));

  it('that cannot fit does not begin', async () => {
    await expect(beginSave(orderFor(5_000_000, disk), content).path).rejects.toMatchObject({
      error: { code: 'notEnoughSpace', neededBytes: 5_000_000, freeBytes: DISK_BYTES },
    });
    expect(server.requests.all('download')).toEqual([]);
    expect(await readdir(disk)).toEqual([]);
  });

  it('that fills it in the middle leaves the room it took', async () => {
    const held = holdAt(1_500_000);
    const attempt = beginSave(orderFor(3_500_000, disk), content);
    await attempt.received;
    await writeFile(join(disk, 'another'), Buffer.alloc(1_000_000));
    held.release();
    await expect(attempt.path).rejects.toMatchObject({ error: { code: 'diskFull' } });
    expect(await readdir(disk)).toEqual(['another']);
    // The room comes back when the file is closed, which nobody waits for.
    await expect.poll(async () => (await statfs(disk)).bavail * 4096).toBeGreaterThan(3_000_000);
    await rm(join(disk, 'another'));
    await beginSave(orderFor(3_500_000, disk), content).path;
  });

  it('needs room only for what an attempt before has not left', async () => {
    const order = orderFor(3_000_000, disk);
    const fault = { kind: 'truncatedBody', afterBytes: 2_500_000, framing: 'contentLength' } as const;
    server.faults.inject({ on: 'download', fault });
    await expect(beginSave(order, content).path).rejects.toMatchObject({ error: { code: 'connectionLost' } });
    await beginSave(order, content).path;
    expect(await readdir(disk)).toEqual(['report.csv']);
  });
});

describe('a save into a folder', () => {
  it('that is gone says so', async () => {
    const folder = await makeFolder();
    const attempt = beginSave(orderFor(1000, join(folder, 'gone')), content);
    await expect(attempt.path).rejects.toMatchObject({ error: { code: 'folderMissing' } });
    expect(server.requests.all('download')).toEqual([]);
  });

  it('that is a file says so', async () => {
    const folder = join(await makeFolder(), 'file');
    await writeFile(folder, '');
    const attempt = beginSave(orderFor(1000, folder), content);
    await expect(attempt.path).rejects.toMatchObject({ error: { code: 'folderMissing' } });
  });

  it.each<[string, string, (folder: string) => Promise<unknown>]>([
    ['is removed', 'folderMissing', (folder) => rm(folder, { recursive: true })],
    [
      'is replaced',
      'partialFileLost',
      async (folder) => {
        await rm(folder, { recursive: true });
        await mkdir(folder);
      },
    ],
    ['is moved', 'folderMissing', (folder) => rename(folder, `${folder}-moved`)],
  ])('that %s meanwhile says so', async (_name, code, change) => {
    const folder = join(await makeFolder(), 'target');
    await mkdir(folder);
    const held = holdAt(1_500_000);
    const attempt = beginSave(orderFor(3_000_000, folder), content);
    await attempt.received;
    await change(folder);
    held.release();
    await expect(attempt.path).rejects.toMatchObject({ error: { code } });
    expect(await readdir(folder).catch(() => [])).toEqual([]);
  });

  it.skipIf(isRoot)('without permission says so', async () => {
    const folder = await makeFolder();
    await chmod(folder, 0o500);
    const attempt = beginSave(orderFor(1000, folder), content);
    await expect(attempt.path).rejects.toMatchObject({ error: { code: 'folderUnwritable' } });
    await chmod(folder, 0o700);
  });
});
