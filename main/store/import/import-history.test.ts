import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { toJournal } from '../../transfers/journal/journal-lines.ts';
import { openLedger } from '../../transfers/uploads/ledger.ts';
import { createMemoryStore } from '../memory-store.ts';
import { importHistory } from './import-history.ts';

const HASH = 'a'.repeat(64);
const entryOf = (id: string) => ({ id, name: `${id}.txt`, sizeBytes: 10, sha256: HASH, at: 1 });
const source = { path: '/home/me/one.txt', modifiedAt: 1.5 };
const save = { savedId: 'one', path: '/home/me/saved.txt', sizeBytes: 10, modifiedAt: 2.5, at: 5 };

describe('the list of uploads of an earlier version', () => {
  let folder: string;
  let path: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'files-for-openrouter-'));
    path = join(folder, 'abc.uploads.jsonl');
  });
  afterEach(() => rm(folder, { recursive: true }));
  const write = async (lines: readonly unknown[], version = 2) =>
    writeFile(path, await toJournal(version, lines));
  async function open(store = createMemoryStore()) {
    const hasLost = await importHistory(path, 'here', store);
    return { hasLost, store, ledger: await openLedger({ store, locationId: 'here' }) };
  }

  it('is taken over in its order, once, with what was forgotten and what was uploaded again', async () => {
    await write([
      { ...entryOf('one'), source },
      entryOf('two'),
      entryOf('three'),
      save,
      { ...entryOf('one'), source },
      { forgottenIds: ['three'] },
    ]);
    const { hasLost, ledger, store } = await open();
    expect(hasLost).toBe(false);
    expect(ledger.findContent(10, HASH).map(({ id }) => id)).toEqual(['one', 'two']);
    expect(ledger.findLocal('one')).toMatchObject({ origin: 'saved', path: save.path });
    expect(await readdir(folder)).toEqual(['abc.uploads.jsonl.imported']);
    const before = store.content();
    expect((await open(store)).hasLost).toBe(false);
    expect(store.content()).toEqual(before);
  });

  it('of the very first version is read, too', async () => {
    await write([entryOf('one')], 1);
    const { ledger } = await open();
    expect(ledger.findContent(10, HASH)).toEqual([{ ...entryOf('one'), source: null }]);
  });

  it('that is long is taken over in parts, and from its start after a failure', async () => {
    const ids = Array.from({ length: 2500 }, (_, index) => `file-${index}`);
    await write(ids.map(entryOf));
    let commitCount = 0;
    const failing = createMemoryStore({
      decide: () => {
        commitCount += 1;
        return commitCount === 3 ? 'refused' : 'done';
      },
    });
    expect((await open(failing)).hasLost).toBe(true);
    expect(await readdir(folder)).toEqual(['abc.uploads.jsonl']);
    const { hasLost, ledger } = await open(failing);
    expect(hasLost).toBe(false);
    expect(ledger.findContent(10, HASH).map(({ id }) => id)).toEqual(ids.toReversed());
  });

  it('that is damaged gives the rest and tells so', async () => {
    await write([entryOf('one'), entryOf('two')]);
    const text = await readFile(path, 'utf8');
    await writeFile(path, text.replace('one.txt', 'eno.txt'));
    const { hasLost, ledger } = await open();
    expect(hasLost).toBe(true);
    expect(ledger.findContent(10, HASH).map(({ id }) => id)).toEqual(['two']);
  });
});
