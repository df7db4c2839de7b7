import { constants } from 'node:fs';
import {
  copyFile,
  type FileHandle,
  link,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
} from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { hasCode } from '../../disk/has-code.ts';
import { syncFile } from '../../disk/sync-file.ts';
import { syncFolder } from '../../disk/sync-folder.ts';

/** The bytes of a journal on a disk. A caller does one thing at a time with it. Every method throws what the system does. */
export interface JournalFile {
  /** Gives all there is; null when there is no such file. */
  read(): Promise<Uint8Array | null>;
  /**
   * Adds bytes at the end, which may be none; settles when all there is outlasts a power cut. After a failure the next
   * call takes off what was left of this one.
   */
  append(bytes: Uint8Array): Promise<void>;
  /**
   * Puts other bytes in the place of all there is, as a whole or, when it throws, not at all. Until the next `append` has
   * settled a power cut may bring the old ones back.
   */
  replace(bytes: Uint8Array): Promise<void>;
  /** Takes off all behind so many bytes, in place, as that needs no room on the disk; settles when it outlasts a power cut. */
  cutTo(byteCount: number): Promise<void>;
  /** Keeps what there is under a name of its own beside it, whatever happens to the file; answers that path, null when there is no file. */
  setAside(): Promise<string | null>;
  close(): Promise<void>;
}

/** How many damaged files are kept. Who has not looked at the oldest by then never will. */
const MAX_SET_ASIDE = 5;

/** Opens a file of this user alone; it and its folder come into being with the first write. */
export function openJournalFile(path: string): JournalFile {
  const folder = dirname(path);
  let handle: FileHandle | null = null;
  /** Up to here all is as it was asked for; null until the file is opened for the first time. */
  let goodLength: number | null = null;
  /** Whether the file would still have its name after a power cut. */
  let isFolderSynced = false;

  const close = async () => {
    const closing = handle;
    handle = null;
    await closing?.close();
  };
  const openEnd = async () => {
    await createFolder(folder);
    const opened = await open(path, constants.O_RDWR | constants.O_CREAT, 0o600);
    try {
      const { size } = await opened.stat();
      goodLength = Math.min(goodLength ?? size, size);
      if (size > goodLength) await opened.truncate(goodLength);
    } catch (cause) {
      await opened.close();
      throw cause;
    }
    handle = opened;
    return { end: opened, length: goodLength };
  };

  const replace = async (bytes: Uint8Array) => {
    await createFolder(folder);
    const temporary = `${path}.new`;
    try {
      await writeNew(temporary, bytes);
      // Windows replaces no file that is open.
      await close();
      await rename(temporary, path);
    } catch (cause) {
      await rm(temporary, { force: true }).catch(() => undefined);
      throw cause;
    }
    goodLength = bytes.length;
    isFolderSynced = false;
  };
  /**
   * Cuts a file off from what was set aside, which may be the same under a second name; answers false for any other, and
   * where there is no room for a new one: that something is forgotten counts for more than a copy of what is damaged.
   */
  const replaceShared = async (byteCount: number): Promise<boolean> => {
    const { end } = handle ? { end: handle } : await openEnd();
    if ((await end.stat()).nlink < 2) return false;
    const { buffer, bytesRead } = await end.read(Buffer.alloc(byteCount), 0, byteCount, 0);
    try {
      await replace(buffer.subarray(0, bytesRead));
      await syncFolder(folder);
    } catch {
      return false;
    }
    isFolderSynced = true;
    return true;
  };

  return {
    read: () => readFile(path).catch(nullWhenMissing),
    append: async (bytes) => {
      const { end, length } =
        handle && goodLength !== null ? { end: handle, length: goodLength } : await openEnd();
      try {
        await writeAll(end, bytes, length);
        // After a failed sync the kernel may take the pages for clean: only writing them anew makes a later one true.
        await syncFile(end, 'data');
        if (!isFolderSynced) await syncFolder(folder);
        isFolderSynced = true;
      } catch (cause) {
        await close().catch(() => undefined);
        throw cause;
      }
      goodLength = length + bytes.length;
    },
    replace,
    cutTo: async (byteCount) => {
      if (await replaceShared(byteCount)) return;
      const { end } = handle ? { end: handle } : await openEnd();
      await end.truncate(byteCount);
      goodLength = byteCount;
      await syncFile(end, 'data');
    },
    setAside: () => setAside(path),
    close,
  };
}

function nullWhenMissing(cause: unknown): null {
  if (hasCode(cause, 'ENOENT')) return null;
  throw cause;
}

/** Makes a folder for this user alone, and those above it, so that their names are on the disk. */
async function createFolder(path: string): Promise<void> {
  const highest = await mkdir(path, { recursive: true, mode: 0o700 });
  if (highest === undefined) return;
  for (let folder = path; folder !== dirname(folder); folder = dirname(folder)) {
    await syncFolder(dirname(folder));
    if (folder === highest) return;
  }
}

/** One write may take fewer bytes than it was given, as the last one before a disk is full does. */
async function writeAll(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let written = 0; written < bytes.length; ) {
    const { bytesWritten } = await handle.write(bytes, written, bytes.length - written, position + written);
    written += bytesWritten;
  }
}

async function writeNew(path: string, bytes: Uint8Array): Promise<void> {
  // One may be left from a crash, with whatever rights.
  await rm(path, { force: true });
  const handle = await open(path, 'wx', 0o600);
  try {
    await writeAll(handle, bytes, 0);
    await syncFile(handle);
  } finally {
    await handle.close();
  }
}

/** A second name, not a rename: at no moment may a crash find the readable rest of the file gone. */
async function setAside(path: string): Promise<string | null> {
  const prefix = `${basename(path)}.damaged-`;
  const folder = dirname(path);
  const earlier = await listNumbers(folder, prefix);
  let number = Math.max(0, ...earlier) + 1;
  let aside = join(folder, `${prefix}${number}`);
  try {
    while (!(await copyTo(aside, path))) {
      number += 1;
      aside = join(folder, `${prefix}${number}`);
    }
  } catch (cause) {
    return nullWhenMissing(cause);
  }
  for (const old of earlier) {
    if (old <= number - MAX_SET_ASIDE) await rm(join(folder, `${prefix}${old}`), { force: true });
  }
  return aside;
}

/** Gives the numbers behind a prefix; none in a folder that may be written to and not listed. */
async function listNumbers(folder: string, prefix: string): Promise<readonly number[]> {
  const names = await readdir(folder).catch((cause: unknown) => {
    if (hasCode(cause, 'EACCES', 'EPERM')) return [];
    throw cause;
  });
  return names
    .filter((name) => name.startsWith(prefix) && /^\d+$/.test(name.slice(prefix.length)))
    .map((name) => Number(name.slice(prefix.length)));
}

/** Answers false when the name is taken. */
async function copyTo(aside: string, path: string): Promise<boolean> {
  try {
    // Not every file system has hard links.
    await link(path, aside).catch(() => copyFile(path, aside, constants.COPYFILE_EXCL));
    return true;
  } catch (cause) {
    if (hasCode(cause, 'EEXIST')) return false;
    throw cause;
  }
}
