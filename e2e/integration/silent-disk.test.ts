import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { patientDisk } from '../../main/disk/patient-disk.ts';
import { inState, setUpTransfers } from './transfers-bench.ts';
import { openWindowLocation } from './window-location.ts';

const bench = setUpTransfers();

/** Lets no call return for what is below a folder, as a share that is gone does. */
function silence(folder: string): void {
  const never = () => new Promise<never>(() => undefined);
  for (const name of ['open', 'stat', 'lstat', 'readFolder'] as const) {
    const call: (path: string, flags: number) => Promise<unknown> = patientDisk[name];
    vi.spyOn(patientDisk, name).mockImplementation((path: string, flags?: number) =>
      path.startsWith(folder) ? never() : (call(path, flags ?? 0) as Promise<never>),
    );
  }
}

describe('a drive that does not answer', () => {
  afterEach(() => void vi.restoreAllMocks());

  it('keeps no other upload waiting; its files are named, and can be cancelled', async () => {
    const location = await bench.openHere({ speed: 1 });
    const share = join(bench.folder, 'share');
    await mkdir(share);
    const stuckIds: string[] = [];
    for (let number = 0; number < 6; number += 1) {
      const path = join(share, `${number}.bin`);
      await writeFile(path, 'x'.repeat(300_000));
      stuckIds.push(location.upload(path, `${number}.bin`, 300_000));
      if (number === 0) silence(share);
    }
    const other = location.upload(await bench.write('other.txt', 'o'.repeat(300_000)), 'other.txt', 300_000);
    const [, second = '', third = ''] = stuckIds;
    await location.waitFor(({ id, error }) => id === third && error?.code === 'diskSilent');
    await location.waitFor(inState(other, 'done'));
    location.transfers.queue.cancel([second, third]);
    await location.waitFor(inState(second, 'cancelled'));
    await location.waitFor(inState(third, 'cancelled'));
    expect(bench.namesOnServer()).toContain('other.txt');
  });

  it('holds up nothing else that is dropped with what lies on it, nor the details of a file', async () => {
    const share = join(bench.folder, 'share');
    await mkdir(join(share, 'folder'), { recursive: true });
    const path = await bench.write('here.txt');
    const { handlers, close } = await openWindowLocation(bench.server, { folder: bench.folder });
    silence(share);
    const paths = [join(share, 'away.txt'), join(share, 'folder'), path];
    const { acceptedCount } = await handlers.uploadPaths({ paths, withoutPath: [] });
    expect(acceptedCount).toBe(3);
    const list = async () => (await handlers.listTransfers(undefined)).transfers;
    await expect.poll(async () => (await list()).find(({ name }) => name === 'here.txt')?.state).toBe('done');
    const ids = (await list()).filter(({ state }) => state === 'preparing').map(({ id }) => id);
    expect(ids).toHaveLength(2);
    handlers.cancelTransfers({ ids });
    await expect
      .poll(async () => (await list()).map(({ state }) => state).sort())
      .toEqual(['cancelled', 'cancelled', 'done']);
    const [uploaded] = bench.server.files.all();
    silence(bench.folder);
    const { local } = await handlers.readDetails({ id: uploaded?.id ?? '' });
    expect(local?.isUnchanged).toBe(false);
    await close();
  });
});
