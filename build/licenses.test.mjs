import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findBundledPackages, toLicenseText } from './licenses.mjs';

let folder;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'files-for-openrouter-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function write(path, content) {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), typeof content === 'string' ? content : JSON.stringify(content));
}

describe('licenses', () => {
  it('are those of the packages that the source maps of all three parts name, nested ones too', async () => {
    await write('main/index.js.map', {
      sources: ['../../main/index.ts', '../../node_modules/a/x.js', '../../node_modules/a/y.js'],
    });
    await write('preload/files.cjs.map', { sources: ['../../node_modules/a/node_modules/b/lib/x.js'] });
    await write('renderer/assets/index.js.map', { sources: ['../../../node_modules/@s/c/dist/x.mjs'] });
    expect(await findBundledPackages(folder)).toEqual([
      'node_modules/@s/c',
      'node_modules/a',
      'node_modules/a/node_modules/b',
    ]);
  });

  it('stand in one text, each package once, with its notices', async () => {
    for (const path of ['a', 'b/node_modules/a']) {
      await write(`${path}/package.json`, { name: 'a', version: '1.0.0', license: 'MIT' });
      await write(`${path}/license.md`, 'The license of a\n');
      await write(`${path}/NOTICE`, 'A notice of a\n');
    }
    const text = await toLicenseText([join(folder, 'a'), join(folder, 'b/node_modules/a')]);
    expect(text.match(/^a 1\.0\.0 \(MIT\)$/gm)).toHaveLength(1);
    expect(text).toContain('The license of a');
    expect(text).toContain('A notice of a');
  });

  it('must be there: a package without a text is refused by name', async () => {
    await write('a/package.json', { name: 'a', version: '1.0.0', license: 'MIT' });
    await expect(toLicenseText([join(folder, 'a')])).rejects.toThrow('a 1.0.0');
  });
});
