import { readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSavedListing } from '../../main/file-index/saved-listing.ts';
import { never } from './client-bench.ts';
import { setUpIndex } from './index-bench.ts';
import { createTestClient } from './location.ts';
import { keepTemporaryFolders } from './temporary-folder.ts';

const bench = setUpIndex();

describe('kept on disk', () => {
  const makeFolder = keepTemporaryFolders();
  let folder: string;
  let path: string;
  const open = (location = 'a') => bench.open({ saved: createSavedListing(folder, location) });

  beforeEach(async () => {
    folder = join(await makeFolder(), 'listings');
    path = join(folder, 'a.listing');
    await open();
  });
  // Before the folder is removed: what closes writes to it.
  afterEach(() => bench.index.close());

  it('is there at once at the next start, marked as from last time until it is confirmed', async () => {
    const seeded = bench.server.seed(1500);
    bench.server.files.addAll([{ name: 'Évaluation/Ünïcode 10.PDF', mimeType: 'application/pdf' }]);
    await bench.index.refresh();
    bench.index.remove([seeded[3]?.id ?? '']);
    bench.server.files.delete(seeded[3]?.id ?? '');
    const sort = { by: 'name', isDescending: false } as const;
    const before = await bench.query({ sort });
    const selected = await bench.names({ folder: 'Évaluation' });
    await bench.index.close();

    bench.server.files.delete(seeded[4]?.id ?? '');
    bench.server.files.add({ name: 'new' });
    const held = bench.server.faults.inject({ on: 'list', fault: { kind: 'hang', at: 'headers' } });
    await open();
    const reading = bench.index.refresh();
    const after = await bench.query({ sort });
    expect(after.rows).toEqual(before.rows);
    expect(after.status).toMatchObject({
      phase: 'reading',
      isFromLastTime: true,
      knownFiles: 1500,
      completedAt: before.status.completedAt,
    });
    expect(await bench.names({ folder: 'Évaluation' })).toEqual(selected);
    expect(await bench.find('unicode')).toEqual(['Évaluation/Ünïcode 10.PDF']);
    expect(bench.index.totalBytes()).toBeNull();
    expect(bench.index.usage().basis).toBe('lastTime');
    held.release();
    await reading;
    expect(bench.index.status()).toMatchObject({
      phase: 'complete',
      isFromLastTime: false,
      knownFiles: 1500,
    });
    expect(bench.index.find(seeded[4]?.id ?? '')).toBeUndefined();
  });

  it('keeps what was stored just before the last run ended, though the listing lags', async () => {
    bench.server.seed(5);
    await bench.index.refresh();
    const thaw = bench.server.files.freezeListing();
    const { id } = bench.server.files.add({ name: 'new.txt' });
    bench.index.put(await createTestClient(bench.server).readFile(id, never));
    await bench.index.close();
    await open();
    await bench.index.refresh();
    expect(bench.index.find(id)).toBeDefined();
    thaw();
    bench.server.files.delete(id);
    await bench.index.refresh();
    expect(bench.index.find(id)).toBeUndefined();
  });

  it('keeps what was stored then also where it is more than the server is asked for', async () => {
    bench.server.seed(5);
    await bench.index.refresh();
    const thaw = bench.server.files.freezeListing();
    const client = createTestClient(bench.server);
    for (const { id } of bench.server.seed(150)) bench.index.put(await client.readFile(id, never));
    await bench.index.close();
    await open();
    await bench.index.refresh();
    expect((await bench.query()).total).toBe(155);
    thaw();
    await bench.index.refresh();
    expect((await bench.query()).total).toBe(155);
  });

  it.each([
    ['is cut short', (bytes: Buffer) => bytes.subarray(0, bytes.length - 100)],
    ['has one byte changed', (bytes: Buffer) => bytes.fill((bytes[3000] ?? 0) ^ 1, 3000, 3001)],
    ['is of something else', () => Buffer.from('something else')],
    ['is empty', () => Buffer.alloc(0)],
  ])('is passed over when it %s, and made anew', async (_name, damage) => {
    bench.server.seed(100);
    await bench.index.refresh();
    await bench.index.close();
    const whole = await readFile(path);
    await writeFile(path, damage(Buffer.from(whole)));
    await open();
    expect((await bench.query()).total).toBe(0);
    await bench.index.refresh();
    expect((await bench.query()).total).toBe(100);
    await bench.index.close();
    await open();
    expect((await bench.query()).total).toBe(100);
  });

  it('is not exchanged for a part of a listing', async () => {
    bench.server.seed(2500);
    await bench.index.refresh();
    await bench.index.close();
    bench.server.faults.inject({ on: 'list', from: 2, fault: { kind: 'status', status: 403 } });
    await open();
    await bench.index.refresh();
    await bench.index.close();
    await open();
    expect((await bench.query()).status).toMatchObject({ knownFiles: 2500, isFromLastTime: true });
  });

  it('takes in what this app does before it is read', async () => {
    const [first] = bench.server.seed(10);
    await bench.index.refresh();
    await bench.index.close();
    await open();
    bench.index.remove([first?.id ?? '']);
    expect((await bench.query()).total).toBe(9);
  });

  it('is kept of the five locations that were read last, and nothing else is', async () => {
    const locations = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    for (const [age, location] of locations.entries()) {
      await open(location);
      await bench.index.refresh();
      await bench.index.close();
      // Some disks tell times to the second only.
      await utimes(join(folder, `${location}.listing`), age, age);
    }
    await open('b');
    await bench.index.refresh();
    await writeFile(join(folder, 'b.listing.1234'), 'what a crash has left');
    await bench.index.close();
    expect((await readdir(folder)).sort()).toEqual(
      ['b', 'd', 'e', 'f', 'g'].map((name) => `${name}.listing`),
    );
  });

  it('is written for several locations at once, and none removes what another is writing', async () => {
    const listings = ['a', 'b', 'c', 'd', 'e'].map((location) => createSavedListing(folder, location));
    const bytes = Buffer.alloc(100_000, 'x');
    for (let round = 0; round < 10; round += 1)
      await Promise.all(listings.map((listing) => listing.write(bytes)));
    for (const listing of listings) expect(await listing.read()).toEqual(bytes);
  });
});
