import v8 from 'node:v8';
import type { FileIndexStatus } from '#app/files/file-index-status.ts';

/** By so many files of a first reading the window has drawn its first rows, and one processor of two has time. */
const ENOUGH_READ_FILES = 20_000;

/**
 * Keeps V8's optimizing compiler (Turbofan) off while the app starts and reads the first pages of its first listing:
 * there it takes more than a third of two processors, from the reading and from the window that draws its first rows.
 * Gives what is to be told of the index, whose first rest or twenty pages let the compiler work (decision 18).
 */
export function deferOptimization(): (status: Pick<FileIndexStatus, 'phase' | 'readFiles'>) => void {
  v8.setFlagsFromString('--no-turbofan');
  let isDeferred = true;
  return ({ phase, readFiles }) => {
    if (!isDeferred || (phase === 'reading' && readFiles < ENOUGH_READ_FILES)) return;
    isDeferred = false;
    v8.setFlagsFromString('--turbofan');
  };
}
