import { basename, join, sep } from 'node:path';
import { toFreeUploadName } from '#app/files/upload-name.ts';
import type { RenamedItem, SkippedItem, UploadConcern } from '#app/transfers/transfer.ts';
import type { DiskStats, FolderEntry } from '../../disk/disk-calls.ts';
import { DISK_PATIENCE, type DiskPatience } from '../../disk/disk-patience.ts';
import { type Disk, patientDisk } from '../../disk/patient-disk.ts';
import { createSemaphore } from '../../engine/semaphore.ts';
import { findConcernInFolder, findConcernOfFile } from './upload-concerns.ts';
import type { UploadSource } from './upload-source.ts';

/** The files found under what a person dropped, and what was passed over. */
export interface CollectedUploads {
  readonly sources: readonly UploadSource[];
  readonly skipped: readonly SkippedItem[];
  /** Files whose names others have, as the server would show them: each got a name of its own. */
  readonly renamed: readonly RenamedItem[];
}

/** Files that systems leave in folders and nobody means to upload. */
const SYSTEM_FILES =
  /^(\.DS_Store|\.AppleDouble|\.LSOverride|\._.*|Thumbs\.db|ehthumbs\.db|desktop\.ini|\.directory|Icon\r)$/i;

/** Looks at the disk at once: enough to keep Node's few threads busy, and few enough to let others in between. */
const MAX_LOOKS = 16;

type Found =
  | { readonly kind: 'source'; readonly source: UploadSource }
  | { readonly kind: 'skipped'; readonly item: SkippedItem };

/** Looks at the disk when it is its turn; null for what cannot be looked at. A disk that does not answer is `silent`. */
type Look = <Result>(
  folder: string,
  work: (disk: Disk) => Promise<Result>,
) => Promise<Result | null | 'silent'>;

/**
 * Finds the files under some paths, in the order of the paths and then of the names. A folder keeps its structure in the
 * names, `folder/sub/file.ext`, and they are in Unicode's composed form (NFC), however the disk spells them: no two of them
 * are the same. A file that a person may not mean has its concern beside it. A link that
 * was given itself is followed, as the person chose it; links inside folders are not, so a folder that links to itself
 * ends.
 */
export async function collectUploads(
  paths: readonly string[],
  { answerMs }: Pick<DiskPatience, 'answerMs'> = DISK_PATIENCE,
  disk: Disk = patientDisk,
): Promise<CollectedUploads> {
  const look = createLook(disk, answerMs);
  const chosen = [...new Set(paths)];
  const found = (await Promise.all(chosen.map((path) => collectChosen(path, look)))).flat();
  return {
    ...nameApart(found.flatMap((each) => (each.kind === 'source' ? [each.source] : []))),
    skipped: found.flatMap((each) => (each.kind === 'skipped' ? [each.item] : [])),
  };
}

/**
 * Gives files of the same name names of their own, as on the server they could not be told apart: files of several folders,
 * or of one folder that spell an accent in two ways. The one that is spelled as the server shows it keeps the name.
 */
function nameApart(sources: readonly UploadSource[]): Pick<CollectedUploads, 'sources' | 'renamed'> {
  const keepers = new Map<string, UploadSource>();
  for (const source of sources) {
    const keeper = keepers.get(source.name);
    if (!keeper || (isSpelledAsNamed(source) && !isSpelledAsNamed(keeper))) keepers.set(source.name, source);
  }
  if (keepers.size === sources.length) return { sources, renamed: [] };
  const taken = new Set(keepers.keys());
  const renamed: RenamedItem[] = [];
  const named = sources.map((source) => {
    const { name } = source;
    if (keepers.get(name) === source) return source;
    const newName = toFreeUploadName(name, (other) => taken.has(other));
    taken.add(newName);
    renamed.push({ name, newName });
    return { ...source, name: newName };
  });
  return { sources: named, renamed };
}

function isSpelledAsNamed({ path, name }: UploadSource): boolean {
  return path.split(sep).join('/').endsWith(name);
}

async function collectChosen(path: string, look: Look): Promise<readonly Found[]> {
  const stats = await look(path, (disk) => disk.stat(path));
  const name = basename(path).normalize('NFC');
  if (stats === null || stats === 'silent' || stats.kind !== 'folder') {
    return [noteConcern(judgeFile(path, name, stats), findConcernOfFile)];
  }
  const found = await collectFolder(path, name, look);
  // The root of a drive has no name of its own.
  const start = name === '' ? 0 : name.length + 1;
  return found.map((each) =>
    noteConcern(each, (fileName) => findConcernInFolder(name, fileName.slice(start).split('/'))),
  );
}

function noteConcern(found: Found, find: (name: string) => UploadConcern | null): Found {
  const concern = found.kind === 'source' ? find(found.source.name) : null;
  return found.kind === 'source' && concern !== null
    ? { kind: 'source', source: { ...found.source, concern } }
    : found;
}

async function collectFolder(folder: string, name: string, look: Look): Promise<readonly Found[]> {
  const found = await look(folder, (disk) => disk.readFolder(folder));
  if (found === null || found === 'silent') return [skip(name, found === null ? 'unreadable' : 'silent')];
  const entries = found.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return (await Promise.all(entries.map((entry) => collectEntry(folder, name, entry, look)))).flat();
}

async function collectEntry(
  folder: string,
  folderName: string,
  entry: FolderEntry,
  look: Look,
): Promise<readonly Found[]> {
  const path = join(folder, entry.name);
  const entryName = entry.name.normalize('NFC');
  const name = folderName === '' ? entryName : `${folderName}/${entryName}`;
  if (entry.isFolder) return collectFolder(path, name, look);
  return [judgeFile(path, name, await look(folder, (disk) => disk.lstat(path)))];
}

function judgeFile(path: string, name: string, stats: DiskStats | null | 'silent'): Found {
  if (SYSTEM_FILES.test(basename(path))) return skip(name, 'systemFile');
  // A file that cannot be looked at joins the queue: there it fails by its own name, with its cause, or waits for its disk.
  if (stats === null || stats === 'silent') return { kind: 'source', source: { path, name, sizeBytes: 0 } };
  if (stats.kind === 'link') return skip(name, 'link');
  if (stats.kind !== 'file') return skip(name, 'notAFile');
  return { kind: 'source', source: { path, name, sizeBytes: Number(stats.size) } };
}

function skip(name: string, reason: SkippedItem['reason']): Found {
  return { kind: 'skipped', item: { name, reason } };
}

/** Lets at most {@link MAX_LOOKS} through at once. */
function createLook(disk: Disk, answerMs: number): Look {
  const slots = createSemaphore(() => MAX_LOOKS);
  /** Nobody waits for each of their thousand files in turn. */
  const silentFolders = new Set<string>();
  return async (folder, work) => {
    const release = await slots.acquire();
    let timer: NodeJS.Timeout | undefined;
    const silence = new Promise<'silent'>((resolve) => {
      timer = setTimeout(() => {
        silentFolders.add(folder);
        resolve('silent');
      }, answerMs);
    });
    try {
      if (silentFolders.has(folder)) return 'silent';
      return await Promise.race([work(disk).catch(() => null), silence]);
    } finally {
      clearTimeout(timer);
      release();
    }
  };
}
