import { constants } from 'node:fs';
import { AppFailure } from '#app/errors.ts';
import type { DiskStats } from '../../disk/disk-calls.ts';
import { type DiskFile, openDiskFile } from '../../disk/disk-file.ts';
import { hasCode } from '../../disk/has-code.ts';
import { type Disk, patientDisk } from '../../disk/patient-disk.ts';
import type { ReadableFile } from '../../file-store/file-upload.ts';

/** Stands in a name for bytes that are no UTF-8: the path that was given leads nowhere. */
const REPLACEMENT = '\ufffd';

/** A file that is open for reading. */
export interface OpenFile extends ReadableFile {
  /** Closes it as soon as nothing reads from it; waits for no disk. */
  close(): void;
}

/** A regular file on this computer, open for reading. Whoever asked for it closes `file`. */
export interface SourceFile {
  readonly file: OpenFile;
  readonly sizeBytes: number;
  /** When it was last written to, in milliseconds since the epoch, with fractions. */
  readonly modifiedAt: number;
  /** Whether the open file's record is as it was when it was opened: then nobody has written to it. */
  readonly isUntouched: () => Promise<boolean>;
  /**
   * Looks at what stands at its path now. Answers `none` when it is the open file and its record is as it was, and
   * `record` when it is another file, or was touched, and has the same size: its content may be the same all the same.
   * Throws the AppFailures fileChanged, fileMissing and fileUnreadable.
   */
  readonly findChange: () => Promise<'none' | 'record'>;
  /** Gives the same open file as it is now, for one whose path leads nowhere any more; its `close` does nothing. */
  readonly share: (disk: Disk) => Promise<SourceFile>;
}

/**
 * Opens a file; a link is followed. Throws the AppFailures fileMissing, nameNotUtf8 and
 * fileUnreadable, the last for all but regular files.
 */
export async function openSourceFile(path: string, disk: Disk = patientDisk): Promise<SourceFile> {
  // Without waiting: to open a FIFO nobody writes to would wait for ever, and take one of Node's few threads with it.
  const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);
  const opened = await openDiskFile(disk, path, flags).catch((cause) => {
    if (path.includes(REPLACEMENT) && hasCode(cause, 'ENOENT', 'ENOTDIR')) {
      throw new AppFailure({ code: 'nameNotUtf8' }, { cause });
    }
    return throwFailure(cause);
  });
  const close = () => void opened.close().catch(() => undefined);
  try {
    return await toSourceFile(opened, close, () => disk.stat(path));
  } catch (error) {
    close();
    throw error;
  }
}

/** `find` looks at what stands in its place now. */
async function toSourceFile(
  file: DiskFile,
  close: () => void,
  find: () => Promise<DiskStats>,
): Promise<SourceFile> {
  // Of a file that was just opened the system has the attributes at hand, as a rule on network drives too.
  const look = () => file.stat().catch(throwFailure);
  const opened = await look();
  if (opened.kind !== 'file') throw new AppFailure({ code: 'fileUnreadable' });
  return {
    file: {
      read: async (buffer, offset, length, position) => ({
        bytesRead: await file.read(buffer, offset, length, position).catch(throwLetGo),
      }),
      close,
    },
    sizeBytes: Number(opened.size),
    modifiedAt: Number(opened.mtimeNs) / 1e6,
    isUntouched: async () => isSameState(await look(), opened),
    findChange: async () => {
      // By its path it is seen whether it was replaced and, as it is the open file if it was not, whether it changed.
      const found = await find().catch(throwFailure);
      if (found.kind !== 'file' || found.size !== opened.size) throw new AppFailure({ code: 'fileChanged' });
      return isSameState(found, opened) ? 'none' : 'record';
    },
    share: (disk) => {
      const shared = file.through(disk);
      return toSourceFile(shared, () => undefined, shared.stat);
    },
  };
}

/**
 * Fills a buffer from a position in bytes. Throws the AppFailures fileChanged when the file ends before, and
 * fileUnreadable.
 */
export async function readFully(file: ReadableFile, buffer: Buffer, position: number): Promise<void> {
  let filled = 0;
  while (filled < buffer.length) {
    const { bytesRead } = await file
      .read(buffer, filled, buffer.length - filled, position + filled)
      .catch(throwFailure);
    if (bytesRead === 0) throw new AppFailure({ code: 'fileChanged' });
    filled += bytesRead;
  }
}

/** A program can set the time of writing back, but not the time at which the file's record changed. */
function isSameState(a: DiskStats, b: DiskStats): boolean {
  return (
    a.dev === b.dev &&
    a.ino === b.ino &&
    a.size === b.size &&
    a.mtimeNs === b.mtimeNs &&
    a.ctimeNs === b.ctimeNs
  );
}

/** One that was let go meanwhile leads nowhere any more. */
function throwLetGo(cause: unknown): never {
  throw hasCode(cause, 'EBADF') ? new AppFailure({ code: 'fileMissing' }, { cause }) : cause;
}

function throwFailure(cause: unknown): never {
  const code = cause instanceof Error && 'code' in cause ? cause.code : null;
  const isMissing = code === 'ENOENT' || code === 'ENOTDIR';
  throw new AppFailure({ code: isMissing ? 'fileMissing' : 'fileUnreadable' }, { cause });
}
