import { setTimeout as wait } from 'node:timers/promises';
import { vi } from 'vitest';
import type { DiskPatience } from '../../main/disk/disk-patience.ts';
import { type Disk, patientDisk } from '../../main/disk/patient-disk.ts';

/** As the app's own, but shorter. */
export const SHORT_PATIENCE: DiskPatience = { answerMs: 300, tellMs: 300, endMs: 200 };

/** A call to the disk, by its name. */
export type DiskOp = keyof Disk;

const OPS = Object.keys(patientDisk).filter((name): name is DiskOp => name !== 'isStuck');

/** A folder on a disk that does not answer. */
export interface SilentFolder {
  /** The calls that it was asked for and that have not returned. */
  readonly stuck: readonly DiskOp[];
  /** Lets the disk answer again, to what it was asked before, too. */
  wake(): void;
}

/**
 * Lets no call return for what is in a folder, as a share that is gone does; only some calls if they are named, for files
 * that are opened from now on.
 */
export function silence(folder: string, silent: readonly DiskOp[] = OPS): SilentFolder {
  const stuck: DiskOp[] = [];
  let wake: () => void = () => undefined;
  const awake = new Promise<void>((resolve) => {
    wake = resolve;
  });
  holdUp(folder, silent, async (op) => {
    stuck.push(op);
    await awake;
    stuck.splice(stuck.indexOf(op), 1);
  });
  return { stuck, wake: () => wake() };
}

/** Lets each reading of a file in a folder that is opened from now on take a time in milliseconds; gives how many there were. */
export function slowDown(folder: string, ms: number): () => number {
  let count = 0;
  holdUp(folder, ['read'], async () => {
    count += 1;
    await wait(ms);
  });
  return () => count;
}

/** Has a function awaited before each of some calls on what is in a folder. */
function holdUp(folder: string, held: readonly DiskOp[], before: (op: DiskOp) => Promise<void>): void {
  const openHere = new Set<number>();
  for (const op of OPS) {
    // All of them take a path or a file's number first; what comes after is passed on as it is.
    const call = patientDisk[op] as (place: string | number, ...rest: unknown[]) => Promise<unknown>;
    const stand = async (place: string | number, ...rest: unknown[]) => {
      const isHere = typeof place === 'number' ? openHere.has(place) : place.startsWith(folder);
      if (isHere && held.includes(op)) await before(op);
      const result = await call(place, ...rest);
      if (isHere && op === 'open') openHere.add(Number(result));
      return result;
    };
    vi.spyOn(patientDisk, op).mockImplementation(stand as never);
  }
}
