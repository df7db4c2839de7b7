/** Speed of all transfers together over the last seconds. */
export interface Speed {
  /** To be called as a transfer begins to move bytes: the first of them take their time to come. */
  begin(now: number): void;
  /** Bytes that have just moved. */
  add(bytes: number, now: number): void;
  /** In bytes a second; 0 when nothing has moved in the window. */
  bytesPerSecond(now: number): number;
}

/** Long enough to be calm, short enough to tell of a stall soon. */
const WINDOW_MS = 5000;
/** Steps of the window: what is older than it falls out a step at a time. */
const STEP_MS = 100;

/** Makes a meter over a sliding window. */
export function createSpeed(): Speed {
  const steps: { readonly startedAt: number; bytes: number }[] = [];
  /** When bytes began to move after a time in which none did. */
  let beganAt: number | null = null;
  const dropOld = (now: number) => {
    while (steps[0] && steps[0].startedAt <= now - WINDOW_MS) steps.shift();
  };
  return {
    begin: (now) => {
      dropOld(now);
      if (steps.length === 0) beganAt = now;
    },
    add: (bytes, now) => {
      beganAt ??= now;
      const last = steps.at(-1);
      if (last && now - last.startedAt < STEP_MS) last.bytes += bytes;
      else steps.push({ startedAt: now, bytes });
    },
    bytesPerSecond: (now) => {
      dropOld(now);
      if (beganAt === null || steps.length === 0) return 0;
      const bytes = steps.reduce((sum, step) => sum + step.bytes, 0);
      // A transfer that has just begun is not slow: what there is of the window counts, though no less than a second. From
      // the first bytes on it would count more than has come, as nothing tells how long those were on their way.
      return (bytes * 1000) / Math.min(WINDOW_MS, Math.max(1000, now - beganAt));
    },
  };
}
