/**
 * Stands in for `node:fs/promises`: real files, but each call takes effect when a timer of the virtual time passes, and
 * a crash takes along what was not synced. Exports what main's code uses, by the same names.
 */
import fs, { type PathLike } from 'node:fs';

/** What fails for a while because the disk is full. */
export type FullDisk = 'journal' | 'saves';

/** How the name of the transfers' journal ends, but for that of its next version. */
const JOURNAL = '.transfers.jsonl';

interface Inode {
  path: string;
  /** Up to here the content outlasts a crash, in bytes. */
  syncedBytes: number;
  isDirty: boolean;
}

const inodes = new Map<number, Inode>();
/** How often a path has got another file by being renamed to. */
const replacements = new Map<string, number>();
const openHandles = new Set<SimulatedHandle>();
const full = new Set<FullDisk>();
let syncMs = 0;
let crashCount = 0;
let isJournalBehind = false;
/** Whether the journal was written since that failed: to cut off what half a line has left, and sync that, takes no room. */
let isJournalWritten = false;

/** How the disk is set up and what it does besides. */
export const disk = {
  /** Begins anew; a sync takes so many milliseconds. */
  reset(nextSyncMs: number): void {
    closeAll();
    inodes.clear();
    replacements.clear();
    full.clear();
    isJournalBehind = false;
    syncMs = nextSyncMs;
  },
  setFull(what: FullDisk, isFull: boolean): void {
    if (isFull) full.add(what);
    else full.delete(what);
  },
  /** Whether the last writing of the transfers' journal failed. */
  isJournalBehind: (): boolean => isJournalBehind,
  /**
   * How often the file at a path has been replaced, and how much of it outlasts a crash; null when there is none. Its
   * inode would not tell them apart: the system gives the number of a file that is gone to one of the next.
   */
  findSynced(path: string): { readonly replacement: number; readonly bytes: number } | null {
    const found = fs.statSync(path, { throwIfNoEntry: false });
    if (!found) return null;
    const bytes = inodes.get(found.ino)?.syncedBytes ?? found.size;
    return { replacement: replacements.get(path) ?? 0, bytes };
  },
  /** Ends the process that used it: of bytes not synced a part of the journals' is left (0 to 1), none of the others'. */
  crash(leftPart: number): void {
    closeAll();
    for (const { path, syncedBytes, isDirty } of inodes.values()) {
      if (isDirty) loseUnsynced(path, syncedBytes, leftPart);
    }
    inodes.clear();
    isJournalBehind = false;
  },
};

function closeAll(): void {
  for (const handle of openHandles) handle.closeNow();
}

function loseUnsynced(path: string, syncedBytes: number, leftPart: number): void {
  const size = fs.statSync(path, { throwIfNoEntry: false })?.size;
  if (size === undefined) return;
  if (path.endsWith('.jsonl')) {
    const kept = Math.min(size, syncedBytes);
    fs.truncateSync(path, kept + Math.floor((size - kept) * leftPart));
    return;
  }
  // After a power cut a file can have its right size and holes for content.
  fs.writeFileSync(path, Buffer.alloc(size), { flag: 'r+' });
  crashCount += 1;
  fs.utimesSync(path, crashCount, crashCount);
}

function perform<Result>(work: () => Result, ms = 0): Promise<Result> {
  return new Promise((resolve, reject) => {
    setTimeout(() => {
      try {
        resolve(work());
      } catch (cause) {
        reject(cause);
      }
    }, ms);
  });
}

function toFullness(path: string): FullDisk | null {
  if (path.includes(JOURNAL)) return 'journal';
  return path.endsWith('.part') ? 'saves' : null;
}

/** An open file, with the methods of Node's `FileHandle` that main's code uses. */
class SimulatedHandle {
  readonly #number: number;
  readonly #inode: Inode;
  #isClosed = false;

