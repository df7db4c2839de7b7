/** The licenses that the installers carry: the app's own, those of all code in its bundles, and Electron's. */
import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PlainError, projectRoot } from './process.mjs';

/** Whose code is in the installers without a trace in the source maps: the native packages, Electron, the bundlers' helpers. */
const unmappedPackages = [
  '@photostructure/sqlite',
  'electron',
  'keytar',
  'node-gyp-build',
  'rolldown',
  'vite',
];
const licenseFile = /^(licen[cs]e|copying|notice)(\.(md|txt))?$/i;
const rule = '='.repeat(80);

/**
 * Writes the folder out/licenses, from which electron-builder takes them. The app must have been compiled. Throws a
 * PlainError that names a package without a license text, which must not be shipped so.
 * @param {{ electronDist: string }} options the distribution of Electron that is packaged
 */
export async function writeLicenses({ electronDist }) {
  const out = join(projectRoot, 'out');
  const folder = join(out, 'licenses');
  const packages = new Set(unmappedPackages.map((name) => join(projectRoot, 'node_modules', name)));
  for (const path of await findBundledPackages(out)) packages.add(join(projectRoot, path));
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'THIRD-PARTY-LICENSES.txt'), await toLicenseText([...packages]));
  await copyFile(join(projectRoot, 'LICENSE'), join(folder, 'LICENSE.txt'));
  // On macOS electron-builder leaves these two out.
  await copyFile(await findElectronLicense(electronDist), join(folder, 'LICENSE.electron.txt'));
  await copyFile(join(electronDist, 'LICENSES.chromium.html'), join(folder, 'LICENSES.chromium.html'));
}

/**
 * The folders of all packages whose code is in a compiled app, by its source maps; relative to the project.
 * @param {string} out the folder of the compiled app
 * @returns {Promise<string[]>}
 */
export async function findBundledPackages(out) {
  const found = new Set();
  for (const part of ['main', 'preload', 'renderer']) {
    const files = await readdir(join(out, part), { recursive: true });
    for (const file of files.filter((name) => name.endsWith('.map'))) {
      const { sources } = JSON.parse(await readFile(join(out, part, file), 'utf8'));
      for (const source of sources) {
        const folder = /node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+/.exec(source)?.[0];
        if (folder) found.add(folder);
      }
    }
  }
  if (found.size === 0) throw new PlainError(`There are no source maps in ${out} that name a package.`);
  return [...found].sort();
}

/**
 * One text of the licenses of packages, each with its name, version and license.
 * @param {string[]} folders absolute
 */
export async function toLicenseText(folders) {
  const entries = await Promise.all(folders.map(readEntry));
  const unique = [...new Map(entries.map((entry) => [entry.title, entry])).values()];
  unique.sort((a, b) => (a.title < b.title ? -1 : 1));
  const head =
    'Files for OpenRouter contains software of others, under the licenses below. Those of Chromium, which is part of\n' +
    'Electron, are in LICENSES.chromium.html.\n';
  return [head, ...unique.map(({ title, text }) => `${rule}\n${title}\n${rule}\n\n${text.trim()}\n`)].join(
    '\n',
  );
}

async function readEntry(folder) {
  const { name, version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const files = (await readdir(folder)).filter((file) => licenseFile.test(file)).sort();
  if (files.length === 0)
    throw new PlainError(`${name} ${version} (${folder}) comes without a license text.`);
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  return { title: `${name} ${version} (${license})`, text: texts.join('\n\n') };
}

/** Electron's own downloads name it `LICENSE`, what electron-builder has unpacked `LICENSE.electron.txt`. */
async function findElectronLicense(electronDist) {
  const files = await readdir(electronDist);
  const file = ['LICENSE', 'LICENSE.electron.txt'].find((name) => files.includes(name));
  if (!file) throw new PlainError(`The Electron in ${electronDist} comes without its license.`);
  return join(electronDist, file);
}
