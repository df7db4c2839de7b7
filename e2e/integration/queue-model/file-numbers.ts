import type * as fs from 'node:fs';

type OpenCallback = (cause: Error | null, fd: number) => void;
type ReadCallback = (cause: Error | null, bytesRead: number) => void;

/** Numbers of files that the process under test has opened by `open` and not closed. */
const openNumbers = new Set<number>();
let closeNumber: (fd: number) => void = () => undefined;

/**
 * Gives `node:fs` as it is, but for the two functions with callbacks that main's code uses: they take effect when a timer
 * of the virtual time passes, like those of the simulated disk. It can import nothing of `node:fs` itself.
 */
export function simulateCallbacks(original: typeof fs): typeof fs {
  const { openSync, readSync, closeSync } = original;
  closeNumber = closeSync;
  const simulated = {
    open: (path: string, flags: number, callback: OpenCallback) => {
      perform(() => {
        const fd = openSync(path, flags);
        openNumbers.add(fd);
        return fd;
      }, callback);
    },
    read: (
      fd: number,
      buffer: Buffer,
      offset: number,
      length: number,
      position: number,
      callback: ReadCallback,
    ) => {
      perform(() => readSync(fd, buffer, offset, length, position), callback);
    },
    closeSync: (fd: number) => {
      openNumbers.delete(fd);
      closeSync(fd);
    },
  };
  // Of their overloads main's code uses these alone.
  return { ...original, ...simulated } as typeof fs;
}

/** Closes what a process that ended has left open. */
export function closeOpenNumbers(): void {
  for (const fd of openNumbers) closeNumber(fd);
  openNumbers.clear();
}

function perform(work: () => number, callback: (cause: Error | null, result: number) => void): void {
  setTimeout(() => {
    let result = 0;
    try {
      result = work();
    } catch (cause) {
      callback(cause instanceof Error ? cause : new Error(String(cause)), 0);
      return;
    }
    callback(null, result);
  }, 0);
}
