import fc from 'fast-check';
import { expect, it } from 'vitest';
import { assertNever } from '#app/assert-never.ts';
import { AppFailure } from '#app/errors.ts';
import { FILE_KINDS } from '#app/files/file-kind.ts';
import type { FileView } from '#app/files/file-query.ts';
import type { RemoteFile } from '#app/files/remote-file.ts';
import type { SelectionChange } from '#app/files/selection.ts';
import { type Clock, systemClock } from '../engine/clock.ts';
import type { ListPage } from '../file-store/listing.ts';
import { OPENROUTER_CAPABILITIES } from '../openrouter/capabilities.ts';
import { createFileIndex, type FileIndex, type Selection } from './file-index.ts';
import { NaiveIndex, toKey } from './naive-index.ts';
import type { SavedListing } from './saved-listing.ts';

const PAGE_ROWS = 3;
let hours = 0;
/** Nothing that was done is recent for it: the last word is the listing's. */
const HASTY_CLOCK: Clock = {
  now: () => {
    hours += 1;
    return hours * 3_600_000;
  },
  sleep: systemClock.sleep,
};

const ids = fc.nat(11).map((number) => `id${number}`);
const names = fc.oneof(
  fc.constantFrom(
    '',
    '/',
    '//',
    'a',
    'a/',
    '/a',
    'a/b',
    'a//b/c',
    'A/b',
    './..',
    '../x',
    'é/ä',
    'e\u0301',
    'x10',
    'x9',
    'X9',
  ),
  fc.string({ unit: fc.constantFrom('a', 'B', '/', 'é', '1', '0', '.', ' ', '日', 'ß'), maxLength: 8 }),
);
const files: fc.Arbitrary<RemoteFile> = fc.record({
  id: ids,
  name: names,
  mimeType: fc.constantFrom('text/plain', 'application/pdf', 'image/png', 'what/ever'),
  sizeBytes: fc.nat(3),
  createdAt: fc.option(fc.nat(3), { nil: null, freq: 4 }),
  isSaveable: fc.boolean(),
});
const orNull = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null, freq: 1 });
const views: fc.Arbitrary<FileView> = fc.record({
  filter: fc.oneof(
    {
      weight: 2,
      arbitrary: fc.constant({
        search: '',
        kinds: [],
        isSaveable: null,
        minSizeBytes: null,
        maxSizeBytes: null,
        createdFrom: null,
        createdBefore: null,
      }),
    },
    fc.record({
      search: fc.oneof(fc.constantFrom('', ' ', 'a', 'É', 'a b', '/', 'x1'), ids),
      kinds: fc.uniqueArray(fc.constantFrom(...FILE_KINDS), { maxLength: 2 }),
      isSaveable: orNull(fc.boolean()),
      minSizeBytes: orNull(fc.nat(2)),
      maxSizeBytes: orNull(fc.nat(3)),
      createdFrom: orNull(fc.nat(2)),
      createdBefore: orNull(fc.nat(4)),
    }),
  ),
  folder: fc.constantFrom(null, '', 'a', 'a/b', 'é', '..', 'gone'),
  sort: fc.record({
    by: fc.constantFrom('name', 'kind', 'size', 'created', 'saveable'),
    isDescending: fc.boolean(),
  }),
});
const keys = fc.oneof(ids, fc.constantFrom('a/', 'a/b/', 'A/', 'é/', '../', '/', 'gone/'));
const changes: fc.Arbitrary<SelectionChange> = fc.oneof(
  fc.record({ kind: fc.constant('only' as const), key: keys }),
  fc.record({ kind: fc.constant('toggle' as const), key: keys }),
  fc.record({ kind: fc.constant('range' as const), view: views, fromKey: keys, toKey: keys }),
  fc.record({
    kind: fc.constant('rows' as const),
    keys: fc.array(keys, { maxLength: 3 }),
    isSelected: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('allMatching' as const), view: views }),
  fc.constant({ kind: 'clear' as const }),
);

type Step =
  | { readonly do: 'put'; readonly file: RemoteFile }
  | { readonly do: 'remove'; readonly ids: readonly string[] }
  | { readonly do: 'read'; readonly listing: readonly RemoteFile[] }
  | {
      readonly do: 'readWhile';
      readonly listing: readonly RemoteFile[];
      readonly file: RemoteFile;
      readonly gone: string;
    }
  | { readonly do: 'select'; readonly change: SelectionChange }
  | { readonly do: 'look'; readonly view: FileView; readonly offset: number; readonly limit: number }
  | { readonly do: 'restart' };

const listings = fc.uniqueArray(files, { selector: ({ id }) => id, maxLength: 12 });
const steps: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('put' as const), file: files }),
  fc.record({ do: fc.constant('remove' as const), ids: fc.array(ids, { maxLength: 3 }) }),
  fc.record({ do: fc.constant('read' as const), listing: listings }),
  fc.record({ do: fc.constant('readWhile' as const), listing: listings, file: files, gone: ids }),
  { weight: 3, arbitrary: fc.record({ do: fc.constant('select' as const), change: changes }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('look' as const),
      view: views,
      offset: fc.nat(12),
      limit: fc.integer({ min: 1, max: 13 }),
    }),
  },
  fc.constant({ do: 'restart' as const }),
);

