import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LocalServer, startServer } from '../server/server.ts';
import { keepTemporaryFolders } from './temporary-folder.ts';
import { openWindowLocation } from './window-location.ts';

const makeFolder = keepTemporaryFolders();

describe('records that are found empty or overwritten at the start', () => {
  let server: LocalServer;
  let folder: string;
  beforeEach(async () => {
    server = await startServer();
    folder = await makeFolder();
    await mkdir(join(folder, 'records'));
  });
  afterEach(() => server.close());
  const pathOf = (kind: 'transfers' | 'deletions' | 'uploads') =>
    join(folder, 'records', `test.${kind}.jsonl`);
  /** Opens the location and gives what the window is told was lost. */
  async function findLost() {
    const { lostRecords, handlers, close } = await openWindowLocation(server, {
      folder,
      onStoreProblem: () => undefined,
    });
    const { status } = await handlers.listTransfers({});
    await close();
    return [...(status.hasLostRecords ? ['transfers'] : []), ...lostRecords];
  }

  it.each([
    ['no bytes', Buffer.alloc(0)],
    ['zeros', Buffer.alloc(4096)],
    ['rubbish', Buffer.from('rubbish')],
  ])('are told of, kept aside, and told of once: %s', async (_what, bytes) => {
    for (const kind of ['transfers', 'deletions', 'uploads'] as const) await writeFile(pathOf(kind), bytes);
    expect(await findLost()).toEqual(['transfers', 'deletions', 'history']);
    const asides = (await readdir(join(folder, 'records'))).filter((name) =>
      /\.damaged-|\.imported$/.test(name),
    );
    expect(asides).toHaveLength(3);
    expect(await findLost()).toEqual([]);
  });

  it('are not missed when the location is new, or was closed in order', async () => {
    expect(await findLost()).toEqual([]);
    expect(await findLost()).toEqual([]);
  });

  it.each([
    ['no bytes', Buffer.alloc(0)],
    ['zeros', Buffer.alloc(4096)],
    ['rubbish', Buffer.from('rubbish'.repeat(1000))],
  ])('are told of once when they are the store: %s', async (_what, bytes) => {
    expect(await findLost()).toEqual([]);
    await writeFile(join(folder, 'store', 'records-1.sqlite'), bytes);
    expect(await findLost()).toEqual(['deletions', 'history']);
    expect(await readFile(join(folder, 'store', 'records-1.sqlite'))).toEqual(bytes);
    expect(await findLost()).toEqual([]);
  });

  it('and those that cannot be read at all are told of at each start', async () => {
    // A folder in the place of the file, as root may read everything else.
    await mkdir(join(folder, 'store', 'records-1.sqlite'), { recursive: true });
    expect(await findLost()).toEqual(['deletions', 'history']);
    expect(await findLost()).toEqual(['deletions', 'history']);
  });

  it('and so is a journal of an earlier version', async () => {
    await mkdir(pathOf('deletions'));
    expect(await findLost()).toEqual(['deletions']);
  });
});
