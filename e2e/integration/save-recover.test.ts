import { link, readdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { patientDisk } from '../../main/disk/patient-disk.ts';
import { placeFile } from '../../main/transfers/saves/place-file.ts';
import { recoverSave } from '../../main/transfers/saves/recover-save.ts';
import { type FileIdentity, readIdentity, type SaveOrder } from '../../main/transfers/saves/save-target.ts';
import { createOrder } from './save-setup.ts';
import { keepTemporaryFolders } from './temporary-folder.ts';

/**
 * What the system refuses from now on: links with a code, as FAT does; a rename to a path; names longer than some bytes,
 * as eCryptfs does. Where tests run there is no such file system to be had.
 */
const refused = { link: '', renameTo: '', longerThan: Number.POSITIVE_INFINITY };

function refuse(syscall: string, code: string): Promise<never> {
  return Promise.reject(Object.assign(new Error(`${syscall} refused`), { code, syscall }));
}

function isTooLong(path: string): boolean {
  return Buffer.byteLength(path.slice(path.lastIndexOf('/') + 1)) > refused.longerThan;
}

/** Lets the disk refuse it. */
function refuseOnDisk(): void {
  const { link: linkTo, rename: renameTo, lstat, open } = patientDisk;
  vi.spyOn(patientDisk, 'link').mockImplementation((from, to) => {
    if (refused.link !== '') return refuse('link', refused.link);
    return isTooLong(to) ? refuse('link', 'ENAMETOOLONG') : linkTo(from, to);
  });
  vi.spyOn(patientDisk, 'rename').mockImplementation((from, to) => {
    if (refused.renameTo === to) return refuse('rename', 'EPERM');
    return isTooLong(to) ? refuse('rename', 'ENAMETOOLONG') : renameTo(from, to);
  });
  vi.spyOn(patientDisk, 'lstat').mockImplementation((path) =>
    isTooLong(path) ? refuse('lstat', 'ENAMETOOLONG') : lstat(path),
  );
  vi.spyOn(patientDisk, 'open').mockImplementation((path, ...rest) =>
    isTooLong(path) ? refuse('open', 'ENAMETOOLONG') : open(path, ...rest),
  );
}

const CONTENT = 'whole and synced';
const makeFolder = keepTemporaryFolders();
let folder: string;
let order: SaveOrder;
let part: string;

beforeEach(async () => {
  refuseOnDisk();
  folder = await makeFolder();
  order = createOrder({ id: 'or_file_1', sizeBytes: CONTENT.length }, inFolder('report.csv'));
  part = inFolder(`.openrouter-${order.id}.part`);
});

afterEach(() => {
  vi.restoreAllMocks();
  Object.assign(refused, { link: '', renameTo: '', longerThan: Number.POSITIVE_INFINITY });
});

function inFolder(name: string): string {
  return join(folder, name);
}

/** Leaves a whole part, as it stands when its placing is put on record. */
async function leavePart(): Promise<FileIdentity> {
  await writeFile(part, CONTENT);
  const identity = await readIdentity(part);
  if (!identity) throw new Error('no part');
  return identity;
}

/** Renames the part as it is renamed before it takes a name without links. */
async function leaveIntent(number: number): Promise<void> {
  await rename(part, inFolder(`.openrouter-${order.id}.${number}.part`));
}

async function readAll(): Promise<Record<string, string>> {
  const names = await readdir(folder);
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await readFile(inFolder(name), 'utf8')] as const)),
  );
}