/** An index over a listing that the test exchanges, and what it must know. */
class World {
  index: FileIndex;
  selection: Selection;
  model = new NaiveIndex();
  #listing: readonly RemoteFile[] = [];
  #onPage: (page: number) => void = () => undefined;
  #disk: Uint8Array | null = null;
  #wasRead = false;
  readonly #saved: SavedListing = {
    read: async () => this.#disk,
    write: async (bytes) => {
      this.#disk = bytes.slice();
    },
    remove: async () => undefined,
  };

  constructor() {
    this.index = this.#open();
    this.selection = this.index.openSelection();
  }

  async take(step: Step): Promise<void> {
    const { index, model } = this;
    switch (step.do) {
      case 'put':
        index.put(step.file);
        model.put(step.file);
        return;
      case 'remove':
        index.remove(step.ids);
        for (const id of step.ids) model.remove(id);
        return;
      case 'read':
        return this.#read(step.listing);
      case 'readWhile':
        return this.#readWhile(step.listing, step.file, step.gone);
      case 'select':
        model.change(step.change);
        return this.selection.change(step.change);
      case 'look':
        return this.#look(step.view, step.offset, step.limit);
      case 'restart':
        return this.#restart();
      default:
        return assertNever(step);
    }
  }

  async check(): Promise<void> {
    const ids = await (await this.selection.toSet()).ids();
    expect([...ids].sort()).toEqual([...this.model.selected].sort());
    const { fileCount, sizeBytes } = this.index.usage();
    expect({ fileCount, sizeBytes }).toEqual({
      fileCount: this.model.files.size,
      sizeBytes: toSize([...this.model.files.values()]),
    });
  }

  #open(): FileIndex {
    return createFileIndex({
      capabilities: OPENROUTER_CAPABILITIES,
      readFile: () => Promise.reject(new AppFailure({ code: 'notFound' })),
      listFiles: async (from) => this.#page(from === null || from.by === 'after' ? 0 : Number(from.cursor)),
      saved: this.#saved,
      clock: HASTY_CLOCK,
      onChange: () => undefined,
      toUnexpected: (cause) => {
        throw cause;
      },
    });
  }

  #page(start: number): ListPage {
    this.#onPage(start / PAGE_ROWS);
    const files = this.#listing.slice(start, start + PAGE_ROWS);
    const end = start + PAGE_ROWS;
    const next = end < this.#listing.length ? ({ by: 'cursor', cursor: String(end) } as const) : null;
    return { files, unreadableRows: 0, unreadableBehind: 0, next, lastId: files.at(-1)?.id ?? null };
  }

  async #read(listing: readonly RemoteFile[]): Promise<void> {
    this.#listing = listing;
    this.#wasRead = true;
    await this.index.refresh();
    for (const file of listing) this.model.put(file);
    this.#dropAllBut(new Set(listing.map(({ id }) => id)));
  }

  /** The app writes one file and deletes another while the listing is read: the pages know of neither. */
  async #readWhile(listing: readonly RemoteFile[], file: RemoteFile, gone: string): Promise<void> {
    const { index, model } = this;
    this.#listing = listing;
    this.#wasRead = true;
    // The first page is asked for when the reading has begun and before any page is taken in.
    this.#onPage = (page) => {
      if (page !== 0) return;
      index.put(file);
      model.put(file);
      index.remove([gone]);
      model.remove(gone);
    };
    await index.refresh();
    this.#onPage = () => undefined;
    for (const listed of listing) if (listed.id !== gone && listed.id !== file.id) model.put(listed);
    const known = new Set(listing.map(({ id }) => id).filter((id) => id !== gone));
    if (file.id !== gone) known.add(file.id);
    this.#dropAllBut(known);
  }

  #dropAllBut(known: ReadonlySet<string>): void {
    for (const id of [...this.model.files.keys()]) if (!known.has(id)) this.model.remove(id);
  }

  async #look(view: FileView, offset: number, limit: number): Promise<void> {
    const page = await this.index.query({ ...view, offset, limit });
    const rows = this.model.rows(view);
    const start = offset < rows.length ? offset : Math.max(0, Math.ceil(rows.length / limit) - 1) * limit;
    const shown = rows.slice(start, start + limit);
    expect(page.rows).toEqual(shown);
    const counted = rows.flatMap((row) => this.model.idsOf(toKey(row))).map((id) => this.model.files.get(id));
    const counts = {
      offset: start,
      total: rows.length,
      fileCount: counted.length,
      sizeBytes: toSize(counted),
    };
    expect(page).toMatchObject(counts);
    const selectedOf = (key: string) =>
      this.model.idsOf(key).filter((id) => this.model.selected.has(id)).length;
    const marks = await this.selection.view(page.rows, view);
    const isWhole = (key: string) => selectedOf(key) === this.model.idsOf(key).length;
    expect([...marks.selectedKeys].sort()).toEqual(shown.map(toKey).filter(isWhole).sort());
    expect(marks.partlySelectedKeys).toEqual(
      shown.map(toKey).filter((key) => selectedOf(key) > 0 && !isWhole(key)),
    );
    expect(marks.isAllMatchingSelected).toBe(rows.map(toKey).every(isWhole));
    expect(marks.summary).toMatchObject({
      count: this.model.selected.size,
      sizeBytes: toSize([...this.model.selected].map((id) => this.model.files.get(id))),
    });
  }

  /** What was read to its end is there again; what was selected is not. */
  async #restart(): Promise<void> {
    await this.index.close();
    const before = this.model;
    this.model = new NaiveIndex();
    this.index = this.#open();
    this.selection = this.index.openSelection();
    if (this.#wasRead) for (const file of before.files.values()) this.model.put(file);
  }
}

function toSize(files: readonly (RemoteFile | undefined)[]): number {
  return files.reduce((sum, file) => sum + (file?.sizeBytes ?? 0), 0);
}

it('answers as if it looked at all files each time', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(steps, { maxLength: 25 }), async (all) => {
      const world = new World();
      try {
        for (const step of all) {
          await world.take(step);
          if (step.do !== 'look' && step.do !== 'restart') await world.check();
        }
      } finally {
        await world.index.close();
      }
    }),
    { numRuns: 300 },
  );
});
