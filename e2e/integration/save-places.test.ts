import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, chown, mkdir, readdir, readFile, readlink, stat, symlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { recoverSave } from '../../main/transfers/saves/recover-save.ts';
import { readIdentity, toSaveTarget } from '../../main/transfers/saves/save-target.ts';
import { createGeneratedContent } from '../server/content.ts';
import { type LocalServer, startServer } from '../server/server.ts';
import { asOtherUser, isRoot, OTHER_USER_ID } from './other-user.ts';
import { beginSave, createOrder, openContentAt } from './save-setup.ts';
import { keepTemporaryFolders } from './temporary-folder.ts';

const makeFolder = keepTemporaryFolders();
const hasModes = process.platform !== 'win32';
let server: LocalServer;
let folder: string;
let content: ReturnType<typeof openContentAt>;
let sha256: string;

beforeEach(async () => {
  server = await startServer();
  content = openContentAt(server.baseUrl, server.apiKey);
  folder = await makeFolder();
});

afterEach(() => server.close());

/** Puts a file on the server and orders it to where a person chose in the dialog. */
async function orderTo(path: string, sizeBytes = 100_000) {
  const [stored] = server.files.addAll([
    { name: 'out/report.csv', content: createGeneratedContent(sizeBytes, 1) },
  ]);
  if (!stored) throw new Error('nothing was stored');
  sha256 = stored.sha256 ?? '';
  const target = await toSaveTarget(path);
  return createOrder(stored, target.path, target.replaces);
}

async function saveTo(path: string): Promise<string> {
  return beginSave(await orderTo(path), content).path;
}

async function expectArrived(path: string): Promise<void> {
  const bytes = await readFile(path);
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
}

async function modeOf(path: string): Promise<number> {
  return (await stat(path)).mode & 0o777;
}

describe.runIf(isRoot && hasModes)('a download into a folder that may be written to and not listed', () => {
  beforeEach(async () => {
    await chown(folder, OTHER_USER_ID, OTHER_USER_ID);
    await chmod(folder, 0o300);
  });

  it('ends whole, once, and says so', async () => {
    const path = await asOtherUser(() => saveTo(join(folder, 'report.csv')));
    expect(path).toBe(join(folder, 'report.csv'));
    await expectArrived(path);
    expect(await readdir(folder)).toEqual(['report.csv']);
  });

  it('replaces nothing', async () => {
    await writeFile(join(folder, 'report.csv'), 'another');
    const order = { ...(await orderTo(join(folder, 'report.csv'))) };
    const unasked = createOrder(order.file, order.target.path);
    const path = await asOtherUser(() => beginSave(unasked, content).path);
    expect(basename(path)).toBe('report (1).csv');
    expect(await readFile(join(folder, 'report.csv'), 'utf8')).toBe('another');
  });

  it('is found there after a crash, with its name and without it', async () => {
    const order = await orderTo(join(folder, 'report.csv'));
    await writeFile(join(folder, 'report.csv'), 'another');
    const attempt = beginSave({ ...order, target: { ...order.target, replaces: null } }, content);
    const placed = await attempt.path;
    expect(basename(placed)).toBe('report (1).csv');
    expect(await asOtherUser(() => recoverSave(order, attempt.placing))).toBe(placed);

    const part = join(folder, `.openrouter-${order.id}.3.part`);
    await writeFile(part, 'whole');
    await chown(part, OTHER_USER_ID, OTHER_USER_ID);
    const again = await asOtherUser(async () => recoverSave(order, await readIdentity(part)));
    expect(basename(again ?? '')).toBe('report (2).csv');
    expect((await readdir(folder)).sort()).toEqual(['report (1).csv', 'report (2).csv', 'report.csv']);
  });
});

describe.runIf(isRoot && hasModes)('a download into a folder without permission', () => {
  it.each([0o500, 0o000])('of mode %i says that it cannot be written to', async (mode) => {
    await chmod(folder, mode);
    await expect(asOtherUser(() => saveTo(join(folder, 'report.csv')))).rejects.toMatchObject({
      error: { code: 'folderUnwritable' },
    });
    expect(await readdir(folder)).toEqual([]);
  });
});

describe.runIf(process.platform === 'linux')('a download whose path is too long for the system', () => {
  it('ends whole under a shorter name', async () => {
    // The longest path has 4,095 bytes, and what stands in this folder may have 80 of them.
    let deep = folder;
    while (deep.length + 200 < 4095 - 81) deep = join(deep, 'd'.repeat(150));
    deep = join(deep, 'd'.repeat(4095 - 81 - deep.length - 1));
    execFileSync('mkdir', ['-p', basename(deep)], { cwd: await makeDeep(dirname(deep)) });
    const order = await orderTo(join(deep, `${'long-'.repeat(40)}.csv`));
    const path = await beginSave(order, content).path;
    expect(basename(path)).toMatch(/^long-[long-]+\.csv$/);
    await expectArrived(path);
    expect(await readdir(deep)).toEqual([basename(path)]);
  });

  async function makeDeep(path: string): Promise<string> {
    await mkdir(path, { recursive: true });
    return path;
  }
});

