import { describe, expect, it } from 'vitest';
import { AppFailure } from '#app/errors.ts';
import { type FileQuery, type FileView, NO_FILTER } from '#app/files/file-query.ts';
import type { RemoteFile } from '#app/files/remote-file.ts';
import { OPENROUTER_CAPABILITIES } from '../openrouter/capabilities.ts';
import { createFileIndex, type FileIndex, type Selection } from './file-index.ts';

const VIEW: FileView = { filter: NO_FILTER, folder: null, sort: { by: 'created', isDescending: true } };

function file(id: string, more: Partial<RemoteFile> = {}): RemoteFile {
  return { id, name: id, mimeType: 'text/plain', sizeBytes: 1, createdAt: 0, isSaveable: false, ...more };
}

/** An index of these files, the oldest listed first. */
async function open(files: readonly RemoteFile[]): Promise<FileIndex> {
  const index = createFileIndex({
    capabilities: OPENROUTER_CAPABILITIES,
    readFile: () => Promise.reject(new AppFailure({ code: 'notFound' })),
    listFiles: async () => ({
      files,
      unreadableRows: 0,
      unreadableBehind: 0,
      next: null,
      lastId: files.at(-1)?.id ?? null,
    }),
    onChange: () => undefined,
    toUnexpected: (cause) => {
      throw cause;
    },
  });
  await index.refresh();
  return index;
}

async function names(index: FileIndex, view: Partial<FileQuery>): Promise<readonly string[]> {
  const { rows } = await index.query({ ...VIEW, offset: 0, limit: 1000, ...view });
  return rows.map((row) => ('kind' in row ? `${row.path}/` : row.name));
}

describe('the orders', () => {
  const files = [
    file('a', { name: 'Zoo 10.pdf', mimeType: 'application/pdf', sizeBytes: 5, createdAt: 3 }),
    file('b', { name: 'zoo 9.txt', sizeBytes: 5, createdAt: 1, isSaveable: true }),
    file('c', { name: 'ärger', mimeType: 'image/png', sizeBytes: 7, createdAt: 1 }),
    file('d', { name: 'Zoo 10.pdf', mimeType: 'application/pdf', sizeBytes: 1, createdAt: 2 }),
  ];
  it.each([
    ['created', true, ['a', 'd', 'c', 'b']],
    ['created', false, ['b', 'c', 'd', 'a']],
    ['name', false, ['c', 'b', 'a', 'd']],
    ['name', true, ['a', 'd', 'b', 'c']],
    ['size', false, ['d', 'a', 'b', 'c']],
    ['size', true, ['c', 'a', 'b', 'd']],
    ['kind', false, ['c', 'a', 'd', 'b']],
    ['kind', true, ['b', 'a', 'd', 'c']],
    ['saveable', false, ['a', 'd', 'c', 'b']],
    ['saveable', true, ['b', 'a', 'd', 'c']],
  ] as const)('by %s, descending: %s', async (by, isDescending, ids) => {
    const index = await open(files);
    const { rows } = await index.query({ ...VIEW, sort: { by, isDescending }, offset: 0, limit: 10 });
    expect(rows.map((row) => 'id' in row && row.id)).toEqual(ids);
  });
});

