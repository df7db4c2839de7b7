import { lstat, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { hasCode } from '../../disk/has-code.ts';
import { syncFolder } from '../../disk/sync-folder.ts';
import { listCandidatePaths, MAX_CANDIDATES, NAME_FORMS, toCandidatePath } from './candidates.ts';
import { onDisk } from './disk-failure.ts';
import { toPartPath } from './part-file.ts';
import { parseIntent, placeFile, toIntentPath } from './place-file.ts';
import { type FileIdentity, readIdentity, type SaveOrder } from './save-target.ts';

/**
 * Finishes or clears away what a process that ended has left of a save. `placing` is the identity that `beforePlacing`
 * was given, null if it had not come to that. Answers the path of the whole file, or null when the save must start
 * again; then nothing of it is left. Throws `AppFailure` of the disk.
 */
export async function recoverSave(order: SaveOrder, placing: FileIdentity | null): Promise<string | null> {
  const partPath = toPartPath(order);
  if (placing === null) {
    // Of bytes that were not synced nobody knows whether they are there.
    await rm(partPath, { force: true }).catch(() => undefined);
    return null;
  }
  const folder = dirname(partPath);
  const names = await readNames(folder, () => listPossibleNames(order.target.path, partPath));
  const part = findPart(names, partPath);
  const placed = await findPlaced(names, order.target.path, placing, part === null);
  if (placed !== null) {
    // Whatever the disk says now, the file stands there, whole.
    if (part) await rm(part.path, { force: true }).catch(() => undefined);
    await syncFolder(folder).catch(() => undefined);
    return placed;
  }
  if (!part) return null;
  await removeReservation(part, order.target.path, placing);
  if (await isWhole(part.path, placing)) {
    // The plain name first, so that another crash finds what this one found.
    await onDisk(rename(part.path, partPath));
    return placeFile(partPath, order.target);
  }
  await onDisk(rm(part.path, { force: true }));
  return null;
}

/** Gives the names in a folder; of one that may not be listed those that are asked for, each looked up. */
async function readNames(folder: string, listWanted: () => Iterable<string>): Promise<ReadonlySet<string>> {
  try {
    return new Set(await readdir(folder));
  } catch (cause) {
    if (!hasCode(cause, 'EACCES', 'EPERM')) return new Set();
  }
  const names = new Set<string>();
  for (const name of listWanted()) {
    const found = await lstat(join(folder, name)).catch(() => null);
    if (found !== null) names.add(name);
  }
  return names;
}

function* listPossibleNames(targetPath: string, partPath: string): Iterable<string> {
  yield basename(partPath);
  for (let number = 0; number < MAX_CANDIDATES; number += 1) yield basename(toIntentPath(partPath, number));
  for (const path of listCandidatePaths(targetPath)) yield basename(path);
}

interface LeftPart {
  readonly path: string;
  /** The number of the candidate that was being tried; null when none was. */
  readonly intent: number | null;
}

function findPart(names: ReadonlySet<string>, partPath: string): LeftPart | null {
  for (const name of names) {
    const intent = parseIntent(name, partPath);
    if (intent !== null || name === basename(partPath)) {
      return { path: join(dirname(partPath), name), intent };
    }
  }
  return null;
}

async function findPlaced(
  names: ReadonlySet<string>,
  targetPath: string,
  placing: FileIdentity,
  isPartGone: boolean,
): Promise<string | null> {
  let ofSameTime: string | null = null;
  for (const candidate of listCandidatePaths(targetPath)) {
    if (!names.has(basename(candidate))) continue;
    const found = await readIdentity(candidate);
    if (found?.sizeBytes !== placing.sizeBytes) continue;
    if (found.inode === placing.inode) return candidate;
    if (found.modifiedAt === placing.modifiedAt) ofSameTime ??= candidate;
  }
  // FAT gives a file another inode at every mount, but keeps its time. Other saves may have the same; and as FAT has no
  // links, a part that is still there was not placed.
  return isPartGone ? ofSameTime : null;
}

async function isWhole(path: string, placing: FileIdentity): Promise<boolean> {
  const found = await lstat(path).catch(() => null);
  return (
    (found?.isFile() ?? false) && found?.size === placing.sizeBytes && found.mtimeMs === placing.modifiedAt
  );
}

/** An empty file under the name that was being tried, and no older than the part, is the reservation. */
async function removeReservation(part: LeftPart, targetPath: string, placing: FileIdentity): Promise<void> {
  if (part.intent === null) return;
  for (const form of NAME_FORMS) {
    const candidate = toCandidatePath(targetPath, part.intent, form);
    const found = await lstat(candidate).catch(() => null);
    const isReservation = found?.isFile() && found.size === 0 && found.mtimeMs >= placing.modifiedAt;
    if (isReservation) await onDisk(rm(candidate, { force: true }));
  }
}
