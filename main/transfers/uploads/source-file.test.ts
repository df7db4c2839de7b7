import { execFile } from 'node:child_process';
import {
  appendFile,
  chmod,
  link,
  mkdir,
  mkdtemp,
  rename,
  rm,
  stat,
  symlink,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { confirmContent } from './confirm-content.ts';
import { hashContent } from './hash.ts';
import { openSourceFile } from './source-file.ts';

const isWindows = process.platform === 'win32';

const MODIFIED = new Date('2026-01-02T03:04:05Z');

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'files-for-openrouter-'));
  path = join(folder, 'file.txt');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Gives the code that opening fails with; null when it does not. */
async function findRefusal(): Promise<unknown> {
  try {
    const { file } = await openSourceFile(path);
    await file.close();
    return null;
  } catch (error) {
    return error instanceof Error && 'error' in error ? error.error : error;
  }
}

describe('opening a file to upload', () => {
  it('gives its size', async () => {
    await writeFile(path, 'abc');
    await utimes(path, MODIFIED, MODIFIED);
    const opened = await openSourceFile(path);
    await opened.file.close();
    expect(opened).toMatchObject({ sizeBytes: 3 });
  });

  it('follows a link', async () => {
    await writeFile(join(folder, 'real.txt'), 'abc');
    await symlink(join(folder, 'real.txt'), path);
    expect(await findRefusal()).toBeNull();
  });

  it('says that a file is missing', async () => {
    expect(await findRefusal()).toEqual({ code: 'fileMissing' });
  });

  it('says that the target of a dangling link is missing', async () => {
    await symlink(join(folder, 'gone.txt'), path);
    expect(await findRefusal()).toEqual({ code: 'fileMissing' });
  });

  it('says that a file is missing whose folder became a file', async () => {
    await writeFile(path, 'abc');
    path = join(path, 'below.txt');
    expect(await findRefusal()).toEqual({ code: 'fileMissing' });
  });

  it('refuses a folder', async () => {
    await mkdir(path);
    expect(await findRefusal()).toEqual({ code: 'fileUnreadable' });
  });

  it('refuses a link to itself', async () => {
    await symlink(path, path);
    expect(await findRefusal()).toEqual({ code: 'fileUnreadable' });
  });

  it.skipIf(isWindows)('refuses a FIFO that nobody writes to, without waiting for a writer', async () => {
    await promisify(execFile)('mkfifo', [path]);
    expect(await findRefusal()).toEqual({ code: 'fileUnreadable' });
  });

  it.skipIf(isWindows)('refuses a socket', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(path, resolve));
    expect(await findRefusal()).toEqual({ code: 'fileUnreadable' });
    await new Promise((resolve) => server.close(resolve));
  });

  it.skipIf(isWindows || process.getuid?.() === 0)(
    'refuses a file without the right to read it',
    async () => {
      await writeFile(path, 'abc');
      await chmod(path, 0o200);
      expect(await findRefusal()).toEqual({ code: 'fileUnreadable' });
    },
  );
});

describe('noticing a change', () => {
  const BEFORE = Buffer.from('before');
  const signal = () => new AbortController().signal;

  /** Opens the file, changes something, and asks whether its content is the same. */
  async function changeBy(change: () => Promise<unknown>): Promise<void> {
    await writeFile(path, BEFORE);
    // A date holds milliseconds: only a whole time can be put back exactly.
    await utimes(path, MODIFIED, MODIFIED);
    await waitForNextTick();
    const opened = await openSourceFile(path);
    try {
      await change();
      if ((await opened.findChange()) === 'record')
        await confirmContent(() => openSourceFile(path), hashContent(BEFORE), signal());
    } finally {
      await opened.file.close();
    }
  }

  /** A file system's clock has coarse ticks: waits until a change made now gets another time than the file has. */
  async function waitForNextTick(): Promise<void> {
    const { ctimeNs } = await stat(path, { bigint: true });
    const probe = join(folder, 'probe');
    do await writeFile(probe, 'x');
    while ((await stat(probe, { bigint: true })).ctimeNs <= ctimeNs);
  }

  it('finds none where none was', async () => {
    await expect(changeBy(async () => undefined)).resolves.toBeUndefined();
  });

  it.each<[string, () => Promise<unknown>]>([
    ['was truncated', () => truncate(path, 2)],
    ['grew', () => appendFile(path, 'x')],
    ['was written again in the same size', () => writeFile(path, 'behind')],
    [
      'was written again in the same size, and its time put back',
      async () => {
        await writeFile(path, 'behind');
        await utimes(path, MODIFIED, MODIFIED);
      },
    ],
    [
      'was replaced by another file of the same size and time',
      async () => {
        const other = join(folder, 'other.txt');
        await writeFile(other, 'behind');
        await utimes(other, MODIFIED, MODIFIED);
        await rename(other, path);
      },
    ],
    [
      'gave its name to a link to another file',
      async () => {
        const other = join(folder, 'other.txt');
        await writeFile(other, 'behind');
        await rm(path);
        await symlink(other, path);
      },
    ],
  ])('refuses a file that %s', async (_name, change) => {
    await expect(changeBy(change)).rejects.toMatchObject({ error: { code: 'fileChanged' } });
  });

  it.each<[string, () => Promise<unknown>]>([
    ['got other rights', () => chmod(path, 0o600)],
    ['got a second name', () => link(path, join(folder, 'second.txt'))],
    ['got another time of writing', () => utimes(path, new Date(), new Date())],
    ['was written again with the same content', () => writeFile(path, BEFORE)],
    [
      'was replaced by another file with the same content',
      async () => {
        const other = join(folder, 'other.txt');
        await writeFile(other, BEFORE);
        await rename(other, path);
      },
    ],
  ])('takes a file that %s', async (_name, change) => {
    await expect(changeBy(change)).resolves.toBeUndefined();
  });

  it('says that a file has vanished', async () => {
    await expect(changeBy(() => rm(path))).rejects.toMatchObject({ error: { code: 'fileMissing' } });
  });

  it('says that its folder has vanished', async () => {
    const gone = changeBy(() => rename(folder, `${folder}-away`));
    await expect(gone).rejects.toMatchObject({ error: { code: 'fileMissing' } });
    await rename(`${folder}-away`, folder);
  });
});
