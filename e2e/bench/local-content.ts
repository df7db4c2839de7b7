import { copyFile, mkdir, rename, stat, truncate, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createText } from '../harness/local-files.ts';

/** The largest file that OpenRouter takes. */
export const LARGEST_FILE_BYTES = 104_857_600;

/** Writes text files of about one size, all different; text, because all of it must be looked at before OpenRouter would take it. */
export async function writeTextFiles(
  folder: string,
  count: number,
  sizeBytes: number,
): Promise<readonly string[]> {
  await mkdir(folder, { recursive: true });
  const [first, ...others] = Array.from({ length: count }, (_, number) => join(folder, `text-${number}.txt`));
  if (first === undefined) return [];
  await writeFile(first, createText(sizeBytes));
  for (const [position, path] of others.entries()) {
    await copyFile(first, path);
    await truncate(path, sizeBytes - position - 1);
  }
  return [first, ...others];
}

/**
 * Shortens files so that none has the size that one of them had before: a file that was uploaded already, by its name
 * and size or by its content, would be asked about.
 */
export async function renewFiles(paths: readonly string[]): Promise<void> {
  for (const path of paths) await truncate(path, (await stat(path)).size - paths.length);
}

/** Gives files names of their own: uploads of one name wait for each other until the outcome of each is known. */
export async function renameFiles(paths: readonly string[], prefix: string): Promise<readonly string[]> {
  const renamed = paths.map((path, position) => join(dirname(path), `${prefix}-${position}.txt`));
  for (const [position, path] of paths.entries()) await rename(path, renamed[position] ?? path);
  return renamed;
}

/** Writes many small files whose contents differ, into a folder that is new. */
export async function writeSmallFiles(
  folder: string,
  count: number,
  sizeBytes: number,
): Promise<readonly string[]> {
  await mkdir(folder, { recursive: true });
  const paths = Array.from({ length: count }, (_, number) => join(folder, `small-${number}.txt`));
  const text = createText(sizeBytes);
  for (const path of paths) {
    text.write(path.slice(-64).padEnd(64), 0, 'latin1');
    await writeFile(path, text);
  }
  return paths;
}
