import { describe, expect, it } from 'vitest';
import { systemClock } from '../../main/engine/clock.ts';
import { RECENT_MS } from '../../main/file-index/recent-changes.ts';
import type { StoredFile } from '../server/store.ts';
import { never } from './client-bench.ts';
import { setUpIndex } from './index-bench.ts';
import { createTestClient } from './location.ts';
import { inState, setUpTransfers } from './transfers-bench.ts';

describe('a listing that lags behind what this app did', () => {
  const bench = setUpIndex();
  const hasRow = async ({ id }: StoredFile) =>
    (await bench.query()).rows.some((row) => !('kind' in row) && row.id === id);
  /** Puts a file into the index as an upload does that has come to its end. */
  const upload = async (name = 'new.txt') => {
    const stored = bench.server.files.add({ name });
    bench.index.put(await createTestClient(bench.server).readFile(stored.id, never));
    return stored;
  };
  /** Deletes a file as the app does that has the server's word for it. */
  const remove = ({ id }: StoredFile) => {
    bench.server.files.delete(id);
    bench.index.remove([id]);
  };
  const setUp = async () => {
    const [oldest, ...others] = bench.server.seed(5);
    if (!oldest) throw new Error('Nothing was seeded');
    await bench.index.refresh();
    return { oldest, thaw: bench.server.files.freezeListing(), newest: others.at(-1) ?? oldest };
  };
  const askedFor = () => bench.server.requests.all('retrieve').length;

  it('loses no new file, and brings none back that was deleted', async () => {
    const { oldest, newest, thaw } = await setUp();
    const added = await upload();
    remove(oldest);
    remove(newest);
    for (let time = 0; time < 2; time += 1) {
      await bench.index.refresh();
      await bench.index.catchUp();
      expect(bench.index.status()).toMatchObject({ phase: 'complete', knownFiles: 4, error: null });
      expect(await hasRow(added)).toBe(true);
      expect(await hasRow(oldest)).toBe(false);
    }
    thaw();
    await bench.index.refresh();
    expect(bench.index.status().knownFiles).toBe(4);
    const asked = askedFor();
    await bench.index.refresh();
    expect(askedFor()).toBe(asked);
  });

  it('is believed when the server says that a new file is gone', async () => {
    const { thaw } = await setUp();
    const added = await upload();
    thaw();
    bench.server.files.delete(added.id);
    await bench.index.refresh();
    expect(await hasRow(added)).toBe(false);
  });

  it('is believed when the server says that a deleted file is there', async () => {
    const { oldest } = await setUp();
    // The server has only said that it deleted it.
    bench.index.remove([oldest.id]);
    await bench.index.refresh();
    expect(await hasRow(oldest)).toBe(true);
    expect(bench.index.status().knownFiles).toBe(5);
  });

  it('counts for less while the server cannot be asked, and is believed some minutes later', async () => {
    let passedMs = 0;
    const clock = { now: () => systemClock.now() + passedMs, sleep: systemClock.sleep };
    await bench.open({ clock });
    const { oldest } = await setUp();
    const added = await upload();
    remove(oldest);
    bench.server.faults.inject({
      on: 'retrieve',
      times: Number.POSITIVE_INFINITY,
      fault: { kind: 'status', status: 500 },
    });
    passedMs = RECENT_MS - 60_000;
    await bench.index.refresh();
    expect([await hasRow(added), await hasRow(oldest)]).toEqual([true, false]);
    passedMs = RECENT_MS + 60_000;
    await bench.index.refresh();
    expect([await hasRow(added), await hasRow(oldest)]).toEqual([false, true]);
  });

  it('costs few requests, however many files were added, and the rest of them stay', async () => {
    await setUp();
    for (let number = 0; number < 250; number += 1) await upload(`new ${number}`);
    const asked = askedFor();
    await bench.index.refresh();
    expect(bench.index.status().knownFiles).toBe(255);
    expect(askedFor() - asked).toBeLessThanOrEqual(100);
  });
});

describe('an upload whose answer was lost while the listing lags', () => {
  const bench = setUpTransfers();

  it('is not taken for a file of its name that was deleted before', async () => {
    const { id: oldId } = bench.server.files.add({ name: 'a.txt', sizeBytes: 13 });
    const location = await bench.openHere();
    bench.server.files.freezeListing();
    bench.server.files.delete(oldId);
    location.index.remove([oldId]);
    bench.server.faults.inject({ on: 'upload', fault: { kind: 'reset', at: 'body' } });
    const id = location.upload(await bench.write('a.txt'), 'a.txt');
    const done = await location.waitFor(inState(id, 'done'));
    expect(done).toMatchObject({ attempts: 2, confirmedBy: 'answer' });
    expect(done.fileId).not.toBe(oldId);
  });
});
