import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { type NamedFigure, toRounded } from './figures.ts';
import { filesAppFolder } from './measured-app.ts';

const MEGABYTE = 1_000_000;
const KILOBYTE = 1000;
/** Sizes do not vary; they are read as often as the rest is measured. */
const READINGS = 5;

/** Measures all JavaScript of the two windows, each file compressed by itself, chunks that load later included. */
export async function measureWindowScripts(): Promise<readonly NamedFigure[]> {
  const folder = join(filesAppFolder, 'out', 'renderer');
  const scripts = (await listFiles(folder)).filter((path) => path.endsWith('.js'));
  if (scripts.length === 0) throw new Error(`There are no scripts in ${folder}`);
  let plainBytes = 0;
  const samples = await repeat(async () => {
    const contents = await Promise.all(scripts.map((path) => readFile(path)));
    const compressed = await Promise.all(contents.map((content) => promisify(gzip)(content)));
    plainBytes = sumOf(contents.map((content) => content.byteLength));
    return sumOf(compressed.map((content) => content.byteLength)) / KILOBYTE;
  });
  const detail = `${scripts.length} files, ${toRounded(plainBytes / KILOBYTE)} kB uncompressed`;
  return [toFigure('window-js-gzip-kb', 270, 'kB', samples, detail)];
}

/** Measures the packaged application without Electron: `app.asar` and what is unpacked beside it. */
export async function measureAppSize(packagedExecutable: string): Promise<readonly NamedFigure[]> {
  const resources = join(dirname(packagedExecutable), 'resources');
  const files = (await listFiles(resources)).filter((path) =>
    path.slice(resources.length + 1).startsWith('app.asar'),
  );
  if (files.length === 0) throw new Error(`There is no packaged app in ${resources}`);
  const samples = await repeat(async () => {
    const sizes = await Promise.all(files.map(async (path) => (await stat(path)).size));
    return sumOf(sizes) / MEGABYTE;
  });
  return [toFigure('app-size-mb', 8, 'MB', samples, `${files.length} files, without Electron`)];
}

async function repeat(read: () => Promise<number>): Promise<readonly number[]> {
  const samples: number[] = [];
  for (let reading = 0; reading < READINGS; reading += 1) samples.push(toRounded(await read()));
  return samples;
}

function toFigure(
  name: string,
  limit: number,
  unit: string,
  samples: readonly number[],
  detail: string,
): NamedFigure {
  return { name, value: Math.max(...samples), limit, unit, reference: null, samples, detail, invalid: null };
}

async function listFiles(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
