import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createGeneratedContent } from '../server/content.ts';
import type { TestLocation } from './location.ts';
import { SHORT_PATIENCE, silence, slowDown } from './silent-folder.ts';
import { inState, setUpTransfers } from './transfers-bench.ts';
import { openWindowLocation } from './window-location.ts';

const bench = setUpTransfers();
const WAITING = { diskPatience: SHORT_PATIENCE };
/** Much more than a disk is waited for, and much less than a person would. */
const SOON_MS = 5000;

afterEach(() => void vi.restoreAllMocks());

async function makeShare(): Promise<string> {
  const share = join(bench.folder, 'share');
  await mkdir(share);
  return share;
}

/** Queues a download and gives its transfer's id. */
async function save(location: TestLocation, folder: string, name: string, bytes = 300_000): Promise<string> {
  const { id } = bench.server.files.add({ name, content: createGeneratedContent(bytes, 1) });
  await location.index.refresh();
  const file = location.index.find(id);
  if (!file) throw new Error('The index lacks a file');
  const target = { path: join(folder, name), replaces: null };
  const [transferId = ''] = location.transfers.queue.add([{ direction: 'save', file, target }]);
  return transferId;
}

/** Takes a time in milliseconds. */
async function measure(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

const isSilent = (id: string) => (transfer: { id: string; error: { code: string } | null }) =>
  transfer.id === id && transfer.error?.code === 'diskSilent';

describe('a drive that does not answer', () => {
  it('keeps no other upload waiting; its files are named, and can be cancelled', async () => {
    const location = await bench.openHere(WAITING);
    const share = await makeShare();
    const stuckIds: string[] = [];
    for (let number = 0; number < 6; number += 1) {
      const path = join(share, `${number}.bin`);
      await writeFile(path, 'x'.repeat(300_000));
      if (number === 0) silence(share);
      stuckIds.push(location.upload(path, `${number}.bin`, 300_000));
    }
    const other = location.upload(await bench.write('other.txt', 'o'.repeat(300_000)), 'other.txt', 300_000);
    const [, second = '', third = ''] = stuckIds;
    await location.waitFor(isSilent(third));
    await location.waitFor(inState(other, 'done'));
    location.transfers.queue.cancel([second, third]);
    await location.waitFor(inState(second, 'cancelled'));
    await location.waitFor(inState(third, 'cancelled'));
    expect(bench.namesOnServer()).toContain('other.txt');
  });

  it.each([
    ['read', 'read'],
    ['asked what it is', 'fstat'],
    ['closed', 'close'],
  ] as const)('keeps nothing waiting when a file on it is %s', async (_name, op) => {
    const location = await bench.openHere({ ...WAITING, concurrency: 1 });
    const share = await makeShare();
    const path = join(share, 'away.txt');
    await writeFile(path, 'away');
    const { stuck } = silence(share, [op]);
    const away = location.upload(path, 'away.txt');
    await expect.poll(() => stuck).toEqual([op]);
    const other = location.upload(await bench.write('other.txt'), 'other.txt');
    await location.waitFor(inState(other, 'done'));
    if (op !== 'close') {
      await location.waitFor(isSilent(away));
      location.transfers.queue.cancel([away]);
      await location.waitFor(inState(away, 'cancelled'));
    }
    expect(await measure(() => bench.close(location))).toBeLessThan(SOON_MS);
  });

  it('is not what a slow one is that answers each time', async () => {
    const tellMs = 600;
    const location = await bench.openHere({ diskPatience: { ...SHORT_PATIENCE, tellMs } });
    const share = await makeShare();
    const path = join(share, 'large.txt');
    // So that it is read many times before a byte leaves.
    await writeFile(path, 'a line of text\n'.repeat(200_000));
    const readMs = tellMs / 10;
    const countReads = slowDown(share, readMs);
    const id = location.upload(path, 'large.txt', 3_000_000);
    await location.waitFor(inState(id, 'done'));
    expect(countReads() * readMs).toBeGreaterThan(2 * tellMs);
    expect(location.told.filter(isSilent(id))).toEqual([]);
  });

  it.each([
    ['when it is opened', ['open']],
    ['as it is written', ['write']],
    ['as it is synced', ['sync']],
    ['as it is named', ['link', 'rename']],
    ['at all', undefined],
  ] as const)(
    'keeps no other download waiting, nor Cancel, when it does not answer %s',
    async (_when, ops) => {
      const location = await bench.openHere({ ...WAITING, concurrency: 2 });
      const share = await makeShare();
      const folder = silence(share, ops);
      const stuckIds: string[] = [];
      for (let number = 0; number < 5; number += 1)
        stuckIds.push(await save(location, share, `${number}.bin`));
      for (const id of stuckIds) await location.waitFor(isSilent(id));
      const other = await save(location, bench.folder, 'other.bin');
      const upload = location.upload(await bench.write('up.txt'), 'up.txt');
      await location.waitFor(inState(other, 'done'));
      await location.waitFor(inState(upload, 'done'));
      const [first = '', ...rest] = stuckIds;
      location.transfers.queue.cancel([first]);
      await location.waitFor(inState(first, 'cancelled'));
      folder.wake();
      for (const id of rest) await location.waitFor(inState(id, 'done'));
      await expect.poll(() => readdir(share)).not.toContain(`.openrouter-${first}.part`);
      for (const name of ['1.bin', '4.bin']) expect((await readFile(join(share, name))).length).toBe(300_000);
    },
  );

  it('does not keep the app from ending in order, and what it kept waiting goes on the next time', async () => {
    const location = await bench.openHere(WAITING);
    const share = await makeShare();
    const folder = silence(share);
    const ids: string[] = [];
    for (let number = 0; number < 4; number += 1) ids.push(await save(location, share, `${number}.bin`));
    for (const id of ids) await location.waitFor(isSilent(id));
    expect(await measure(() => bench.close(location))).toBeLessThan(SOON_MS);
    const next = await bench.openHere(WAITING);
    expect(await measure(() => bench.close(next))).toBeLessThan(SOON_MS);
    folder.wake();
    const last = await bench.openHere(WAITING);
    for (const id of ids) await last.waitFor(inState(id, 'done'));
    expect((await readdir(share)).sort()).toEqual(['0.bin', '1.bin', '2.bin', '3.bin']);
  });

  it('holds up nothing else that is dropped with what lies on it, nor the details of a file', async () => {
    const share = join(bench.folder, 'share');
    await mkdir(join(share, 'folder'), { recursive: true });
    const path = await bench.write('here.txt');
    const { handlers, close } = await openWindowLocation(bench.server, { folder: bench.folder, ...WAITING });
    silence(share);
    const paths = [join(share, 'away.txt'), join(share, 'folder'), path];
    const { acceptedCount } = await handlers.uploadPaths({ paths, withoutPath: [] });
    expect(acceptedCount).toBe(3);
    const list = async () => (await handlers.listTransfers({})).transfers;
    await expect.poll(async () => (await list()).find(({ name }) => name === 'here.txt')?.state).toBe('done');
    const ids = (await list()).filter(({ state }) => state === 'preparing').map(({ id }) => id);
    expect(ids).toHaveLength(2);
    handlers.cancelTransfers({ ids });
    await expect
      .poll(async () => (await list()).map(({ state }) => state).sort())
      .toEqual(['cancelled', 'cancelled', 'done']);
    const [uploaded] = bench.server.files.all();
    silence(bench.folder);
    const { local } = await handlers.readDetails({ id: uploaded?.id ?? '' });
    expect(local?.isUnchanged).toBe(false);
    expect(await measure(close)).toBeLessThan(SOON_MS);
  });
});