  constructor(path: string, flags: string | number | undefined, mode: number | undefined) {
    this.#number = fs.openSync(path, flags ?? 'r', mode);
    openHandles.add(this);
    const { ino, size } = fs.fstatSync(this.#number);
    const known = inodes.get(ino);
    this.#inode = known ?? { path, syncedBytes: size, isDirty: false };
    inodes.set(ino, this.#inode);
  }

  /** Fails when it was closed: the system gives the number to the next file that is opened. */
  get fd(): number {
    if (this.#isClosed) throw toSystemError('EBADF', 'use of a closed file');
    return this.#number;
  }

  stat(options: fs.StatOptions = {}): Promise<fs.Stats | fs.BigIntStats> {
    return perform(() => fs.fstatSync(this.fd, options));
  }

  statBig(): Promise<fs.BigIntStats> {
    return perform(() => fs.fstatSync(this.fd, { bigint: true }));
  }

  read(buffer: Buffer, offset: number, length: number, position: number): Promise<{ bytesRead: number }> {
    return perform(() => ({ bytesRead: fs.readSync(this.fd, buffer, offset, length, position) }));
  }

  write(
    buffer: Uint8Array,
    offset: number,
    length: number,
    position: number,
  ): Promise<{ bytesWritten: number }> {
    return this.#change(() => {
      const isFull = this.#isFull();
      const bytesWritten = fs.writeSync(this.fd, buffer, offset, isFull ? length >> 1 : length, position);
      if (isFull) {
        if (this.#inode.path.includes(JOURNAL)) {
          isJournalBehind = true;
          isJournalWritten = false;
        }
        throw toSystemError('ENOSPC', 'write');
      }
      if (this.#inode.path.endsWith(JOURNAL)) isJournalWritten = true;
      return { bytesWritten };
    });
  }

  writev(pieces: readonly Uint8Array[], position: number): Promise<{ bytesWritten: number }> {
    return this.#change(() => {
      if (this.#isFull()) throw toSystemError('ENOSPC', 'write');
      return { bytesWritten: fs.writevSync(this.fd, pieces, position) };
    });
  }

  truncate(length: number): Promise<void> {
    return this.#change(() => fs.ftruncateSync(this.fd, length));
  }

  sync(): Promise<void> {
    return perform(() => this.#noteSynced(), syncMs);
  }

  datasync(): Promise<void> {
    return this.sync();
  }

  close(): Promise<void> {
    return perform(() => this.closeNow());
  }

  /** Once only, as the system gives the number to the next file. */
  closeNow(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    openHandles.delete(this);
    fs.closeSync(this.#number);
  }

  #change<Result>(work: () => Result): Promise<Result> {
    return perform(() => {
      this.#inode.isDirty = true;
      return work();
    });
  }

  #noteSynced(): void {
    this.#inode.syncedBytes = fs.fstatSync(this.fd).size;
    this.#inode.isDirty = false;
    if (this.#inode.path.endsWith(JOURNAL) && isJournalWritten) isJournalBehind = false;
  }

  #isFull(): boolean {
    const what = toFullness(this.#inode.path);
    return what !== null && full.has(what);
  }
}

function toSystemError(code: string, syscall: string): Error {
  return Object.assign(new Error(`${code}: simulated, ${syscall}`), { code, syscall });
}

/** Keeps in mind where a file stands now. */
function notePath(path: string): void {
  const inode = inodes.get(fs.statSync(path).ino);
  if (inode) inode.path = path;
}

/** The system gives the number of a file that is gone to the next one. */
function forget(path: PathLike): void {
  const found = fs.statSync(path, { throwIfNoEntry: false });
  if (found?.nlink === 1) inodes.delete(found.ino);
}

export const open = (path: string, flags?: string | number, mode?: number) =>
  perform(() => new SimulatedHandle(path, flags, mode));
export const readFile = (path: string) => perform(() => fs.readFileSync(path));
export const stat = (path: string, options: fs.StatOptions = {}) => perform(() => fs.statSync(path, options));
export const lstat = (path: string) => perform(() => fs.lstatSync(path));
export const statBig = (path: string) => perform(() => fs.statSync(path, { bigint: true }));
export const lstatBig = (path: string) => perform(() => fs.lstatSync(path, { bigint: true }));
export const statfs = (path: string) => perform(() => fs.statfsSync(path));
export const readdir = (path: string) => perform(() => fs.readdirSync(path));
export const mkdir = (path: string, options: fs.MakeDirectoryOptions) =>
  perform(() => fs.mkdirSync(path, options));
export const unlink = (path: PathLike) =>
  perform(() => {
    forget(path);
    fs.unlinkSync(path);
  });
export const rm = (path: PathLike, options: fs.RmOptions = {}) =>
  perform(() => {
    forget(path);
    fs.rmSync(path, options);
  });
export const rename = (from: string, to: string) =>
  perform(() => {
    forget(to);
    fs.renameSync(from, to);
    replacements.set(to, (replacements.get(to) ?? 0) + 1);
    notePath(to);
  });
export const link = (from: string, to: string) =>
  perform(() => {
    fs.linkSync(from, to);
    notePath(to);
  });
export const copyFile = (from: string, to: string, mode?: number) =>
  perform(() => fs.copyFileSync(from, to, mode));
export const mkdtemp = (prefix: string) => perform(() => fs.mkdtempSync(prefix));