describe('folders', () => {
  const files = [
    file('1', { name: 'b/x', sizeBytes: 1, createdAt: 9 }),
    file('2', { name: 'a/y/z', sizeBytes: 5, createdAt: 1 }),
    file('3', { name: 'top', createdAt: 2 }),
    file('4', { name: '/a//w', sizeBytes: 2, createdAt: 3 }),
    file('5', { name: 'a', createdAt: 4 }),
    file('6', { name: 'b/', createdAt: 5 }),
    file('7', { name: '', createdAt: 6 }),
    file('8', { name: '///', createdAt: 7 }),
    file('9', { name: '../..', createdAt: 8 }),
  ];

  it('stand first, with what is below them, and odd names lie where they can be reached', async () => {
    const index = await open(files);
    const page = await index.query({
      ...VIEW,
      folder: '',
      sort: { by: 'name', isDescending: false },
      offset: 0,
      limit: 10,
    });
    expect(page.rows.slice(0, 3)).toEqual([
      { kind: 'folder', path: '..', fileCount: 1, sizeBytes: 1, newestAt: 8 },
      { kind: 'folder', path: 'a', fileCount: 2, sizeBytes: 7, newestAt: 3 },
      { kind: 'folder', path: 'b', fileCount: 1, sizeBytes: 1, newestAt: 9 },
    ]);
    expect(page.rows.slice(3).map((row) => 'id' in row && row.id)).toEqual(['7', '8', '5', '6', '3']);
    expect(page).toMatchObject({ total: 8, fileCount: 9 });
    expect(await names(index, { folder: 'a' })).toEqual(['a/y/', '/a//w']);
    expect(await names(index, { folder: 'a/y' })).toEqual(['a/y/z']);
    expect(await names(index, { folder: 'b' })).toEqual(['b/x']);
    expect(await names(index, { folder: '..' })).toEqual(['../..']);
  });

  it.each([
    ['created', true, ['b/', '../', 'a/']],
    ['size', false, ['../', 'b/', 'a/']],
    ['name', true, ['b/', 'a/', '../']],
    ['kind', true, ['../', 'a/', 'b/']],
  ] as const)('are sorted by %s, descending: %s', async (by, isDescending, sorted) => {
    const index = await open(files);
    expect((await names(index, { folder: '', sort: { by, isDescending } })).slice(0, 3)).toEqual(sorted);
  });

  it('go with their last file, and tell when what is left was created', async () => {
    const index = await open(files);
    index.remove(['4']);
    const page = await index.query({ ...VIEW, folder: '', offset: 0, limit: 10 });
    expect(page.rows.slice(0, 3)).toMatchObject([
      { path: 'b', newestAt: 9, fileCount: 1 },
      { path: '..', newestAt: 8 },
      { path: 'a', newestAt: 1, fileCount: 1 },
    ]);
    index.remove(['2']);
    expect(await names(index, { folder: 'a' })).toEqual([]);
    expect(await index.query({ ...VIEW, folder: 'a', offset: 5, limit: 5 })).toMatchObject({
      total: 0,
      fileCount: 0,
    });
  });

  it('are flat lists of what is below them when they are searched', async () => {
    const index = await open(files);
    const filter = { ...NO_FILTER, minSizeBytes: 2 };
    expect(await names(index, { folder: 'a', filter })).toEqual(['/a//w', 'a/y/z']);
    expect(await names(index, { folder: 'b', filter })).toEqual([]);
  });

  it('do not grow without end for a name of nothing but slashes', async () => {
    const name = `${'a/'.repeat(5000)}b`;
    const index = await open([file('deep', { name })]);
    const deepest = Array.from({ length: 64 }, () => 'a').join('/');
    expect(await names(index, { folder: deepest })).toEqual([name]);
    expect(await names(index, { folder: deepest.slice(2) })).toEqual([`${deepest}/`]);
  });
});

describe('a search', () => {
  const index = open([
    file('or_file_1', { name: 'Reports/Résumé Q3.pdf' }),
    file('or_file_2', { name: 'Straße İstanbul' }),
    file('or_file_3', { name: '日本語 한국어.txt' }),
    file('or_file_4', { name: `${'a'.repeat(10_000)}needle` }),
    file('or_file_5', { name: 'ab\ud800c' }),
    file('or_file_6', { name: 'żółć.txt' }),
    file('or_file_7', { name: 'Ｂｉｌａｎｚ　２０２６.txt' }),
  ]);
  it.each([
    ['resume q3', ['or_file_1']],
    ['zolc', ['or_file_6']],
    ['ŻÓŁĆ', ['or_file_6']],
    ['bilanz 2026', ['or_file_7']],
    ['ｒｅｓｕｍｅ', ['or_file_1']],
    ['RÉSUMÉ', ['or_file_1']],
    ['e\u0301 rep', ['or_file_1']],
    ['istanbul strasse', ['or_file_2']],
    ['国語', []],
    ['本語', ['or_file_3']],
    ['한국', ['or_file_3']],
    ['needle', ['or_file_4']],
    ['or_file_2', ['or_file_2']],
    [' or_file_2 ', ['or_file_2']],
    ['or_file', []],
    ['pdfstrasse', []],
  ])('for %j', async (search, ids) => {
    const { rows } = await (await index).query({
      ...VIEW,
      filter: { ...NO_FILTER, search },
      offset: 0,
      limit: 10,
    });
    expect(rows.map((row) => 'id' in row && row.id)).toEqual(ids);
  });
});

