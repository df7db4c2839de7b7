import { setTimeout as wait } from 'node:timers/promises';
import type { ElectronApplication } from '@playwright/test';

/** Watches how much memory the main process holds. */
export interface MemoryWatch {
  /** The most that was seen, in bytes. */
  readonly peakBytes: number;
  stop(): void;
}

const SAMPLE_MS = 1000;
/** Memory that has not moved by more than a MiB for so long is at rest, in milliseconds. */
const REST_MS = 15_000;
const MAX_MOVE_BYTES = 1024 * 1024;
const PATIENCE_MS = 90_000;

/** Gives the resident memory of the main process when it has come to rest after a garbage collection, in bytes. */
export async function readMemoryAtRest(electron: ElectronApplication): Promise<number> {
  await collectGarbage(electron);
  // V8 gives pages back to the system in its own time, of which nothing tells.
  const endsAt = Date.now() + PATIENCE_MS;
  let before = { bytes: await readMemory(electron), at: Date.now() };
  while (Date.now() < Math.min(before.at + REST_MS, endsAt)) {
    await wait(SAMPLE_MS);
    const bytes = await readMemory(electron);
    if (Math.abs(bytes - before.bytes) > MAX_MOVE_BYTES) before = { bytes, at: Date.now() };
  }
  return readMemory(electron);
}

/** Takes a sample every second. */
export function watchMemory(electron: ElectronApplication): MemoryWatch {
  let peakBytes = 0;
  const timer = setInterval(() => {
    readMemory(electron).then(
      (bytes) => {
        peakBytes = Math.max(peakBytes, bytes);
      },
      () => undefined, // It has ended; its test says so.
    );
  }, SAMPLE_MS);
  return {
    get peakBytes() {
      return peakBytes;
    },
    stop: () => clearInterval(timer),
  };
}

function collectGarbage(electron: ElectronApplication): Promise<void> {
  return electron.evaluate(() => {
    const { setFlagsFromString } = process.getBuiltinModule('node:v8');
    const { runInNewContext } = process.getBuiltinModule('node:vm');
    setFlagsFromString('--expose-gc');
    // A context made from now on has the function that the flag brings.
    const collect: unknown = runInNewContext('gc');
    if (typeof collect !== 'function') throw new Error('There is no garbage collector to be asked');
    // As before V8 would run out of memory: all that it keeps in store goes back to the system.
    collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
  });
}

function readMemory(electron: ElectronApplication): Promise<number> {
  return electron.evaluate(() => process.memoryUsage.rss());
}