describe('a save that a crash ended', () => {
  it.each([
    ['before its first byte', async () => undefined],
    ['while it was received', () => writeFile(part, 'half')],
    ['before its placing was on record', leavePart],
  ])('%s begins anew', async (_name, leave) => {
    await leave();
    expect(await recoverSave(order, null)).toBeNull();
    expect(await readAll()).toEqual({});
  });

  it.each<[string, () => Promise<unknown>]>([
    ['before it took its name', async () => undefined],
    ['with two names', () => link(part, inFolder('report.csv'))],
    ['after it took its name', () => rename(part, inFolder('report.csv'))],
    ['before it reserved its name', () => leaveIntent(0)],
    [
      'with its name reserved',
      async () => {
        await leaveIntent(0);
        await writeFile(inFolder('report.csv'), '');
      },
    ],
  ])('%s is finished', async (_name, crash) => {
    const placing = await leavePart();
    await crash();
    expect(await recoverSave(order, placing)).toBe(inFolder('report.csv'));
    expect(await readAll()).toEqual({ 'report.csv': CONTENT });
    expect(await recoverSave(order, placing)).toBe(inFolder('report.csv'));
    expect(await readAll()).toEqual({ 'report.csv': CONTENT });
  });

  it.each<[string, () => Promise<unknown>]>([
    ['before it took its name', async () => undefined],
    ['with two names', () => link(part, inFolder('report (1).csv'))],
    ['after it took its name', () => rename(part, inFolder('report (1).csv'))],
    ['before it reserved its name', () => leaveIntent(1)],
    [
      'with its name reserved',
      async () => {
        await leaveIntent(1);
        await writeFile(inFolder('report (1).csv'), '');
      },
    ],
  ])('%s beside another file is finished', async (_name, crash) => {
    await writeFile(inFolder('report.csv'), 'another');
    const placing = await leavePart();
    await crash();
    expect(await recoverSave(order, placing)).toBe(inFolder('report (1).csv'));
    expect(await readAll()).toEqual({ 'report.csv': 'another', 'report (1).csv': CONTENT });
  });

  it.each<[string, () => Promise<unknown>]>([
    ['before', async () => undefined],
    ['after', () => rename(part, inFolder('report.csv'))],
  ])('%s it replaced what it was to replace is finished', async (_name, crash) => {
    await writeFile(inFolder('report.csv'), 'agreed to lose');
    const replaces = await readIdentity(inFolder('report.csv'));
    const placing = await leavePart();
    await crash();
    const replacing = { ...order, target: { ...order.target, replaces } };
    expect(await recoverSave(replacing, placing)).toBe(inFolder('report.csv'));
    expect(await readAll()).toEqual({ 'report.csv': CONTENT });
  });

  it('is found on a file system that numbers files anew at every mount', async () => {
    const placing = await leavePart();
    await rename(part, inFolder('report.csv'));
    expect(await recoverSave(order, { ...placing, inode: placing.inode + 1 })).toBe(inFolder('report.csv'));
  });

  it('leaves an empty file that was there before', async () => {
    await writeFile(inFolder('report.csv'), '');
    await utimes(inFolder('report.csv'), 1, 1);
    const placing = await leavePart();
    await leaveIntent(0);
    expect(await recoverSave(order, placing)).toBe(inFolder('report (1).csv'));
    expect(await readAll()).toEqual({ 'report.csv': '', 'report (1).csv': CONTENT });
  });

  it('leaves what another program wrote under the name that was tried', async () => {
    const placing = await leavePart();
    await leaveIntent(0);
    await writeFile(inFolder('report.csv'), 'another');
    expect(await recoverSave(order, placing)).toBe(inFolder('report (1).csv'));
    expect(await readAll()).toEqual({ 'report.csv': 'another', 'report (1).csv': CONTENT });
  });

  it.each<[string, () => Promise<unknown>]>([
    ['lost its end', () => writeFile(part, CONTENT.slice(1))],
    ['was written to', () => utimes(part, 1, 1)],
    ['was removed', () => rm(part)],
    [
      'lost its end while its name was reserved',
      async () => {
        await writeFile(part, CONTENT.slice(1));
        await leaveIntent(0);
        await writeFile(inFolder('report.csv'), '');
      },
    ],
  ])('whose part %s begins anew', async (_name, change) => {
    const placing = await leavePart();
    await change();
    expect(await recoverSave(order, placing)).toBeNull();
    expect(await readAll()).toEqual({});
  });

  it('does not take another file for its own', async () => {
    const placing = await leavePart();
    await rm(part);
    await writeFile(inFolder('report.csv'), 'another');
    await writeFile(inFolder('report (1).csv'), CONTENT);
    await utimes(inFolder('report (1).csv'), 1, 1);
    // The file system may have given the removed one's number to it.
    expect(await recoverSave(order, { ...placing, inode: -1 })).toBeNull();
    expect(Object.keys(await readAll())).toHaveLength(2);
  });

  it('in a folder that is gone begins anew', async () => {
    const placing = await leavePart();
    await rm(folder, { recursive: true });
    expect(await recoverSave(order, placing)).toBeNull();
  });
});