describe('what is selected', () => {
  const files = Array.from({ length: 10 }, (_, number) =>
    file(`f${number}`, { name: `${number < 4 ? 'in/' : ''}f${number}`, createdAt: number }),
  );
  const selected = async (selection: Selection) => [...(await (await selection.toSet()).ids())].sort();

  it('takes the last range back when another is drawn from the same row, and nothing else', async () => {
    const index = await open(files);
    const selection = index.openSelection();
    await selection.change({ kind: 'rows', keys: ['f5'], isSelected: true });
    await selection.change({ kind: 'toggle', key: 'f9' });
    await selection.change({ kind: 'range', view: VIEW, fromKey: 'f9', toKey: 'f4' });
    expect(await selected(selection)).toEqual(['f4', 'f5', 'f6', 'f7', 'f8', 'f9']);
    await selection.change({ kind: 'range', view: VIEW, fromKey: 'f9', toKey: 'f8' });
    expect(await selected(selection)).toEqual(['f5', 'f8', 'f9']);
  });

  it('is a folder with all that is below it', async () => {
    const index = await open(files);
    const selection = index.openSelection();
    const view = async () => {
      const { rows } = await index.query({ ...VIEW, folder: '', offset: 0, limit: 10 });
      return selection.view(rows, { ...VIEW, folder: '' });
    };
    await selection.change({ kind: 'toggle', key: 'in/' });
    expect(await view()).toMatchObject({ selectedKeys: ['in/'], summary: { count: 4, sizeBytes: 4 } });
    await selection.change({ kind: 'toggle', key: 'f1' });
    expect(await view()).toMatchObject({ selectedKeys: [], partlySelectedKeys: ['in/'] });
    await selection.change({
      kind: 'range',
      view: { ...VIEW, folder: '' },
      fromKey: 'in/',
      toKey: 'f8',
    });
    expect(await view()).toMatchObject({ selectedKeys: ['in/', 'f9', 'f8'], partlySelectedKeys: [] });
    index.remove(['f0', 'f2', 'f3', 'f1']);
    expect((await view()).summary.firstFiles.map(({ id }) => id)).toEqual(['f9', 'f8']);
  });

  it('stays with a file of which something changes, and leaves it when it goes', async () => {
    const index = await open(files);
    const selection = index.openSelection();
    await selection.change({ kind: 'allMatching', view: VIEW });
    index.put(file('f3', { name: 'renamed', sizeBytes: 7 }));
    index.remove(['f4']);
    index.put(file('f4'));
    expect((await selection.toSet()).count).toBe(9);
    expect(await selected(selection)).not.toContain('f4');
    expect((await selection.view([], VIEW)).summary.sizeBytes).toBe(8 + 7);
  });

  it('is asked about as it is then: a set does not change with it', async () => {
    const index = await open(files);
    const selection = index.openSelection();
    await selection.change({ kind: 'rows', keys: ['f1', 'in/'], isSelected: true });
    const set = await selection.toSet();
    await selection.change({ kind: 'clear' });
    index.put(file('f11', { name: 'in/f11' }));
    index.remove(['f2']);
    expect(set.count).toBe(4);
    expect(await set.ids()).toEqual(['f3', 'f1', 'f0']);
    expect(await set.summary()).toMatchObject({
      count: 3,
      firstFiles: [{ id: 'f3' }, { id: 'f1' }, { id: 'f0' }],
    });
  });

  it('is never all files for the want of a name', async () => {
    const index = await open(files);
    expect((await index.toSet(['/', 'gone/', 'nobody'])).count).toBe(0);
  });
});

