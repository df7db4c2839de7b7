import { Worker } from 'node:worker_threads';
import type { DiskRequest } from './disk-calls.ts';

/** Threads that each make one call at a time, and may be stuck in it. */
export interface DiskWorkers {
  /** Makes a call on something in a folder, and gives what {@link DiskCalls} says. */
  run(request: DiskRequest, folder: string): Promise<unknown>;
  /** Whether a call has not returned for long. */
  isStuck(): boolean;
}

/** More than this many calls that are stuck keep the others waiting. */
const MAX_WORKERS = 64;
/** More of one folder wait for these: a thousand files that were dropped from a dead share are not to take all threads. */
const MAX_OF_FOLDER = 12;
const STUCK_MS = 500;

/** What a thread runs: the calls that block, one after the other. As text, so that it needs no file of its own. */
const PROGRAM = `
const fs = require('node:fs');
const { parentPort } = require('node:worker_threads');
const toStats = (stats) => ({
  kind: stats.isFile() ? 'file' : stats.isDirectory() ? 'folder' : stats.isSymbolicLink() ? 'link' : 'other',
  mode: Number(stats.mode),
  dev: stats.dev, ino: stats.ino, size: stats.size, mtimeNs: stats.mtimeNs, ctimeNs: stats.ctimeNs,
});
const calls = {
  open: fs.openSync,
  close: fs.closeSync,
  fstat: (fd) => toStats(fs.fstatSync(fd, { bigint: true })),
  read: (fd, length, position) => {
    const buffer = new Uint8Array(length);
    return buffer.subarray(0, fs.readSync(fd, buffer, 0, length, position));
  },
  write: fs.writevSync,
  truncate: fs.ftruncateSync,
  chmod: fs.fchmodSync,
  sync: fs.fsyncSync,
  datasync: fs.fdatasyncSync,
  stat: (path) => toStats(fs.statSync(path, { bigint: true })),
  lstat: (path) => toStats(fs.lstatSync(path, { bigint: true })),
  freeBytes: (path) => {
    const { blocks, bavail, bsize } = fs.statfsSync(path);
    return blocks === 0 ? null : bavail * bsize;
  },
  readFolder: (path) =>
    fs.readdirSync(path, { withFileTypes: true }).map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() })),
  readLink: (path) => fs.readlinkSync(path),
  realPath: (path) => fs.realpathSync.native(path),
  link: fs.linkSync,
  rename: fs.renameSync,
  remove: fs.unlinkSync,
};
parentPort.on('message', ({ op, args }) => {
  try {
    parentPort.postMessage({ value: calls[op](...args) });
  } catch ({ message, code, syscall }) {
    parentPort.postMessage({ message: String(message), code, syscall });
  }
});
`;

/** What a thread answers. */
interface Answer {
  readonly value?: unknown;
  readonly message?: string;
  readonly code?: string;
  readonly syscall?: string;
}

interface Task {
  readonly request: DiskRequest;
  readonly folder: string;
  readonly settle: (answer: Answer) => void;
}

/** Makes them; a thread comes into being with the first call that finds none free. */
export function createDiskWorkers(): DiskWorkers {
  const idle: Worker[] = [];
  const busy = new Map<Worker, { readonly task: Task; readonly since: number }>();
  const waiting = new Set<Task>();

  const hasRoom = (folder: string) => {
    let count = 0;
    for (const { task } of busy.values()) if (task.folder === folder) count += 1;
    return count < MAX_OF_FOLDER;
  };
  const give = (worker: Worker, task: Task) => {
    busy.set(worker, { task, since: performance.now() });
    const { op, args } = task.request;
    worker.postMessage(
      op === 'write' ? { op, args: [args[0], [toOwnBytes(args[1])], args[2]] } : { op, args },
    );
  };
  const begin = (task: Task) => {
    const canBegin = hasRoom(task.folder) && (idle.length > 0 || busy.size < MAX_WORKERS);
    if (canBegin) give(idle.pop() ?? create(), task);
    else waiting.add(task);
  };
  const beginNext = () => {
    for (const task of waiting) {
      if (!hasRoom(task.folder)) continue;
      waiting.delete(task);
      begin(task);
      return;
    }
  };
  const create = () => {
    // Files that it has opened are the main thread's to close.
    const worker = new Worker(PROGRAM, { eval: true, trackUnmanagedFds: false });
    worker.unref();
    const end = (answer: Answer, isUsable: boolean) => {
      const done = busy.get(worker);
      busy.delete(worker);
      if (isUsable) idle.push(worker);
      beginNext();
      done?.task.settle(answer);
    };
    worker.on('message', (answer: Answer) => end(answer, true));
    // It has ended: what waits goes to another.
    worker.on('error', (cause) => end({ message: cause.message }, false));
    return worker;
  };
  return {
    run: (request, folder) =>
      new Promise((resolve, reject) => {
        begin({
          request,
          folder,
          settle: ({ value, message, code, syscall }) => {
            if (message === undefined) resolve(value);
            else reject(Object.assign(new Error(message), { code, syscall }));
          },
        });
      }),
    isStuck: () => {
      const now = performance.now();
      return Array.from(busy.values()).some(({ since }) => now - since >= STUCK_MS);
    },
  };
}

/** Bytes are copied to the thread with all of the memory they are a part of: from here on that is only their own. */
function toOwnBytes(pieces: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.byteLength, 0));
  let end = 0;
  for (const piece of pieces) {
    bytes.set(piece, end);
    end += piece.byteLength;
  }
  return bytes;
}
