import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findPackagedExecutable } from '../../harness/launch-packaged-app.ts';
import { expect, test } from '../../harness/test.ts';

const projectFolder = fileURLToPath(new URL('../../..', import.meta.url));

/** Where the packaged app keeps what is not code. */
function findResources(): string {
  const folder = dirname(findPackagedExecutable());
  return process.platform === 'darwin' ? join(folder, '..', 'Resources') : join(folder, 'resources');
}

/** Names of all packages whose code is in the bundles, by their source maps. */
async function findBundledNames(): Promise<ReadonlySet<string>> {
  const names = new Set<string>();
  for (const part of ['main', 'preload', 'renderer']) {
    const folder = join(projectFolder, 'out', part);
    for (const file of await readdir(folder, { recursive: true })) {
      if (!file.endsWith('.map')) continue;
      const text = await readFile(join(folder, file), 'utf8');
      for (const [, name] of text.matchAll(/node_modules\/((?:@[^/"]+\/)?[^/"]+)\/(?!node_modules\/)/g)) {
        if (name !== undefined) names.add(name);
      }
    }
  }
  return names;
}

test('the package holds its own license, and those of everything that is bundled', async () => {
  const read = (name: string) => readFile(join(findResources(), 'licenses', name), 'utf8');
  expect(await read('LICENSE.txt')).toBe(await readFile(join(projectFolder, 'LICENSE'), 'utf8'));
  const text = await read('THIRD-PARTY-LICENSES.txt');
  const bundled = await findBundledNames();
  expect(bundled).toContain('react-dom');
  for (const name of [...bundled, '@github/keytar', '@photostructure/sqlite', 'electron'])
    expect(text, name).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(`, 'm'));
});

test('the package holds the licenses of Electron and Chromium', async () => {
  const folder =
    process.platform === 'darwin' ? join(findResources(), 'licenses') : join(findResources(), '..');
  expect(await readFile(join(folder, 'LICENSE.electron.txt'), 'utf8')).toContain('Electron contributors');
  expect(await readFile(join(folder, 'LICENSES.chromium.html'), 'utf8')).toContain('Chromium');
});
