/** Lets one piece of work run at a time, in the order they came. */
export interface Mutex {
  /** Settles as the work does, whatever became of the work before it. */
  run<Result>(work: () => Result | Promise<Result>): Promise<Result>;
}

/** Makes a mutex that nobody holds. */
export function createMutex(): Mutex {
  let last: Promise<unknown> = Promise.resolve();
  return {
    run: (work) => {
      const done = last.then(work);
      last = done.catch(() => undefined);
      return done;
    },
  };
}