describe.each(['EPERM', 'EXDEV', 'EINVAL', 'ENOTSUP', 'ENOSYS', 'EISDIR'])(
  'where hard links are refused with %s, a save',
  (code) => {
    beforeEach(() => {
      refused.link = code;
    });

    it('takes its name and replaces nothing', async () => {
      await writeFile(inFolder('report.csv'), 'another');
      await leavePart();
      expect(await placeFile(part, order.target)).toBe(inFolder('report (1).csv'));
      expect(await readAll()).toEqual({ 'report.csv': 'another', 'report (1).csv': CONTENT });
    });
  },
);

describe('without hard links a save', () => {
  beforeEach(() => {
    refused.link = 'EPERM';
  });

  it('ends whole beside others of its name', async () => {
    const orders = Array.from({ length: 8 }, () => createOrder(order.file, order.target.path));
    const paths = await Promise.all(
      orders.map(async ({ id, target }) => {
        const path = inFolder(`.openrouter-${id}.part`);
        await writeFile(path, id);
        return placeFile(path, target);
      }),
    );
    const left = await readAll();
    expect(Object.keys(left).sort()).toEqual(paths.map((path) => basename(path)).sort());
    expect(Object.values(left).sort()).toEqual(orders.map(({ id }) => id).sort());
  });

  it('that cannot take its name leaves no reservation and its part where it was', async () => {
    refused.renameTo = inFolder('report.csv');
    await leavePart();
    await expect(placeFile(part, order.target)).rejects.toMatchObject({
      error: { code: 'folderUnwritable' },
    });
    expect(await readAll()).toEqual({ [basename(part)]: CONTENT });
  });

  it('is finished after a crash', async () => {
    const placing = await leavePart();
    await leaveIntent(0);
    await writeFile(inFolder('report.csv'), '');
    expect(await recoverSave(order, placing)).toBe(inFolder('report.csv'));
    expect(await readAll()).toEqual({ 'report.csv': CONTENT });
  });
});

describe.each(['', 'EPERM'])('on a disk that takes only short names (links: "%s"), a save', (linkCode) => {
  const LONG_NAME = `${'long-'.repeat(40)}.csv`;

  beforeEach(() => {
    refused.link = linkCode;
    refused.longerThan = 143;
    order = createOrder(order.file, inFolder(LONG_NAME));
    part = inFolder(`.openrouter-${order.id}.part`);
  });

  it('ends whole under a shorter name, and replaces nothing', async () => {
    await leavePart();
    const first = await placeFile(part, order.target);
    expect(basename(first)).toMatch(/^long-[long-]{100,}\.csv$/);
    await leavePart();
    const second = await placeFile(part, order.target);
    expect(basename(second)).toMatch(/ \(1\)\.csv$/);
    expect(await readAll()).toEqual({ [basename(first)]: CONTENT, [basename(second)]: CONTENT });
  });

  it('is found under its shorter name after a crash', async () => {
    const placing = await leavePart();
    const placed = await placeFile(part, order.target);
    expect(await recoverSave(order, placing)).toBe(placed);
    expect(Object.keys(await readAll())).toEqual([basename(placed)]);
  });

  it('says that the name is not accepted when no form of it is', async () => {
    await leavePart();
    refused.longerThan = 58;
    await expect(placeFile(part, order.target)).rejects.toMatchObject({ error: { code: 'nameNotAllowed' } });
    refused.longerThan = Number.POSITIVE_INFINITY;
    expect(await readAll()).toEqual({ [basename(part)]: CONTENT });
  });
});
