import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { PlainError, projectRoot, run, say } from './process.mjs';

const sources = [
  'app',
  'main',
  'preload',
  'renderer',
  'electron.vite.config.ts',
  'package.json',
  'package-lock.json',
];
const stampFile = join(projectRoot, 'out', 'compiled-from.sha256');

/**
 * Compiles the app into out/ with electron-vite unless out/ was made from exactly these sources (compared by
 * content, tests left out). Throws a PlainError when it does not compile.
 */
export async function ensureCompiledApp() {
  const wanted = await sourceHash();
  if ((await readFile(stampFile, 'utf8').catch(() => '')) === wanted) return;
  say('Compiling the app …');
  // Removed first, so that a build that fails half way is not taken for a whole one.
  await rm(stampFile, { force: true });
  const cli = join(projectRoot, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  const { code, output } = await run(process.execPath, [cli, 'build', '--logLevel', 'warn'], { echo: false });
  if (code !== 0) throw new PlainError(`The app does not compile:\n${output}`);
  await mkdir(join(projectRoot, 'out'), { recursive: true });
  await writeFile(stampFile, wanted);
}

async function sourceHash() {
  const hash = createHash('sha256');
  for (const source of sources) await addToHash(hash, join(projectRoot, source));
  return hash.digest('hex');
}

async function addToHash(hash, path) {
  const entries = await readdir(path, { withFileTypes: true }).catch(() => undefined);
  if (entries === undefined) {
    const content = await readFile(path).catch(() => '');
    hash.update(`${relative(projectRoot, path)}\0${content.length}\0`).update(content);
    return;
  }
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (!/\.test\.tsx?$/.test(entry.name)) await addToHash(hash, join(path, entry.name));
  }
}
