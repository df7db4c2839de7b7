import { link, lstat, open, rename, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { AppFailure } from '#app/errors.ts';
import { hasCode } from '../../disk/has-code.ts';
import { syncFolder } from '../../disk/sync-folder.ts';
import { onDisk } from './disk-failure.ts';
import { toNumberedName } from './local-name.ts';
import { isSameIdentity, readIdentity, type SaveTarget } from './save-target.ts';

/** How many names are tried: the target's own, then numbered ones. */
export const MAX_CANDIDATES = 1000;

/** Gives a path that a save may end under: the target's own for 0, else with a number in its name. */
export function toCandidatePath(targetPath: string, number: number): string {
  return number === 0 ? targetPath : join(dirname(targetPath), toNumberedName(basename(targetPath), number));
}

/**
 * Gives a whole, synced file its name for good and answers the path it took. Replaces nothing but the file that the
 * person agreed to lose, if that still is as it was. Throws `AppFailure` with `targetExists` or of the disk.
 */
export async function placeFile(partPath: string, target: SaveTarget): Promise<string> {
  const path = await onDisk(takeName(partPath, target));
  await onDisk(syncFolder(dirname(path)));
  return path;
}

async function takeName(partPath: string, target: SaveTarget): Promise<string> {
  if (target.replaces && isSameIdentity(target.replaces, await readIdentity(target.path))) {
    await rename(partPath, target.path);
    return target.path;
  }
  for (let number = 0; number < MAX_CANDIDATES; number += 1) {
    const candidate = toCandidatePath(target.path, number);
    const outcome = await linkTo(partPath, candidate);
    if (outcome === 'placed') return candidate;
    if (outcome === 'unsupported') return takeNameWithoutLinks(partPath, target.path);
  }
  throw new AppFailure({ code: 'targetExists' });
}

/** `link` never replaces, whatever comes in between. */
async function linkTo(path: string, candidate: string): Promise<'placed' | 'taken' | 'unsupported'> {
  try {
    await link(path, candidate);
  } catch (cause) {
    if (hasCode(cause, 'EEXIST')) return 'taken';
    // Of FAT and of shares; Windows calls it EISDIR.
    if (hasCode(cause, 'EPERM', 'EACCES', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EISDIR')) {
      return 'unsupported';
    }
    throw cause;
  }
  // It has its name for good, whatever becomes of its first one.
  await unlink(path).catch(() => undefined);
  return 'placed';
}

/**
 * Where a file system has no links, an empty file takes the name, and the part is renamed over it. A crash in between
 * would leave that empty file, so the part's own name says beforehand which one is tried: see {@link parseIntent}.
 */
async function takeNameWithoutLinks(partPath: string, targetPath: string): Promise<string> {
  let path = partPath;
  try {
    for (let number = 0; number < MAX_CANDIDATES; number += 1) {
      const candidate = toCandidatePath(targetPath, number);
      if (await isThere(candidate)) continue;
      const intentPath = toIntentPath(partPath, number);
      await rename(path, intentPath);
      path = intentPath;
      if (!(await reserve(candidate))) continue;
      await rename(path, candidate).catch(async (cause: unknown) => {
        await unlink(candidate);
        throw cause;
      });
      return candidate;
    }
    throw new AppFailure({ code: 'targetExists' });
  } catch (cause) {
    // Its owner knows it by its first name only.
    await rename(path, partPath).catch(() => undefined);
    throw cause;
  }
}

async function reserve(candidate: string): Promise<boolean> {
  try {
    await (await open(candidate, 'wx')).close();
    return true;
  } catch (cause) {
    if (hasCode(cause, 'EEXIST')) return false;
    throw cause;
  }
}

async function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    (cause: unknown) => !hasCode(cause, 'ENOENT'),
  );
}

function toIntentPath(partPath: string, number: number): string {
  return partPath.replace(/\.part$/, `.${number}.part`);
}

/** Reads out of a part's name which candidate was being tried when the process ended; null when none was, or it is no part of this save. */
export function parseIntent(name: string, partPath: string): number | null {
  const stem = basename(partPath, '.part');
  const rest = name.startsWith(`${stem}.`) ? name.slice(stem.length) : '';
  const number = /^\.(\d{1,4})\.part$/.exec(rest)?.[1];
  return number === undefined ? null : Number(number);
}
