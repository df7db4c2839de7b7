import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MAX_HELD_FILES } from '../../main/transfers/uploads/held-files.ts';
import { setUpTransfers } from './transfers-bench.ts';
import { sha256 } from './upload-setup.ts';
import { openWindowLocation } from './window-location.ts';

const bench = setUpTransfers();

// Windows lets nobody remove a file that is open, so there it cannot vanish.
describe.skipIf(process.platform === 'win32')('files that are gone when their turn comes', () => {
  /** Gives files while the queue is paused, removes them, and lets the queue go on; gives how they ended. */
  async function uploadVanishing(contents: ReadonlyMap<string, string>) {
    const folder = join(bench.folder, 'extracted');
    await mkdir(folder);
    for (const [name, content] of contents) await writeFile(join(folder, name), content);
    const { handlers, close } = await openWindowLocation(bench.server, { folder: bench.folder });
    handlers.pauseTransfers({});
    await handlers.uploadPaths({
      paths: Array.from(contents.keys(), (name) => join(folder, name)),
      withoutPath: [],
    });
    await rm(folder, { recursive: true });
    handlers.resumeTransfers({});
    const list = async () => (await handlers.listTransfers({})).transfers;
    await expect
      .poll(async () => (await list()).every(({ state }) => state === 'done' || state === 'failed'))
      .toBe(true);
    const ended = await list();
    await close();
    return ended;
  }

  it('as an archive’s window removes them, are uploaded whole, small and large', async () => {
    const contents = new Map([
      ['small.txt', 'from an archive'],
      ['large.txt', 'l'.repeat(1_000_000)],
    ]);
    const ended = await uploadVanishing(contents);
    expect(ended.map(({ state }) => state)).toEqual(['done', 'done']);
    expect(
      bench.server.files
        .all()
        .map(({ name, sizeBytes }) => [name, sizeBytes])
        .sort(),
    ).toEqual([
      ['large.txt', 1_000_000],
      ['small.txt', 15],
    ]);
  });

  it('by one path after the other, are each stored with their own content, also when the first has ended', async () => {
    const path = join(bench.folder, 'report.txt');
    const { handlers, close } = await openWindowLocation(bench.server, { folder: bench.folder });
    handlers.pauseTransfers({});
    const contents = ['of the first archive', 'of another archive', 'of the last of the archives'];
    for (const content of contents) {
      await writeFile(path, content);
      await handlers.uploadPaths({ paths: [path], withoutPath: [] });
      await rm(path);
    }
    const list = async () => (await handlers.listTransfers({})).transfers;
    const [first] = await list();
    handlers.cancelTransfers({ ids: [first?.id ?? ''] });
    handlers.resumeTransfers({});
    await expect
      .poll(async () => (await list()).map(({ state }) => state))
      .toEqual(['cancelled', 'done', 'done']);
    await close();
    const stored = bench.server.files.all().map((file) => file.sha256);
    expect(stored).toEqual(contents.slice(1).map((content) => sha256(Buffer.from(content))));
  });

  it('are kept open within bounds, and beyond them say that they are gone', async () => {
    const names = Array.from({ length: MAX_HELD_FILES + 3 }, (_, index) => `${index}.txt`);
    const ended = await uploadVanishing(new Map(names.map((name) => [name, `content of ${name}`])));
    const failed = ended.filter(({ state }) => state === 'failed');
    expect(failed.map(({ error }) => error)).toEqual(Array(3).fill({ code: 'fileMissing' }));
  });
});
