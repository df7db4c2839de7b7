import { setTimeout as wait } from 'node:timers/promises';
import { AppFailure } from '#app/errors.ts';
import { createMutex, type Mutex } from '../../engine/mutex.ts';

/** Work on the disk for saves, which may go on when nobody waits for it any more. */
export interface SaveWork {
  /** Whether work for a save is under way, as where its disk does not answer. */
  isBusy(id: string): boolean;
  /** Begins work on the files of a save when all that was begun for it before has ended: they have the same names. */
  run<Result>(id: string, work: () => Promise<Result>): Promise<Result>;
}

/** Makes it, with nothing under way. */
export function createSaveWork(): SaveWork {
  /** By transfer id, and how much each has before it. */
  const busy = new Map<string, { readonly mutex: Mutex; count: number }>();
  return {
    isBusy: (id) => busy.has(id),
    run: async (id, work) => {
      const save = busy.get(id) ?? { mutex: createMutex(), count: 0 };
      busy.set(id, save);
      save.count += 1;
      try {
        return await save.mutex.run(work);
      } finally {
        save.count -= 1;
        if (save.count === 0) busy.delete(id);
      }
    },
  };
}

/**
 * Waits for work that sees an abort itself, from then on only for so many milliseconds: its disk may never answer, and
 * its end is then nobody's. Throws what the work does, and `cancelled`.
 */
export function giveUpLate<Result>(work: Promise<Result>, signal: AbortSignal, ms: number): Promise<Result> {
  return new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined;
    const onAbort = () => {
      timer = setTimeout(() => reject(new AppFailure({ code: 'cancelled' })), ms);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    });
    if (signal.aborted) onAbort();
  });
}

/** Waits for work that cannot fail for so many milliseconds at most. */
export async function waitBriefly(work: Promise<void>, ms: number): Promise<void> {
  const done = new AbortController();
  const patience = wait(ms, undefined, { signal: done.signal }).catch(() => undefined);
  await Promise.race([work, patience]).finally(() => done.abort());
}
