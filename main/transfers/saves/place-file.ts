import { constants } from 'node:fs';
import { basename, dirname } from 'node:path';
import { AppFailure } from '#app/errors.ts';
import { NO_FOLLOW, openDiskFile } from '../../disk/disk-file.ts';
import { hasCode } from '../../disk/has-code.ts';
import { type Disk, patientDisk } from '../../disk/patient-disk.ts';
import { syncFolder } from '../../disk/sync-folder.ts';
import { MAX_CANDIDATES, NAME_FORMS, type NameForm, toCandidatePath } from './candidates.ts';
import { onDisk } from './disk-failure.ts';
import { isSameIdentity, readIdentity, type SaveTarget } from './save-target.ts';

/**
 * Gives a whole, synced file its name for good and answers the path it took. Replaces nothing but the file that the
 * person agreed to lose, if that still is as it was. A disk that does not take the name is given a simpler one. Throws
 * `AppFailure` with `targetExists` or of the disk, and then the file still is where it was.
 */
export async function placeFile(
  partPath: string,
  target: SaveTarget,
  disk: Disk = patientDisk,
): Promise<string> {
  const path = await onDisk(takeName(disk, partPath, target));
  // The file stands there, whole: to call it a failure would make a second one at the next try.
  await syncSaveFolder(disk, dirname(path));
  return path;
}

/** Waits until a file's name is on the disk. Never rejects: the file is there, whatever the disk says now. */
export async function syncSaveFolder(disk: Disk, folder: string): Promise<void> {
  const open = (path: string) => openDiskFile(disk, path, constants.O_RDONLY);
  await syncFolder(folder, open).catch(() => undefined);
}

async function takeName(disk: Disk, partPath: string, target: SaveTarget): Promise<string> {
  if (target.replaces && isSameIdentity(target.replaces, await readIdentity(target.path, disk))) {
    await replace(disk, partPath, target.path);
    return target.path;
  }
  let refusal: unknown = new AppFailure({ code: 'targetExists' });
  for (const form of NAME_FORMS) {
    try {
      return await takeFreeName(disk, partPath, target.path, form);
    } catch (cause) {
      // Of names, that is: the part stands beside them.
      if (!hasCode(cause, 'ENAMETOOLONG', 'EINVAL', 'EILSEQ')) throw cause;
      refusal = cause;
    }
  }
  throw refusal;
}

/** Puts a file in the place of another, which only this user could read if only this user could read that. */
async function replace(disk: Disk, partPath: string, path: string): Promise<void> {
  const replaced = await disk.lstat(path);
  if (replaced.kind === 'folder') throw new AppFailure({ code: 'targetIsFolder' });
  // FAT knows no rights. Where they cannot be set the part has none that the other file had not.
  await setMode(disk, partPath, replaced.mode & 0o777).catch(() => undefined);
  try {
    await disk.rename(partPath, path);
  } catch (cause) {
    // The part stands in the same folder, so it is the file there that cannot be replaced.
    if (hasCode(cause, 'EPERM', 'EACCES', 'EBUSY', 'ETXTBSY')) {
      throw new AppFailure({ code: 'targetLocked' }, { cause });
    }
    throw cause;
  }
}

/** By a number that follows no link: the name could be another file's by now. */
async function setMode(disk: Disk, path: string, mode: number): Promise<void> {
  const file = await openDiskFile(disk, path, constants.O_RDONLY | NO_FOLLOW);
  await file.chmod(mode).finally(() => file.close());
}

async function takeFreeName(
  disk: Disk,
  partPath: string,
  targetPath: string,
  form: NameForm,
): Promise<string> {
  for (let number = 0; number < MAX_CANDIDATES; number += 1) {
    const candidate = toCandidatePath(targetPath, number, form);
    const outcome = await linkTo(disk, partPath, candidate);
    if (outcome === 'placed') return candidate;
    if (outcome === 'refused') return takeNameWithoutLinks(disk, partPath, targetPath, form);
  }
  throw new AppFailure({ code: 'targetExists' });
}

/** `link` never replaces, whatever comes in between. */
async function linkTo(disk: Disk, path: string, candidate: string): Promise<'placed' | 'taken' | 'refused'> {
  try {
    await disk.link(path, candidate);
  } catch (cause) {
    // Each file system without links has a code of its own for that (EPERM, ENOTSUP, ENOSYS, EXDEV, EINVAL, EISDIR, …), and
    // what else may be wrong is met again without them.
    return hasCode(cause, 'EEXIST') ? 'taken' : 'refused';
  }
  // It has its name for good, whatever becomes of its first one.
  await disk.remove(path).catch(() => undefined);
  return 'placed';
}

/**
 * Where a file system has no links, an empty file takes the name, and the part is renamed over it. A crash in between
 * would leave that empty file, so the part's own name says beforehand which one is tried: see {@link parseIntent} and
 * decision 19.
 */
async function takeNameWithoutLinks(
  disk: Disk,
  partPath: string,
  targetPath: string,
  form: NameForm,
): Promise<string> {
  let path = partPath;
  try {
    for (let number = 0; number < MAX_CANDIDATES; number += 1) {
      const candidate = toCandidatePath(targetPath, number, form);
      if (await isThere(disk, candidate)) continue;
      const intentPath = toIntentPath(partPath, number);
      await disk.rename(path, intentPath);
      path = intentPath;
      if ((await reserve(disk, candidate)) && (await takeReserved(disk, path, candidate))) return candidate;
    }
    throw new AppFailure({ code: 'targetExists' });
  } catch (cause) {
    // Its owner knows it by its first name only.
    await disk.rename(path, partPath).catch(() => undefined);
    throw cause;
  }
}

/** Puts an empty file under a name; answers false when another was quicker. */
async function reserve(disk: Disk, candidate: string): Promise<boolean> {
  const flags = constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY;
  try {
    await (await openDiskFile(disk, candidate, flags, 0o666)).close();
    return true;
  } catch (cause) {
    if (hasCode(cause, 'EEXIST')) return false;
    throw cause;
  }
}

/** Answers false when another program has meanwhile written to the empty file or removed it. */
async function takeReserved(disk: Disk, path: string, candidate: string): Promise<boolean> {
  if (!(await isEmptyFile(disk, candidate))) return false;
  try {
    await disk.rename(path, candidate);
    return true;
  } catch (cause) {
    if (await isEmptyFile(disk, candidate)) await disk.remove(candidate).catch(() => undefined);
    throw cause;
  }
}

/** Goes by no number of the file: where there are no links, it can be another at each look. */
async function isEmptyFile(disk: Disk, path: string): Promise<boolean> {
  const found = await disk.lstat(path).catch(() => null);
  return found?.kind === 'file' && found.size === 0n;
}

async function isThere(disk: Disk, path: string): Promise<boolean> {
  try {
    await disk.lstat(path);
    return true;
  } catch (cause) {
    if (hasCode(cause, 'ENAMETOOLONG')) throw cause;
    return !hasCode(cause, 'ENOENT');
  }
}

/** Gives the name that a part has while a candidate is tried. */
export function toIntentPath(partPath: string, number: number): string {
  return partPath.replace(/\.part$/, `.${number}.part`);
}

/** Reads out of a part's name which candidate was being tried when the process ended; null when none was, or it is no part of this save. */
export function parseIntent(name: string, partPath: string): number | null {
  const stem = basename(partPath, '.part');
  const rest = name.startsWith(`${stem}.`) ? name.slice(stem.length) : '';
  const number = /^\.(\d{1,4})\.part$/.exec(rest)?.[1];
  return number === undefined ? null : Number(number);
}
