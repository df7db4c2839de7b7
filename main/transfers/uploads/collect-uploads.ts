import type { Dirent, Stats } from 'node:fs';
import { lstat, readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { SkippedItem } from '#app/transfers/transfer.ts';
import type { UploadSource } from './upload-source.ts';

/** The files found under what a person dropped, and what was passed over. */
export interface CollectedUploads {
  readonly sources: readonly UploadSource[];
  readonly skipped: readonly SkippedItem[];
}

/** Files that systems leave in folders and nobody means to upload. */
const SYSTEM_FILES =
  /^(\.DS_Store|\.AppleDouble|\.LSOverride|\._.*|Thumbs\.db|ehthumbs\.db|desktop\.ini|\.directory|Icon\r)$/i;

/**
 * Finds the files under some paths. A folder keeps its structure in the names, `folder/sub/file.ext`. A link that was
 * given itself is followed, as the person chose it; links inside folders are not, so a folder that links to itself ends.
 */
export async function collectUploads(paths: readonly string[]): Promise<CollectedUploads> {
  const sources: UploadSource[] = [];
  const skipped: SkippedItem[] = [];
  for (const path of paths) {
    const name = basename(path);
    const found = await stat(path).catch(() => null);
    if (found?.isDirectory()) await collectFolder(path, name, sources, skipped);
    else collectFile(path, name, found, sources, skipped);
  }
  return { sources, skipped };
}

async function collectFolder(
  folder: string,
  folderName: string,
  sources: UploadSource[],
  skipped: SkippedItem[],
): Promise<void> {
  let entries: Dirent[];
  try {
    entries = await readdir(folder, { withFileTypes: true });
  } catch {
    skipped.push({ name: folderName, reason: 'unreadable' });
    return;
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const path = join(folder, entry.name);
    const name = `${folderName}/${entry.name}`;
    if (entry.isDirectory()) await collectFolder(path, name, sources, skipped);
    else collectFile(path, name, await lstat(path).catch(() => null), sources, skipped);
  }
}

function collectFile(
  path: string,
  name: string,
  found: Stats | null,
  sources: UploadSource[],
  skipped: SkippedItem[],
): void {
  if (SYSTEM_FILES.test(basename(path))) skipped.push({ name, reason: 'systemFile' });
  // A file that cannot be looked at joins the queue: there it fails by its own name, with its cause.
  else if (found === null) sources.push({ path, name, sizeBytes: 0 });
  else if (found.isSymbolicLink()) skipped.push({ name, reason: 'link' });
  else if (!found.isFile()) skipped.push({ name, reason: 'notAFile' });
  else sources.push({ path, name, sizeBytes: found.size });
}
