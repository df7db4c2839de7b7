/** Speed of all transfers together over the last seconds. */
export interface Speed {
  /** Bytes that have just moved. */
  add(bytes: number, now: number): void;
  /** In bytes a second; 0 when nothing has moved in the window. */
  bytesPerSecond(now: number): number;
}

/** Long enough to be calm, short enough to tell of a stall soon. */
const WINDOW_MS = 5000;
/** Steps of the window: what is older than it falls out a step at a time. */
const STEP_MS = 250;

/** Makes a meter over a sliding window. */
export function createSpeed(): Speed {
  const steps: { readonly startedAt: number; bytes: number }[] = [];
  return {
    add: (bytes, now) => {
      const last = steps.at(-1);
      if (last && now - last.startedAt < STEP_MS) last.bytes += bytes;
      else steps.push({ startedAt: now, bytes });
    },
    bytesPerSecond: (now) => {
      while (steps[0] && steps[0].startedAt <= now - WINDOW_MS) steps.shift();
      const first = steps[0];
      if (!first) return 0;
      const bytes = steps.reduce((sum, step) => sum + step.bytes, 0);
      // A transfer that has just begun is not slow: what there is of the window counts, though no less than a second.
      return (bytes * 1000) / Math.max(1000, now - first.startedAt);
    },
  };
}
