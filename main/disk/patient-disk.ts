import type { BigIntStats } from 'node:fs';
import { open, read } from 'node:fs';
import { lstat, readdir, stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { createDiskWorkers, type DiskAnswers, type DiskRequest, type DiskWorkers } from './disk-workers.ts';

/** What is known of something on a disk. */
export interface DiskStats {
  readonly kind: 'file' | 'folder' | 'link' | 'other';
  readonly dev: bigint;
  readonly ino: bigint;
  readonly size: bigint;
  readonly mtimeNs: bigint;
  readonly ctimeNs: bigint;
}

/**
 * Looks at files that may lie on a disk that does not answer: a share that is gone, a placeholder of a cloud. Such a call
 * keeps its thread for as long as that lasts, and Node has four for all its work. So only two are used here; when both
 * are stuck the calls go to threads of their own. Every method throws what the system does.
 */
export interface PatientDisk {
  /** Opens a file and gives its number. */
  open(path: string, flags: number): Promise<number>;
  /** Reads into a buffer from a position in the file; gives how many bytes there were. */
  read(fd: number, buffer: Buffer, offset: number, length: number, position: number): Promise<number>;
  stat(path: string): Promise<DiskStats>;
  /** The same of a link itself. */
  lstat(path: string): Promise<DiskStats>;
  readFolder(path: string): Promise<readonly FolderEntry[]>;
  /** Whether calls have not returned for long: the process cannot end in order then. */
  isStuck(): boolean;
}

/** Something in a folder. */
export interface FolderEntry {
  readonly name: string;
  readonly isFolder: boolean;
}

const MAX_DIRECT_CALLS = 2;
/** A disk that has to start turning takes longer, but to be wrong here costs a thread only. */
const STUCK_MS = 500;

const openDirectly = promisify(open);
const readDirectly = promisify(read);

interface Call {
  readonly direct: () => void;
  readonly elsewhere: () => void;
}

/** Decides which thread makes a call. */
interface Calls {
  /** Makes it directly or, where those threads are stuck, by its request in another one, whose answer is turned into the same. */
  run<Op extends DiskRequest['op'], Direct>(
    direct: () => Promise<Direct>,
    request: Extract<DiskRequest, { readonly op: Op }>,
    toValue: (answer: DiskAnswers[Op]) => Direct,
  ): Promise<Direct>;
  isStuck(): boolean;
}

function createCalls(workers: DiskWorkers): Calls {
  /** When the direct calls under way began. */
  const running = new Set<{ readonly since: number }>();
  let waiting: Call[] = [];
  let timer: NodeJS.Timeout | null = null;

  const isStuck = () => {
    if (running.size < MAX_DIRECT_CALLS) return false;
    const now = performance.now();
    for (const { since } of running) if (now - since < STUCK_MS) return false;
    return true;
  };
  const watch = () => {
    if (timer !== null) return;
    timer = setTimeout(() => {
      timer = null;
      if (waiting.length === 0) return;
      if (!isStuck()) return watch();
      const calls = waiting;
      waiting = [];
      for (const call of calls) call.elsewhere();
    }, STUCK_MS).unref();
  };
  const run: Calls['run'] = <Op extends DiskRequest['op'], Direct>(
    direct: () => Promise<Direct>,
    request: Extract<DiskRequest, { readonly op: Op }>,
    toValue: (answer: DiskAnswers[Op]) => Direct,
  ): Promise<Direct> =>
    new Promise((resolve, reject) => {
      const call: Call = {
        direct: () => {
          const mark = { since: performance.now() };
          running.add(mark);
          direct()
            .then(resolve, reject)
            .finally(() => {
              running.delete(mark);
              waiting.shift()?.direct();
            });
        },
        elsewhere: () => {
          workers.run(request).then((answer) => resolve(toValue(answer)), reject);
        },
      };
      if (running.size < MAX_DIRECT_CALLS) call.direct();
      else if (isStuck()) call.elsewhere();
      else {
        waiting.push(call);
        watch();
      }
    });
  return { run, isStuck };
}

/** Makes one, with threads of its own only where they are needed. */
export function createPatientDisk(workers: DiskWorkers = createDiskWorkers()): PatientDisk {
  const { run, isStuck } = createCalls(workers);
  return {
    open: (path, flags) =>
      run(
        () => openDirectly(path, flags),
        { op: 'open', path, flags },
        (fd) => fd,
      ),
    read: (fd, buffer, offset, length, position) =>
      run(
        async () => (await readDirectly(fd, buffer, offset, length, position)).bytesRead,
        { op: 'read', fd, length, position },
        (bytes) => {
          buffer.set(bytes, offset);
          return bytes.length;
        },
      ),
    stat: (path) =>
      run(
        async () => toDiskStats(await stat(path, { bigint: true })),
        { op: 'stat', path },
        (found) => found,
      ),
    lstat: (path) =>
      run(
        async () => toDiskStats(await lstat(path, { bigint: true })),
        { op: 'lstat', path },
        (found) => found,
      ),
    readFolder: (path) =>
      run(
        async () => {
          const entries = await readdir(path, { withFileTypes: true });
          return entries.map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() }));
        },
        { op: 'readFolder', path },
        (entries) => entries,
      ),
    isStuck: () => isStuck() || workers.isStuck(),
  };
}

/** Gives what the app needs of what the system says. */
export function toDiskStats(stats: BigIntStats): DiskStats {
  const { dev, ino, size, mtimeNs, ctimeNs } = stats;
  const kind = stats.isFile()
    ? 'file'
    : stats.isDirectory()
      ? 'folder'
      : stats.isSymbolicLink()
        ? 'link'
        : 'other';
  return { kind, dev, ino, size, mtimeNs, ctimeNs };
}

/** The disk that the files of the person are on. */
export const patientDisk = createPatientDisk();
