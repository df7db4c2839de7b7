import { describe, expect, it } from 'vitest';
import { AppFailure } from '#app/errors.ts';
import { type FileView, NO_FILTER } from '#app/files/file-query.ts';
import type { RemoteFile } from '#app/files/remote-file.ts';
import { OPENROUTER_CAPABILITIES } from '../openrouter/capabilities.ts';
import { createFileIndex } from './file-index.ts';
import { NaiveIndex } from './naive-index.ts';

const COUNT = 16_000;
/** The plain model looks at all of them for each folder. */
const TIMEOUT_MS = 60_000;
const PAGE_ROWS = 1000;
const TYPES = ['application/pdf', 'text/csv', 'image/png', 'text/plain'];

/** As many as several chunks of names take, listed in no order of time or name; most share much of their names. */
function toFile(number: number): RemoteFile {
  const mixed = (number * 7919) % COUNT;
  return {
    id: `or_file_${number}`,
    name: `Évaluations/run ${mixed % 15}/the report of the customers' survey, part ${mixed}.${number % 7 === 0 ? 'PDF' : 'csv'}`,
    mimeType: TYPES[number % TYPES.length] ?? '',
    sizeBytes: mixed % 50,
    createdAt: mixed % 1000,
    isSaveable: number % 3 === 0,
  };
}

const files = Array.from({ length: COUNT }, (_, number) => toFile(number));

const index = createFileIndex({
  capabilities: OPENROUTER_CAPABILITIES,
  readFile: () => Promise.reject(new AppFailure({ code: 'notFound' })),
  listFiles: async (from) => {
    const start = from?.by === 'cursor' ? Number(from.cursor) : 0;
    const page = files.slice(start, start + PAGE_ROWS);
    const end = start + PAGE_ROWS;
    return {
      files: page,
      unreadableRows: 0,
      unreadableBehind: 0,
      next: end < COUNT ? { by: 'cursor', cursor: String(end) } : null,
      lastId: page.at(-1)?.id ?? null,
    };
  },
  onChange: () => undefined,
  toUnexpected: (cause) => {
    throw cause;
  },
});
const read = index.refresh();
const model = new NaiveIndex();
for (const file of files) model.put(file);

const VIEW: FileView = { filter: NO_FILTER, folder: null, sort: { by: 'created', isDescending: true } };
const VIEWS: readonly (readonly [string, Partial<FileView>])[] = [
  ...(['name', 'kind', 'size', 'created', 'saveable'] as const).flatMap((by) =>
    [true, false].map(
      (isDescending) => [`by ${by}, descending: ${isDescending}`, { sort: { by, isDescending } }] as const,
    ),
  ),
  ['a word in all names', { filter: { ...NO_FILTER, search: 'e' } }],
  ['a word in some names', { filter: { ...NO_FILTER, search: 'PDF' } }],
  ['words in few names', { filter: { ...NO_FILTER, search: 'evaluations part 1599' } }],
  ['folders', { folder: 'Évaluations', sort: { by: 'size', isDescending: true } }],
  ['a folder', { folder: 'Évaluations/run 7', sort: { by: 'name', isDescending: true } }],
];

async function expectLikeModel(view: FileView): Promise<void> {
  const expected = model.rows(view);
  for (const offset of [0, 1000, Math.max(0, expected.length - 700)]) {
    const page = await index.query({ ...view, offset, limit: 1000 });
    expect(page.total).toBe(expected.length);
    expect(page.rows).toEqual(expected.slice(page.offset, page.offset + 1000));
  }
}

describe('an index of many files', { timeout: TIMEOUT_MS }, () => {
  it.each(VIEWS)('answers %s', async (_name, view) => {
    await read;
    await expectLikeModel({ ...VIEW, ...view });
  });

  it('gives the selection as the changes that were asked for before leave it', async () => {
    await read;
    const selection = index.openSelection();
    const all = selection.change({ kind: 'allMatching', view: VIEW });
    expect((await selection.toSet()).count).toBe(COUNT);
    const one = selection.change({ kind: 'only', key: 'or_file_7' });
    const set = await selection.toSet();
    const none = selection.change({ kind: 'clear' });
    expect(await set.ids()).toEqual(['or_file_7']);
    await Promise.all([all, one, none]);
  });

  it('keeps its orders while files come and go', async () => {
    await read;
    const gone = files.filter((_, number) => number % 11 === 0).map(({ id }) => id);
    index.remove(gone);
    for (const id of gone) model.remove(id);
    for (const number of [1, 2, 3]) {
      const file = { ...toFile(number * 100), id: `new_${number}`, createdAt: number };
      index.put(file);
      model.put(file);
    }
    for (const [, view] of VIEWS) await expectLikeModel({ ...VIEW, ...view });
  });
});
