import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSettings } from './settings.ts';

const DEFAULTS = { transferConcurrency: 3, undoSeconds: 10 };

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'files-for-openrouter-'));
  path = join(folder, 'settings.json');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function open() {
  const damages: unknown[] = [];
  const settings = openSettings({ path, onDamaged: (cause) => damages.push(cause) });
  return { settings, damages };
}

describe('settings', () => {
  it('are the defaults before anything was chosen, which is no damage', async () => {
    const { settings, damages } = open();
    expect(settings.read()).toEqual(DEFAULTS);
    expect(damages).toEqual([]);
    expect(await readdir(folder)).toEqual([]);
  });

  it('hold once they are on disk, and after a start', async () => {
    const { settings } = open();
    const changed = settings.change({ transferConcurrency: 8 });
    expect(settings.read().transferConcurrency).toBe(3);
    await changed;
    expect(settings.read().transferConcurrency).toBe(8);
    expect(open().settings.read()).toEqual({ ...DEFAULTS, transferConcurrency: 8 });
  });

  it.skipIf(process.platform === 'win32')('are for this user alone', async () => {
    await open().settings.change({ transferConcurrency: 2 });
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it('are as the last of several changes left them', async () => {
    const { settings } = open();
    await Promise.all([1, 2, 7, 5].map((transferConcurrency) => settings.change({ transferConcurrency })));
    expect(settings.read()).toEqual({ ...DEFAULTS, transferConcurrency: 5 });
    expect(open().settings.read()).toEqual({ ...DEFAULTS, transferConcurrency: 5 });
  });

  it.each(['', '{"transferConc', '[]', 'null', '7'])(
    'that are damaged (%j) are set aside for the defaults',
    async (text) => {
      await writeFile(path, text);
      const { settings, damages } = open();
      expect(settings.read()).toEqual(DEFAULTS);
      expect(damages).toHaveLength(1);
      expect(await readFile(`${path}.damaged-1`, 'utf8')).toBe(text);
      await settings.change({ transferConcurrency: 4 });
      expect(open()).toMatchObject({ damages: [] });
    },
  );

  it('that are damaged again leave the copies of before as they are', async () => {
    for (const text of ['first', 'second', 'third', 'fourth', 'fifth', 'sixth']) {
      await writeFile(path, text);
      expect(open().damages).toHaveLength(1);
    }
    const kept = (await readdir(folder)).sort();
    expect(kept).toEqual([1, 2, 3, 4, 5].map((number) => `settings.json.damaged-${number}`));
    expect(await readFile(`${path}.damaged-1`, 'utf8')).toBe('first');
  });

  it('that cannot be read are left where they are', async () => {
    await mkdir(path);
    const { settings, damages } = open();
    expect(settings.read()).toEqual(DEFAULTS);
    expect(damages).toHaveLength(1);
    expect(await readdir(folder)).toEqual(['settings.json']);
  });

  it.each([0, 9, 2.5, '3', null])('take the default for %j', async (transferConcurrency) => {
    await writeFile(path, JSON.stringify({ transferConcurrency, undoSeconds: 60 }));
    const { settings, damages } = open();
    expect(settings.read()).toEqual({ ...DEFAULTS, undoSeconds: 60 });
    expect(damages).toEqual([]);
  });

  it.each([2, 61, 3.5, '10', null])('take the default for an undo time of %j', async (undoSeconds) => {
    await writeFile(path, JSON.stringify({ transferConcurrency: 5, undoSeconds }));
    expect(open().settings.read()).toEqual({ ...DEFAULTS, transferConcurrency: 5 });
  });

  it('stay as they are when they cannot be written, and can be changed again', async () => {
    const { settings } = open();
    await mkdir(join(path, 'in the way'), { recursive: true });
    await expect(settings.change({ transferConcurrency: 8 })).rejects.toThrow();
    expect(settings.read()).toEqual(DEFAULTS);
    await rm(path, { recursive: true });
    await settings.change({ transferConcurrency: 6 });
    expect(open().settings.read()).toEqual({ ...DEFAULTS, transferConcurrency: 6 });
  });
});
