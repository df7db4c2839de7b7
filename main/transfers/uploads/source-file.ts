import { closeSync, constants, fstatSync } from 'node:fs';
import { AppFailure } from '#app/errors.ts';
import { hasCode } from '../../disk/has-code.ts';
import { type DiskStats, patientDisk, toDiskStats } from '../../disk/patient-disk.ts';
import type { ReadableFile } from '../../openrouter/file-upload.ts';

/** Stands in a name for bytes that are no UTF-8: the path that was given leads nowhere. */
const REPLACEMENT = '\ufffd';

/** A file that is open for reading. */
export interface OpenFile extends ReadableFile {
  /** Closes it. */
  close(): void;
}

/** A regular file on this computer, open for reading. Whoever asked for it closes `file`. */
export interface SourceFile {
  readonly file: OpenFile;
  readonly sizeBytes: number;
  /** When it was last written to, in milliseconds since the epoch, with fractions. */
  readonly modifiedAt: number;
  /** Whether the open file's record is as it was when it was opened: then nobody has written to it. */
  readonly isUntouched: () => boolean;
  /**
   * Looks at what stands at its path now. Answers `none` when it is the open file and its record is as it was, and
   * `record` when it is another file, or was touched, and has the same size: its content may be the same all the same.
   * Throws the AppFailures fileChanged, fileMissing and fileUnreadable.
   */
  readonly findChange: () => Promise<'none' | 'record'>;
  /** Gives the same open file as it is now, for one whose path leads nowhere any more; its `close` does nothing. */
  readonly share: () => SourceFile;
}

/**
 * Opens a file; a link is followed. Throws the AppFailures fileMissing, nameNotUtf8 and
 * fileUnreadable, the last for all but regular files.
 */
export async function openSourceFile(path: string): Promise<SourceFile> {
  // Without waiting: to open a FIFO nobody writes to would wait for ever, and take one of Node's few threads with it.
  const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);
  const fd = await patientDisk.open(path, flags).catch((cause) => {
    if (path.includes(REPLACEMENT) && hasCode(cause, 'ENOENT', 'ENOTDIR')) {
      throw new AppFailure({ code: 'nameNotUtf8' }, { cause });
    }
    return throwFailure(cause);
  });
  const file = toOpenFile(fd);
  try {
    return toSourceFile(file, fd, () => patientDisk.stat(path).catch(throwFailure));
  } catch (error) {
    file.close();
    throw error;
  }
}

/** `find` looks at what stands in its place now. */
function toSourceFile(file: OpenFile, fd: number, find: () => Promise<DiskStats>): SourceFile {
  // Of a file that was just opened the system has the attributes at hand, as a rule on network drives too.
  const look = () => lookAt(fd);
  const opened = look();
  if (opened.kind !== 'file') throw new AppFailure({ code: 'fileUnreadable' });
  return {
    file,
    sizeBytes: Number(opened.size),
    modifiedAt: Number(opened.mtimeNs) / 1e6,
    isUntouched: () => isSameState(look(), opened),
    findChange: async () => {
      // By its path it is seen whether it was replaced and, as it is the open file if it was not, whether it changed.
      const found = await find();
      if (found.kind !== 'file' || found.size !== opened.size) throw new AppFailure({ code: 'fileChanged' });
      return isSameState(found, opened) ? 'none' : 'record';
    },
    share: () => toSourceFile({ read: file.read, close: () => undefined }, fd, async () => lookAt(fd)),
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

/** Over the file's number: a `FileHandle` costs as much as reading a small file. */
function toOpenFile(fd: number): OpenFile {
  let reading = 0;
  let isClosed = false;
  // A number that is closed while it is read from may be another file's by then.
  const closeIfIdle = () => {
    // Of a file that was only read nothing is left to write: there is nothing to wait for.
    if (isClosed && reading === 0) closeSync(fd);
  };
  return {
    read: async (buffer, offset, length, position) => {
      if (isClosed) throw new AppFailure({ code: 'fileMissing' });
      reading += 1;
      try {
        return { bytesRead: await patientDisk.read(fd, buffer, offset, length, position) };
      } finally {
        reading -= 1;
        closeIfIdle();
      }
    },
    close: () => {
      isClosed = true;
      closeIfIdle();
    },
  };
}

function lookAt(fd: number): DiskStats {
  try {
    return toDiskStats(fstatSync(fd, { bigint: true }));
  } catch (cause) {
    return throwFailure(cause);
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

function throwFailure(cause: unknown): never {
  const code = cause instanceof Error && 'code' in cause ? cause.code : null;
  const isMissing = code === 'ENOENT' || code === 'ENOTDIR';
  throw new AppFailure({ code: isMissing ? 'fileMissing' : 'fileUnreadable' }, { cause });
}
