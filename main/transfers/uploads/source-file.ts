import { type BigIntStats, constants, fstatSync } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { AppFailure } from '#app/errors.ts';

/** A regular file on this computer, open for reading. Whoever asked for it closes `file`. */
export interface SourceFile {
  readonly file: FileHandle;
  readonly sizeBytes: number;
  /** Throws the AppFailure fileChanged when the open file was written to since it was opened. */
  readonly assertNotWritten: () => void;
  /**
   * Resolves when neither the open file nor what stands at its path has changed since it was opened; throws the
   * AppFailures fileChanged, fileMissing and fileUnreadable.
   */
  readonly assertUnchanged: () => Promise<void>;
}

/** Opens a file; a link is followed. Throws the AppFailures fileMissing and fileUnreadable, the latter for all but regular files. */
export async function openSourceFile(path: string): Promise<SourceFile> {
  // Without waiting: to open a FIFO nobody writes to would wait for ever, and take one of Node's few threads with it.
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)).catch(throwFailure);
  try {
    // Of a file that was just opened the system has the attributes at hand, as a rule on network drives too.
    const look = () => lookAt(file);
    const opened = look();
    if (!opened.isFile()) throw new AppFailure({ code: 'fileUnreadable' });
    return {
      file,
      sizeBytes: Number(opened.size),
      assertNotWritten: () => {
        if (!isSameState(look(), opened)) throw new AppFailure({ code: 'fileChanged' });
      },
      assertUnchanged: async () => {
        // By its path it is seen whether it was replaced and, as it is the open file if it was not, whether it changed.
        const found = await stat(path, { bigint: true }).catch(throwFailure);
        if (!isSameState(found, opened)) throw new AppFailure({ code: 'fileChanged' });
      },
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}

/**
 * Fills a buffer from a position in bytes. Throws the AppFailures fileChanged when the file ends before, and
 * fileUnreadable.
 */
export async function readFully(file: FileHandle, buffer: Buffer, position: number): Promise<void> {
  let filled = 0;
  while (filled < buffer.length) {
    const { bytesRead } = await file
      .read(buffer, filled, buffer.length - filled, position + filled)
      .catch(throwFailure);
    if (bytesRead === 0) throw new AppFailure({ code: 'fileChanged' });
    filled += bytesRead;
  }
}

function lookAt({ fd }: FileHandle): BigIntStats {
  try {
    return fstatSync(fd, { bigint: true });
  } catch (cause) {
    return throwFailure(cause);
  }
}

/** A program can set the time of writing back, but not the time at which the file's record changed. */
function isSameState(a: BigIntStats, b: BigIntStats): boolean {
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
