import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, symlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readIdentity, type SaveOrder } from '../../main/transfers/saves/save-target.ts';
import { createGeneratedContent } from '../server/content.ts';
import { type LocalServer, startServer } from '../server/server.ts';
import { beginSave, createOrder, openContentAt } from './save-setup.ts';
import { keepTemporaryFolders } from './temporary-folder.ts';

const makeFolder = keepTemporaryFolders();
let server: LocalServer;
let folder: string;
let content: ReturnType<typeof openContentAt>;

beforeEach(async () => {
  server = await startServer();
  content = openContentAt(server.baseUrl, server.apiKey);
  folder = await makeFolder();
});

afterEach(() => server.close());

/** Puts a file on the server and says where it goes; what stands there now is agreed to be lost. */
async function orderFor(sizeBytes: number, name = 'report.csv') {
  const [stored] = server.files.addAll([
    { name: 'out/report.csv', content: createGeneratedContent(sizeBytes, 1) },
  ]);
  if (!stored) throw new Error('nothing was stored');
  const path = join(folder, name);
  return { order: createOrder(stored, path, await readIdentity(path)), stored };
}

function save(order: SaveOrder): Promise<string> {
  return beginSave(order, content).path;
}

async function sha256Of(path: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
}

describe('a save', () => {
  it.each([0, 1, 1_048_576, 1_048_577, 40_000_000])('of %i bytes arrives whole', async (sizeBytes) => {
    const { order, stored } = await orderFor(sizeBytes);
    const attempt = beginSave(order, content);
    expect(await attempt.path).toBe(join(folder, 'report.csv'));
    expect(attempt.states).toEqual(['receiving', 'verifying']);
    expect(attempt.progress.at(-1)).toBe(sizeBytes);
    expect(attempt.progress).toEqual([...attempt.progress].sort((a, b) => a - b));
    expect(await sha256Of(join(folder, 'report.csv'))).toBe(stored.sha256);
    expect(await readdir(folder)).toEqual(['report.csv']);
  });

  it('gets its name only when it is on record that it will', async () => {
    const { order } = await orderFor(1000);
    let recorded: () => void = () => undefined;
    const record = new Promise<void>((resolve) => {
      recorded = resolve;
    });
    let begun: () => void = () => undefined;
    const isBegun = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const attempt = beginSave(order, content, () => {
      begun();
      return record;
    });
    await isBegun;
    expect(await readdir(folder)).toEqual([`.openrouter-${order.id}.part`]);
    expect(attempt.placing).toEqual(await readIdentity(join(folder, `.openrouter-${order.id}.part`)));
    recorded();
    expect((await readIdentity(await attempt.path))?.inode).toBe(attempt.placing?.inode);
  });

  it('whose placing cannot be recorded leaves nothing', async () => {
    const { order } = await orderFor(1000);
    const attempt = beginSave(order, content, () => Promise.reject(new Error('no journal')));
    await expect(attempt.path).rejects.toThrow('no journal');
    expect(await readdir(folder)).toEqual([]);
  });

  it('replaces the file that the dialog asked about', async () => {
    await writeFile(join(folder, 'report.csv'), 'old');
    const { order, stored } = await orderFor(1000);
    await save(order);
    expect(await sha256Of(join(folder, 'report.csv'))).toBe(stored.sha256);
    expect(await readdir(folder)).toEqual(['report.csv']);
  });

  it.each([
    ['appears', false],
    ['is another than', true],
  ])('does not replace a file that %s when the dialog asked', async (_name, existed) => {
    if (existed) await writeFile(join(folder, 'report.csv'), 'agreed to lose');
    const { order, stored } = await orderFor(5_000_000);
    const at = { answerBytes: 3_000_000 };
    const held = server.faults.inject({ on: 'download', fault: { kind: 'hang', at } });
    const attempt = beginSave(order, content);
    await attempt.received;
    await writeFile(join(folder, 'report.csv'), 'written meanwhile');
    held.release();
    expect(basename(await attempt.path)).toBe('report (1).csv');
    expect(await readFile(join(folder, 'report.csv'), 'utf8')).toBe('written meanwhile');
    expect(await sha256Of(join(folder, 'report (1).csv'))).toBe(stored.sha256);
  });

  it('takes a free name where nobody asked', async () => {
    const { order, stored } = await orderFor(1000);
    await writeFile(join(folder, 'report.csv'), 'old');
    await writeFile(join(folder, 'report (1).csv'), 'older');
    expect(basename(await save(order))).toBe('report (2).csv');
    expect(await sha256Of(join(folder, 'report (2).csv'))).toBe(stored.sha256);
    expect(await readFile(join(folder, 'report.csv'), 'utf8')).toBe('old');
  });

  it('finds a free name beside the longest there can be', async () => {
    const name = `${'é'.repeat(125)}a.csv`;
    await writeFile(join(folder, name), 'old');
    const { order, stored } = await orderFor(1000, name);
    const path = await save({ ...order, target: { ...order.target, replaces: null } });
    expect(path).toMatch(/ \(1\)\.csv$/);
    expect(await sha256Of(path)).toBe(stored.sha256);
  });

  it('ends whole beside others of its name', async () => {
    const orders = await Promise.all(Array.from({ length: 12 }, () => orderFor(300_000)));
    const paths = await Promise.all(orders.map(({ order }) => save(order)));
    expect(new Set(paths).size).toBe(12);
    expect((await readdir(folder)).sort()).toEqual(paths.map((path) => basename(path)).sort());
    for (const path of paths) expect(await sha256Of(path)).toBe(orders[0]?.stored.sha256);
  });

  it('does not write through a link that stands in its place', async () => {
    const outside = join(await makeFolder(), 'outside');
    await writeFile(outside, 'untouched');
    await symlink(outside, join(folder, 'report.csv'));
    const { order } = await orderFor(1000);
    expect(basename(await save(createOrder(order.file, order.target.path)))).toBe('report (1).csv');
    expect(basename(await save(order))).toBe('report.csv');
    expect(await readFile(outside, 'utf8')).toBe('untouched');
  });

  it('does not write through a link that stands where its temporary file goes', async () => {
    const outside = join(await makeFolder(), 'outside');
    await writeFile(outside, 'untouched');
    const { order, stored } = await orderFor(1000);
    await symlink(outside, join(folder, `.openrouter-${order.id}.part`));
    await save(order);
    expect(await readFile(outside, 'utf8')).toBe('untouched');
    expect(await sha256Of(join(folder, 'report.csv'))).toBe(stored.sha256);
    expect(await readdir(folder)).toEqual(['report.csv']);
  });

  it('does not give its name to a file that took the place of its temporary one', async () => {
    const { order } = await orderFor(5_000_000);
    const at = { answerBytes: 3_000_000 };
    const held = server.faults.inject({ on: 'download', fault: { kind: 'hang', at } });
    const attempt = beginSave(order, content);
    await attempt.received;
    const part = join(folder, `.openrouter-${order.id}.part`);
    await rename(part, join(folder, 'moved'));
    await writeFile(part, 'another');
    held.release();
    await expect(attempt.path).rejects.toMatchObject({ error: { code: 'partialFileLost' } });
    expect(await readdir(folder)).toEqual(['moved']);
  });

  it('of an upload is not even asked for', async () => {
    const { order } = await orderFor(1000);
    const attempt = save({ ...order, file: { ...order.file, isSaveable: false } });
    await expect(attempt).rejects.toMatchObject({ error: { code: 'notSaveable' } });
    expect(server.requests.all('download')).toEqual([]);
  });

  it('over a folder of that name says so and leaves it', async () => {
    await mkdir(join(folder, 'report.csv'));
    const { order } = await orderFor(1000);
    await expect(save(order)).rejects.toMatchObject({ error: { code: 'targetIsFolder' } });
    expect(await readdir(folder)).toEqual(['report.csv']);
    expect(server.requests.all('download')).toEqual([]);
  });
});
