/** What may be done with an index only when what was kept of an earlier run is in it. */
export interface Opening {
  /** Settles when that is so. */
  readonly whenOpen: Promise<void>;
  /** Does something at once, or as soon as the index is open, in the order of the calls. */
  run(work: () => void): void;
}

/** Opens an index; `load` never rejects. */
export function openIndex(load: () => Promise<void>): Opening {
  let waiting: (() => void)[] | null = [];
  const open = async () => {
    await load();
    const works = waiting ?? [];
    waiting = null;
    for (const work of works) work();
  };
  return {
    whenOpen: open(),
    run: (work) => {
      if (waiting) waiting.push(work);
      else work();
    },
  };
}
