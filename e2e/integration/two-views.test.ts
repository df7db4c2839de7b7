import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FileQuery } from '#app/files/file-query.ts';
import { type LocalServer, startServer } from '../server/server.ts';
import type { CommandsIn } from './commands-in.ts';
import { keepTemporaryFolders } from './temporary-folder.ts';
import { openWindowLocation, type WindowLocation } from './window-location.ts';

const PAGE: FileQuery = {
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
  sort: { by: 'name', isDescending: false },
  offset: 0,
  limit: 10,
};

const makeFolder = keepTemporaryFolders();

let server: LocalServer;
let opened: WindowLocation;
let first: CommandsIn;
let second: CommandsIn;
let ids: readonly string[];

beforeEach(async () => {
  server = await startServer();
  ids = ['a.txt', 'b.txt', 'c.txt'].map((name) => server.files.add({ name }).id);
  opened = await openWindowLocation(server, { folder: await makeFolder() });
  first = opened.handlers;
  second = opened.openView();
});
afterEach(async () => {
  await opened.close();
  await server.close();
});

const select = (view: CommandsIn, index: number) =>
  view.changeSelection({ change: { kind: 'only', key: ids[index] ?? '' }, page: PAGE });
const selectedIn = async (view: CommandsIn) =>
  (await view.queryFiles({ query: PAGE })).selection.selectedKeys;
const draft = (view: CommandsIn) => view.draftDeletion({ target: { kind: 'selection' } });

describe('two views of one location', () => {
  it('select apart, and a command is about what is selected in its own', async () => {
    await select(first, 0);
    await select(second, 1);
    expect(await selectedIn(first)).toEqual([ids[0]]);
    expect(await selectedIn(second)).toEqual([ids[1]]);
    await second.copyFiles({ target: { kind: 'selection' }, format: 'ids' });
    expect(opened.clipboard().trim()).toBe(ids[1]);
    await first.changeSelection({ change: { kind: 'clear' }, page: PAGE });
    expect(await selectedIn(second)).toEqual([ids[1]]);
  });

  it('draft apart: neither forgets the other’s question, nor can answer it', async () => {
    await select(first, 0);
    await select(second, 1);
    const [asked, askedToo] = [await draft(first), await draft(second)];
    await expect(async () => second.beginDeletion({ id: asked.id, count: 1 })).rejects.toThrow('notFound');
    expect(await second.beginDeletion({ id: askedToo.id, count: 1 })).toMatchObject({ firstName: 'b.txt' });
    expect(await first.beginDeletion({ id: asked.id, count: 1 })).toMatchObject({ firstName: 'a.txt' });
  });

  it('both lose a file that is being deleted, and it is selected again where that was begun', async () => {
    for (const view of [first, second])
      await view.changeSelection({
        change: { kind: 'rows', keys: ids.slice(0, 2), isSelected: true },
        page: PAGE,
      });
    const { id } = await first.beginDeletion({ id: (await draft(first)).id, count: 2 });
    expect(opened.selectionChangeCount()).toBe(2);
    expect([await selectedIn(first), await selectedIn(second)]).toEqual([[], []]);
    await first.undoDeletion({ id });
    await expect.poll(() => selectedIn(first)).toEqual(ids.slice(0, 2));
    expect(await selectedIn(second)).toEqual([]);
  });

  it('know of a file that goes by itself', async () => {
    await select(first, 0);
    await select(second, 0);
    opened.location.index.remove([ids[0] ?? '']);
    for (const view of [first, second])
      expect((await view.queryFiles({ query: PAGE })).selection.summary.count).toBe(0);
  });

  it('are all there are: a request from another is refused', async () => {
    const stranger = opened.inView('stranger');
    await expect(async () => stranger.queryFiles({ query: PAGE })).rejects.toThrow('refused');
    await expect(async () => select(stranger, 0)).rejects.toThrow('refused');
    await expect(async () => draft(stranger)).rejects.toThrow('refused');
  });
});
