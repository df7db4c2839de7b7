import type { Disk } from './patient-disk.ts';

/** A disk, and whether it answers. */
export interface WatchedDisk {
  readonly disk: Disk;
  /** Tells nothing more. */
  end(): void;
}

/** Tells when a call to a disk takes longer than so many milliseconds, and when all that did have returned. */
export function watchDisk(
  disk: Disk,
  patienceMs: number,
  onSilence: (isSilent: boolean) => void,
): WatchedDisk {
  /** When the calls under way began, the oldest first. */
  const calls = new Set<{ readonly since: number }>();
  let timer: NodeJS.Timeout | null = null;
  let isSilent = false;
  let hasEnded = false;

  const oldestMs = () => {
    for (const { since } of calls) return performance.now() - since;
    return null;
  };
  const tell = (next: boolean) => {
    if (next === isSilent || hasEnded) return;
    isSilent = next;
    onSilence(next);
  };
  /** One timer for all calls: most return long before it. */
  const look = () => {
    timer = null;
    const ms = oldestMs();
    if (ms === null || hasEnded) return;
    if (ms >= patienceMs) tell(true);
    else timer = setTimeout(look, patienceMs - ms).unref();
  };
  const watch = async <Result>(call: Promise<Result>): Promise<Result> => {
    const mark = { since: performance.now() };
    calls.add(mark);
    if (timer === null && !isSilent) timer = setTimeout(look, patienceMs).unref();
    try {
      return await call;
    } finally {
      calls.delete(mark);
      if (isSilent && (oldestMs() ?? 0) < patienceMs) {
        tell(false);
        if (timer === null) look();
      }
    }
  };
  return {
    disk: mapDisk(disk, watch),
    end: () => {
      hasEnded = true;
      if (timer !== null) clearTimeout(timer);
    },
  };
}

/** Gives a disk whose every call passes through a function. */
function mapDisk(disk: Disk, pass: <Result>(call: Promise<Result>) => Promise<Result>): Disk {
  return {
    open: (...args) => pass(disk.open(...args)),
    close: (...args) => pass(disk.close(...args)),
    fstat: (...args) => pass(disk.fstat(...args)),
    read: (...args) => pass(disk.read(...args)),
    write: (...args) => pass(disk.write(...args)),
    truncate: (...args) => pass(disk.truncate(...args)),
    chmod: (...args) => pass(disk.chmod(...args)),
    sync: (...args) => pass(disk.sync(...args)),
    datasync: (...args) => pass(disk.datasync(...args)),
    stat: (...args) => pass(disk.stat(...args)),
    lstat: (...args) => pass(disk.lstat(...args)),
    freeBytes: (...args) => pass(disk.freeBytes(...args)),
    readFolder: (...args) => pass(disk.readFolder(...args)),
    readLink: (...args) => pass(disk.readLink(...args)),
    realPath: (...args) => pass(disk.realPath(...args)),
    link: (...args) => pass(disk.link(...args)),
    rename: (...args) => pass(disk.rename(...args)),
    remove: (...args) => pass(disk.remove(...args)),
  };
}
