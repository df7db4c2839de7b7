/** Waits that grow with each failure. */
export interface BackOff {
  /** After the first failure, in milliseconds. */
  readonly firstMs: number;
  /** The longest, in milliseconds, but for its jitter. */
  readonly maxMs: number;
}

/** Of what waits for a server that answers. */
export const BACK_OFF: BackOff = { firstMs: 1000, maxMs: 60_000 };

/** Spreads what failed together, by so much to both sides. */
const JITTER = 0.2;

/** Gives how long to wait after so many failures in a row, in milliseconds. */
export function toBackOff(
  failures: number,
  { firstMs, maxMs }: BackOff = BACK_OFF,
  random: () => number = Math.random,
): number {
  const ms = Math.min(maxMs, firstMs * 2 ** Math.max(0, failures - 1));
  return Math.round(ms * (1 - JITTER + 2 * JITTER * random()));
}
