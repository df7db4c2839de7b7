/** Something that work may wait for. */
export interface Condition {
  /** Settles as soon as it holds, at once where it does already; rejects with the signal's reason at an abort. */
  wait(signal: AbortSignal): Promise<void>;
  /** To be called when what it depends on has changed. */
  noteChange(): void;
}

/** Makes a condition. */
export function createCondition(isTrue: () => boolean): Condition {
  const waiters = new Set<() => void>();
  return {
    wait: (signal) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason);
        if (isTrue()) return resolve();
        const settle = (finish: () => void) => {
          waiters.delete(wake);
          signal.removeEventListener('abort', abort);
          finish();
        };
        const wake = () => settle(resolve);
        const abort = () => settle(() => reject(signal.reason));
        waiters.add(wake);
        signal.addEventListener('abort', abort, { once: true });
      }),
    noteChange: () => {
      if (isTrue()) for (const wake of [...waiters]) wake();
    },
  };
}
