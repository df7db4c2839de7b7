import { basename, dirname, join } from 'node:path';
import { hasCode } from '../../disk/has-code.ts';
import { type Disk, patientDisk } from '../../disk/patient-disk.ts';
import { removeFile } from '../../disk/remove-file.ts';
import { listCandidatePaths, MAX_CANDIDATES, NAME_FORMS, toCandidatePath } from './candidates.ts';
import { onDisk } from './disk-failure.ts';
import { toPartPath } from './part-file.ts';
import { parseIntent, placeFile, syncSaveFolder, toIntentPath } from './place-file.ts';
import { type FileIdentity, readIdentity, type SaveOrder, toIdentity } from './save-target.ts';

/**
 * Finishes or clears away what a process that ended has left of a save. `placing` is the identity that `beforePlacing`
 * was given, null if it had not come to that. Answers the path of the whole file, or null when the save must start
 * again; then nothing of it is left. Throws `AppFailure` of the disk.
 */
export async function recoverSave(
  order: SaveOrder,
  placing: FileIdentity | null,
  disk: Disk = patientDisk,
): Promise<string | null> {
  const partPath = toPartPath(order);
  if (placing === null) {
    // Of bytes that were not synced nobody knows whether they are there.
    await removeFile(disk, partPath).catch(() => undefined);
    return null;
  }
  const folder = dirname(partPath);
  const names = await readNames(disk, folder, () => listPossibleNames(order.target.path, partPath));
  const part = findPart(names, partPath);
  const placed = await findPlaced(disk, names, order.target.path, placing, part === null);
  if (placed !== null) {
    // Whatever the disk says now, the file stands there, whole.
    if (part) await removeFile(disk, part.path).catch(() => undefined);
    await syncSaveFolder(disk, folder);
    return placed;
  }
  if (!part) return null;
  await removeReservation(disk, part, order.target.path, placing);
  if (await isWhole(disk, part.path, placing)) {
    // The plain name first, so that another crash finds what this one found.
    await onDisk(disk.rename(part.path, partPath));
    return placeFile(partPath, order.target, disk);
  }
  await onDisk(removeFile(disk, part.path));
  return null;
}

/** Gives the names in a folder; of one that may not be listed those that are asked for, each looked up. */
async function readNames(
  disk: Disk,
  folder: string,
  listWanted: () => Iterable<string>,
): Promise<ReadonlySet<string>> {
  try {
    return new Set((await disk.readFolder(folder)).map(({ name }) => name));
  } catch (cause) {
    if (!hasCode(cause, 'EACCES', 'EPERM')) return new Set();
  }
  const names = new Set<string>();
  for (const name of listWanted()) {
    const found = await disk.lstat(join(folder, name)).catch(() => null);
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
  disk: Disk,
  names: ReadonlySet<string>,
  targetPath: string,
  placing: FileIdentity,
  isPartGone: boolean,
): Promise<string | null> {
  let ofSameTime: string | null = null;
  for (const candidate of listCandidatePaths(targetPath)) {
    if (!names.has(basename(candidate))) continue;
    const found = await readIdentity(candidate, disk);
    if (found?.sizeBytes !== placing.sizeBytes) continue;
    if (found.inode === placing.inode) return candidate;
    if (found.modifiedAt === placing.modifiedAt) ofSameTime ??= candidate;
  }
  // FAT gives a file another inode at every mount, but keeps its time. Other saves may have the same; and as FAT has no
  // links, a part that is still there was not placed.
  return isPartGone ? ofSameTime : null;
}

async function isWhole(disk: Disk, path: string, placing: FileIdentity): Promise<boolean> {
  const found = await disk.lstat(path).catch(() => null);
  if (found?.kind !== 'file') return false;
  const { sizeBytes, modifiedAt } = toIdentity(found);
  return sizeBytes === placing.sizeBytes && modifiedAt === placing.modifiedAt;
}

/** An empty file under the name that was being tried, and no older than the part, is the reservation. */
async function removeReservation(
  disk: Disk,
  part: LeftPart,
  targetPath: string,
  placing: FileIdentity,
): Promise<void> {
  if (part.intent === null) return;
  for (const form of NAME_FORMS) {
    const candidate = toCandidatePath(targetPath, part.intent, form);
    const found = await disk.lstat(candidate).catch(() => null);
    if (found?.kind !== 'file' || found.size > 0n) continue;
    if (toIdentity(found).modifiedAt >= placing.modifiedAt) await onDisk(removeFile(disk, candidate));
  }
}
