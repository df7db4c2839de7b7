import { dirname } from 'node:path';
import { directCalls } from './direct-calls.ts';
import type { DiskCalls, DiskRequest } from './disk-calls.ts';
import { createDiskWorkers, type DiskWorkers } from './disk-workers.ts';

/** Calls of the system that do not block. Every one throws what the system does. */
export type Disk = {
  readonly [Op in Exclude<keyof DiskCalls, 'read'>]: (
    ...args: Parameters<DiskCalls[Op]>
  ) => Promise<ReturnType<DiskCalls[Op]>>;
} & {
  /** Reads into a buffer from a position in the file; gives how many bytes there were. */
  readonly read: (
    fd: number,
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
  ) => Promise<number>;
};

/**
 * The disk of files that may lie where nothing answers: a share that is gone, a placeholder of a cloud. Such a call keeps
 * its thread for as long as that lasts, and Node has four for all its work. So only two are used here; when both are
 * stuck the calls go to threads of their own, and so does what always takes long.
 */
export interface PatientDisk extends Disk {
  /** Whether a call has not returned for long: the process cannot end in order then. */
  isStuck(): boolean;
}

const MAX_DIRECT_CALLS = 2;
/** A disk that has to start turning takes longer, but to be wrong here costs a thread only. */
const STUCK_MS = 500;

interface Call {
  readonly direct: () => void;
  readonly elsewhere: () => void;
}

/** Decides which thread makes a call. */
interface Calls {
  /** Makes it directly or, where those threads are stuck, elsewhere. */
  run<Result>(direct: () => Promise<Result>, elsewhere: () => Promise<Result>): Promise<Result>;
  /** Whether a direct call has not returned for long. */
  isStuck(): boolean;
}

function createCalls(): Calls {
  /** When the direct calls under way began. */
  const running = new Set<{ readonly since: number }>();
  let waiting: Call[] = [];
  let timer: NodeJS.Timeout | null = null;

  const stuckCount = () => {
    const now = performance.now();
    let count = 0;
    for (const { since } of running) if (now - since >= STUCK_MS) count += 1;
    return count;
  };
  const areAllStuck = () => running.size >= MAX_DIRECT_CALLS && stuckCount() === running.size;
  const watch = () => {
    if (timer !== null) return;
    timer = setTimeout(() => {
      timer = null;
      if (waiting.length === 0) return;
      if (!areAllStuck()) return watch();
      const calls = waiting;
      waiting = [];
      for (const call of calls) call.elsewhere();
    }, STUCK_MS).unref();
  };
  return {
    run: (direct, elsewhere) =>
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
          elsewhere: () => void elsewhere().then(resolve, reject),
        };
        if (running.size < MAX_DIRECT_CALLS) call.direct();
        else if (areAllStuck()) call.elsewhere();
        else {
          waiting.push(call);
          watch();
        }
      }),
    isStuck: () => stuckCount() > 0,
  };
}

/** Makes one, with threads of its own only where they are needed. */
export function createPatientDisk(workers: DiskWorkers = createDiskWorkers()): PatientDisk {
  const calls = createCalls();
  /** The folders of open files, by number: what is asked of them counts as asked of these. */
  const folders = new Map<number, string>();
  const elsewhere = <Op extends keyof DiskCalls>(op: Op, ...args: Parameters<DiskCalls[Op]>) => {
    const [place] = args;
    const folder = typeof place === 'number' ? folders.get(place) : dirname(place);
    // An operation stands with its own arguments, as the types of this function say.
    const request = { op, args } as unknown as DiskRequest;
    return workers.run(request, folder ?? '') as Promise<ReturnType<DiskCalls[Op]>>;
  };
  const either = <Op extends Exclude<keyof DiskCalls, 'read' | 'sync' | 'datasync'>>(op: Op): Disk[Op] =>
    // The same function with its arguments named, which TypeScript cannot see of a union of functions.
    ((...args: Parameters<DiskCalls[Op]>) => {
      const direct = directCalls[op] as (...all: Parameters<DiskCalls[Op]>) => Promise<unknown>;
      return calls.run(
        () => direct(...args),
        () => elsewhere(op, ...args),
      );
    }) as Disk[Op];
  const [open, close] = [either('open'), either('close')];
  return {
    open: async (path, flags, mode) => {
      const fd = await open(path, flags, mode);
      folders.set(fd, dirname(path));
      return fd;
    },
    close: (fd) => {
      const closing = close(fd);
      folders.delete(fd);
      return closing;
    },
    read: (fd, buffer, offset, length, position) =>
      calls.run(
        () => directCalls.read(fd, buffer, offset, length, position),
        async () => {
          const bytes = await elsewhere('read', fd, length, position);
          buffer.set(bytes, offset);
          return bytes.length;
        },
      ),
    fstat: either('fstat'),
    write: either('write'),
    truncate: either('truncate'),
    chmod: either('chmod'),
    // They take long wherever they are: nothing else is to wait for them.
    sync: (fd) => elsewhere('sync', fd),
    datasync: (fd) => elsewhere('datasync', fd),
    stat: either('stat'),
    lstat: either('lstat'),
    freeBytes: either('freeBytes'),
    readFolder: either('readFolder'),
    readLink: either('readLink'),
    realPath: either('realPath'),
    link: either('link'),
    rename: either('rename'),
    remove: either('remove'),
    isStuck: () => calls.isStuck() || workers.isStuck(),
  };
}

/** The disk that the files of the person are on. */
export const patientDisk = createPatientDisk();
