import { basename } from 'node:path';
import { AppFailure } from '#app/errors.ts';
import type { LocalCopy } from '#app/files/file-details.ts';
import type { DiskStats } from '../disk/disk-calls.ts';
import { DISK_PATIENCE, type DiskPatience } from '../disk/disk-patience.ts';
import { patientDisk } from '../disk/patient-disk.ts';
import type { LocalRecord } from '../transfers/uploads/ledger.ts';

/** Gives what is recorded of a file on the server; null when nothing. */
export type FindLocal = (fileId: string) => LocalRecord | null;

/** Somebody waits for the answer. */
type Patience = Pick<DiskPatience, 'answerMs'>;

/** Two ways to write one time down differ by less, in milliseconds; the finest file systems count in nanoseconds. */
const SAME_TIME_MS = 0.001;
/** Looks at so many files at once: Node has few threads for it. */
const LOOKS_AT_ONCE = 16;

/** Tells what this computer knows of a file's content, and whether it is still there; null when it knows nothing. */
export async function readLocalCopy(
  findLocal: FindLocal,
  fileId: string,
  patience: Patience = DISK_PATIENCE,
): Promise<LocalCopy | null> {
  const record = findLocal(fileId);
  if (!record) return null;
  const { origin, path, at, sha256 } = record;
  return { origin, name: basename(path), at, sha256, isUnchanged: await isUnchanged(record, patience) };
}

/** Gives the path of a file's copy on this computer, changed or not. Throws `fileMissing` when there is none. */
export async function findLocalPath(
  findLocal: FindLocal,
  fileId: string,
  patience: Patience = DISK_PATIENCE,
): Promise<string> {
  const record = findLocal(fileId);
  if (!record || !(await look(record.path, patience))) throw new AppFailure({ code: 'fileMissing' });
  return record.path;
}

/** Files whose copies are on this computer and unchanged, by the paths of these, and the other files, each in their order. */
export interface FoundCopies<File> {
  /** Each once, however many files have their copy there. */
  readonly paths: readonly string[];
  readonly others: readonly File[];
}

/** Looks for the copies of files that are on this computer and unchanged. */
export async function findUnchanged<File extends { readonly id: string }>(
  findLocal: FindLocal,
  files: readonly File[],
  patience: Patience = DISK_PATIENCE,
): Promise<FoundCopies<File>> {
  const paths = new Set<string>();
  const others: File[] = [];
  const findPath = async ({ id }: File) => {
    const record = findLocal(id);
    return record !== null && (await isUnchanged(record, patience)) ? record.path : null;
  };
  for (let start = 0; start < files.length; start += LOOKS_AT_ONCE) {
    const some = files.slice(start, start + LOOKS_AT_ONCE);
    const found = await Promise.all(some.map(findPath));
    for (const [index, file] of some.entries()) {
      const path = found[index] ?? null;
      if (path === null) others.push(file);
      else paths.add(path);
    }
  }
  return { paths: [...paths], others };
}

/** A link in the file's place is another file. The time of its record is not looked at: a copy by a back-up changes it. */
async function isUnchanged(
  { path, sizeBytes, modifiedAt }: LocalRecord,
  patience: Patience,
): Promise<boolean> {
  const found = await look(path, patience);
  return (
    found?.kind === 'file' &&
    found.size === BigInt(sizeBytes) &&
    Math.abs(Number(found.mtimeNs) / 1e6 - modifiedAt) < SAME_TIME_MS
  );
}

/** Details are shown without what lies on a disk that does not answer. */
async function look(path: string, { answerMs }: Patience): Promise<DiskStats | null> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, answerMs, null);
  });
  try {
    return await Promise.race([patientDisk.lstat(path).catch(() => null), silence]);
  } finally {
    clearTimeout(timer);
  }
}
