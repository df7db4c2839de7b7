import { Worker } from 'node:worker_threads';
import type { DiskStats, FolderEntry } from './patient-disk.ts';

/** A call that a thread of its own makes, as plain data. */
export type DiskRequest =
  | { readonly op: 'open'; readonly path: string; readonly flags: number }
  | { readonly op: 'read'; readonly fd: number; readonly length: number; readonly position: number }
  | { readonly op: 'stat'; readonly path: string }
  | { readonly op: 'lstat'; readonly path: string }
  | { readonly op: 'readFolder'; readonly path: string };

/** What the calls give. */
export interface DiskAnswers {
  readonly open: number;
  readonly read: Uint8Array;
  readonly stat: DiskStats;
  readonly lstat: DiskStats;
  readonly readFolder: readonly FolderEntry[];
}

/** Threads that each make one call at a time, and may be stuck in it. */
export interface DiskWorkers {
  run<Op extends DiskRequest['op']>(
    request: Extract<DiskRequest, { readonly op: Op }>,
  ): Promise<DiskAnswers[Op]>;
  /** Whether a call has not returned for long. */
  isStuck(): boolean;
}

/** More than this many calls that are stuck keep the others waiting. */
const MAX_WORKERS = 32;
const STUCK_MS = 500;

/** What a thread runs: the calls that block, one after the other. As text, so that it needs no file of its own. */
const PROGRAM = `
const fs = require('node:fs');
const { parentPort } = require('node:worker_threads');
const toStats = (stats) => ({
  kind: stats.isFile() ? 'file' : stats.isDirectory() ? 'folder' : stats.isSymbolicLink() ? 'link' : 'other',
  dev: stats.dev, ino: stats.ino, size: stats.size, mtimeNs: stats.mtimeNs, ctimeNs: stats.ctimeNs,
});
const calls = {
  open: ({ path, flags }) => fs.openSync(path, flags),
  read: ({ fd, length, position }) => {
    const buffer = new Uint8Array(length);
    return buffer.subarray(0, fs.readSync(fd, buffer, 0, length, position));
  },
  stat: ({ path }) => toStats(fs.statSync(path, { bigint: true })),
  lstat: ({ path }) => toStats(fs.lstatSync(path, { bigint: true })),
  readFolder: ({ path }) =>
    fs.readdirSync(path, { withFileTypes: true }).map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() })),
};
parentPort.on('message', (request) => {
  try {
    parentPort.postMessage({ value: calls[request.op](request) });
  } catch (cause) {
    parentPort.postMessage({ message: String(cause.message), code: cause.code });
  }
});
`;

/** What a thread answers. */
interface Answer {
  readonly value?: unknown;
  readonly message?: string;
  readonly code?: string;
}

interface Task {
  readonly request: DiskRequest;
  readonly settle: (answer: Answer) => void;
}

/** Makes them; a thread comes into being with the first call that finds none free. */
export function createDiskWorkers(): DiskWorkers {
  const idle: Worker[] = [];
  const busy = new Map<Worker, { readonly task: Task; readonly since: number }>();
  const waiting: Task[] = [];

  const give = (worker: Worker, task: Task) => {
    busy.set(worker, { task, since: performance.now() });
    worker.postMessage(task.request);
  };
  const onAnswer = (worker: Worker, answer: Answer) => {
    const done = busy.get(worker);
    busy.delete(worker);
    const next = waiting.shift();
    if (next) give(worker, next);
    else idle.push(worker);
    done?.task.settle(answer);
  };
  const create = () => {
    // Files that it has opened are the main thread's to close.
    const worker = new Worker(PROGRAM, { eval: true, trackUnmanagedFds: false });
    worker.unref();
    worker.on('message', (answer: Answer) => onAnswer(worker, answer));
    worker.on('error', (cause) => {
      // It has ended: what waits goes to another.
      const failed = busy.get(worker);
      busy.delete(worker);
      failed?.task.settle({ message: cause.message });
      const next = waiting.shift();
      if (next) begin(next);
    });
    return worker;
  };
  const begin = (task: Task) => {
    const worker = idle.pop() ?? (busy.size < MAX_WORKERS ? create() : null);
    if (worker) give(worker, task);
    else waiting.push(task);
  };
  return {
    run: (request) =>
      new Promise((resolve, reject) => {
        begin({
          request,
          settle: ({ value, message, code }) => {
            if (message !== undefined) reject(Object.assign(new Error(message), { code }));
            // What a thread gives for a request is in DiskAnswers.
            else resolve(value as never);
          },
        });
      }),
    isStuck: () => {
      const now = performance.now();
      return Array.from(busy.values()).some(({ since }) => now - since >= STUCK_MS);
    },
  };
}