describe('a download over a symbolic link', () => {
  it('replaces the file that the link leads to, and leaves the link', async () => {
    const elsewhere = await makeFolder();
    await writeFile(join(elsewhere, 'real.csv'), 'old');
    await symlink(join(elsewhere, 'real.csv'), join(folder, 'second.csv'));
    await symlink('second.csv', join(folder, 'report.csv'));
    expect(await saveTo(join(folder, 'report.csv'))).toBe(join(elsewhere, 'real.csv'));
    await expectArrived(join(elsewhere, 'real.csv'));
    expect(await readlink(join(folder, 'report.csv'))).toBe('second.csv');
    expect(await readdir(elsewhere)).toEqual(['real.csv']);
    expect((await readdir(folder)).sort()).toEqual(['report.csv', 'second.csv']);
  });

  it('that leads nowhere makes the file there', async () => {
    await symlink('real.csv', join(folder, 'report.csv'));
    await saveTo(join(folder, 'report.csv'));
    await expectArrived(join(folder, 'real.csv'));
    expect(await readlink(join(folder, 'report.csv'))).toBe('real.csv');
  });

  it('that leads to itself replaces it, as nothing else can be meant', async () => {
    await symlink('report.csv', join(folder, 'report.csv'));
    await saveTo(join(folder, 'report.csv'));
    await expectArrived(join(folder, 'report.csv'));
  });

  it('does not follow a link that was put there after the dialog', async () => {
    const outside = join(await makeFolder(), 'outside');
    await writeFile(outside, 'untouched');
    await writeFile(join(folder, 'real.csv'), 'old');
    const order = await orderTo(join(folder, 'real.csv'));
    execFileSync('ln', ['-sf', outside, join(folder, 'real.csv')]);
    expect(basename(await beginSave(order, content).path)).toBe('real (1).csv');
    expect(await readFile(outside, 'utf8')).toBe('untouched');
  });
});

describe.runIf(hasModes)('a download that replaces a file', () => {
  it.each([0o600, 0o640, 0o444, 0o755])('keeps its mode %i', async (mode) => {
    const path = join(folder, 'report.csv');
    await writeFile(path, 'old');
    await chmod(path, mode);
    await saveTo(path);
    await expectArrived(path);
    expect(await modeOf(path)).toBe(mode);
  });

  it('that only its owner may read is not readable to others on its way either', async () => {
    const path = join(folder, 'report.csv');
    await writeFile(path, 'old', { mode: 0o600 });
    const order = await orderTo(path, 3_000_000);
    const at = { answerBytes: 1_500_000 };
    const held = server.faults.inject({ on: 'download', fault: { kind: 'hang', at } });
    const attempt = beginSave(order, content);
    await attempt.received;
    expect(await modeOf(join(folder, `.openrouter-${order.id}.part`))).toBe(0o600);
    held.release();
    await attempt.path;
    expect(await modeOf(path)).toBe(0o600);
  });

  it('that is new has the mode that every new file has', async () => {
    await writeFile(join(folder, 'other'), '');
    await saveTo(join(folder, 'report.csv'));
    expect(await modeOf(join(folder, 'report.csv'))).toBe(await modeOf(join(folder, 'other')));
  });
});

describe('a download that cannot take its place', () => {
  it.runIf(isRoot && process.platform === 'linux')(
    'over a file that is protected says so, and leaves it',
    async ({ skip }) => {
      const path = join(folder, 'report.csv');
      await writeFile(path, 'protected');
      try {
        execFileSync('chattr', ['+i', path], { stdio: 'ignore' });
      } catch {
        skip('this file system protects no files');
      }
      try {
        await expect(saveTo(path)).rejects.toMatchObject({ error: { code: 'targetLocked' } });
        expect(await readFile(path, 'utf8')).toBe('protected');
        expect(await readdir(folder)).toEqual(['report.csv']);
      } finally {
        execFileSync('chattr', ['-i', path]);
      }
    },
  );

  it('over a link to a folder says that it is a folder', async () => {
    await mkdir(join(folder, 'real'));
    await symlink('real', join(folder, 'report.csv'));
    await expect(saveTo(join(folder, 'report.csv'))).rejects.toMatchObject({
      error: { code: 'targetIsFolder' },
    });
    expect(server.requests.all('download')).toEqual([]);
  });

  it.runIf(isRoot && process.platform === 'linux')('on a read-only disk says so', async () => {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'ro', 'tmpfs', folder]);
    try {
      await expect(saveTo(join(folder, 'report.csv'))).rejects.toMatchObject({
        error: { code: 'folderUnwritable' },
      });
    } finally {
      execFileSync('umount', ['--lazy', folder]);
    }
  });
});