it('finds files of a name, however its accents are written, and a size', async () => {
  const index = await open([
    file('1', { name: 'é', sizeBytes: 3 }),
    file('2', { name: 'e\u0301', sizeBytes: 3 }),
    file('3', { name: 'é', sizeBytes: 4 }),
  ]);
  const same = () => index.findSame('e\u0301', 3).map(({ id }) => id);
  expect(same()).toEqual(['2', '1']);
  index.remove(['2']);
  expect(same()).toEqual(['1']);
  index.put(file('4', { name: 'é', sizeBytes: 3 }));
  index.put(file('2', { name: 'é', sizeBytes: 3 }));
  expect(same()).toEqual(['2', '4', '1']);
});

it('finds a name of the longest characters there are', async () => {
  const index = await open([
    file('1', { name: '\ufdfa'.repeat(32_768) }),
    file('2', { name: '\ufdfb'.repeat(32_768) }),
  ]);
  expect(await names(index, { filter: { ...NO_FILTER, search: '\ufdfb' } })).toHaveLength(1);
  expect(await names(index, { filter: { ...NO_FILTER, search: '\ufdfa' } })).toHaveLength(1);
});

it('keeps files without a date: they are the oldest, and of no time that is asked for', async () => {
  const index = await open([
    file('1', { name: 'a/old', createdAt: 5 }),
    file('2', { name: 'b/undated', createdAt: null }),
    file('3', { name: 'a/new', createdAt: 6 }),
  ]);
  expect(await names(index, {})).toEqual(['a/new', 'a/old', 'b/undated']);
  const filter = { ...NO_FILTER, createdBefore: 7 };
  expect(await names(index, { filter })).toEqual(['a/new', 'a/old']);
  const { rows } = await index.query({ ...VIEW, folder: '', offset: 0, limit: 10 });
  expect(rows).toMatchObject([
    { path: 'a', newestAt: 6 },
    { path: 'b', newestAt: null },
  ]);
  expect((await index.query({ ...VIEW, offset: 2, limit: 1 })).rows).toMatchObject([{ createdAt: null }]);
});

it('has right totals again when files of absurd sizes are gone', async () => {
  const index = await open([
    file('1', { name: 'a/1', sizeBytes: 2 }),
    file('2', { name: 'a/2', sizeBytes: Number.MAX_SAFE_INTEGER }),
    file('3', { name: 'a/3', sizeBytes: Number.MAX_SAFE_INTEGER - 7 }),
    file('4', { name: 'a/4', sizeBytes: 4 }),
  ]);
  const selection = index.openSelection();
  await selection.change({ kind: 'allMatching', view: VIEW });
  index.remove(['2', '3']);
  expect(index.usage()).toMatchObject({ sizeBytes: 6, kinds: [{ sizeBytes: 6 }] });
  expect(await index.query({ ...VIEW, folder: '', offset: 0, limit: 1 })).toMatchObject({
    sizeBytes: 6,
    rows: [{ path: 'a', sizeBytes: 6 }],
  });
  expect(await selection.view([], VIEW)).toMatchObject({ summary: { sizeBytes: 6 } });
});

it('counts sizes that no sum can hold', async () => {
  const index = await open([
    file('1', { sizeBytes: Number.MAX_SAFE_INTEGER }),
    file('2', { sizeBytes: Number.MAX_SAFE_INTEGER }),
  ]);
  expect(index.usage().sizeBytes).toBe(Number.MAX_SAFE_INTEGER);
  expect(await index.query({ ...VIEW, offset: 0, limit: 1 })).toMatchObject({
    sizeBytes: Number.MAX_SAFE_INTEGER,
  });
});
